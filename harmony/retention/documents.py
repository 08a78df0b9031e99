"""The certificate that a record was destroyed: which kind, when, by whom and by which rule. No name of a child, no word."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmony import between
from harmony.documents import kinds
from harmony.documents.making import in_fours
from harmony.look.words import clock_time, day

from . import access, stores
from .models import Proposal
from .schedule import how_long


def register():
    kinds.register(
        kinds.Kind(
            code="destroyed",
            title=gettext_lazy("Certificate of destruction of a record"),
            label=lambda proposal: proposal.reference,
            records=lambda user: Proposal.objects.visible_to(user).destroyed(),
            may=lambda user, proposal: access.may_see_register(user),
            gather=gather,
            template="retention/certificate_pdf.html",
            about=gettext_lazy(
                "That a record was destroyed, when, by whom and by which rule. Nothing of what it said."
            ),
            classification=gettext_lazy("Confidential: safeguarding"),
        )
    )


def gather(proposal, export, at):
    one = next((one for one in between.retention_classes() if one.code == proposal.code), None)
    return {
        "reference": proposal.reference,
        "record": [
            [_("What it was"), str(stores.get(proposal.kind).name)],
            [_("Reference"), proposal.reference],
            [_("Numbers of its keys"), proposal.erased],
        ],
        "rule": [
            [_("Class"), str(one.what) if one else proposal.code],
            [_("Kept for"), how_long(one) if one else ""],
            [_("Counted from"), str(one.counted_from) if one else ""],
            [_("Why so long"), str(one.why) if one else ""],
            [_("Here, that was"), day(proposal.counted_on)],
            [_("Its time was over on"), day(proposal.due_on)],
        ],
        "steps": [
            [_("Proposed by the schedule"), clock_time(proposal.proposed_at)],
            [_("The first to agree"), _by(proposal.agreed_by, proposal.agreed_at)],
            [_("The second, and destroyed"), _by(proposal.destroyed_by, proposal.destroyed_at)],
        ],
        "book": [
            [_("Lines about it in the book"), str(proposal.lines)],
            [_("Fingerprint of the last one"), in_fours(proposal.fingerprint)],
        ],
    }


def _by(person, moment):
    return _("%(name)s, %(at)s") % {"name": person.name, "at": clock_time(moment)}
