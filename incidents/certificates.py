"""The certificate that a file was destroyed: which one, who asked, who agreed, and on whose word."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmony.documents import kinds
from harmony.documents.making import in_fours
from harmony.look.words import clock_time

from . import access
from .models import CaseFile


def register():
    kinds.register(
        kinds.Kind(
            code="destruction",
            title=gettext_lazy("Certificate of destruction"),
            label=lambda file: file.case.reference,
            records=lambda user: CaseFile.objects.visible_to(user).destroyed().select_related("case"),
            may=access.may_lock_away,
            gather=gather,
            template="incidents/destruction_pdf.html",
            about=gettext_lazy(
                "That a file was destroyed, when, by whom, and what the police said. Nothing of what it showed."
            ),
            classification=gettext_lazy("Confidential: safeguarding"),
        )
    )


def gather(file, export, at):
    return {
        "reference": file.case.reference,
        "file": [
            [_("Number of the file"), file.pk.hex],
            [_("SHA-256 of its bytes"), in_fours(file.digest)],
            [_("Size, in bytes"), str(file.size)],
            [_("Added"), _by(file.added_by, file.added_at)],
        ],
        "steps": [
            [_("Locked away, as it might be an indecent image"), _by(file.locked_by, file.locked_at)],
            [_("Reference of the police"), file.police_reference],
            [_("Asked to destroy it"), _by(file.asked_by, file.asked_at)],
            [_("Agreed, and destroyed it"), _by(file.destroyed_by, file.destroyed_at)],
        ],
    }


def _by(person, moment):
    return _("%(name)s, %(at)s") % {"name": person.name, "at": clock_time(moment)}
