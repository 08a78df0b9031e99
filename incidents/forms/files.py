"""A file that is kept elsewhere: what it is, where it is, who has it. Kept as one entry of the chronology."""

from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import Form, MomentField

from ..models import ChronologyEntry
from .fields import ShortText


class KeptFileForm(Form):
    what = ShortText(
        label=_("What is it?"),
        help_text=_("Like: three pages of a chat, on paper. Say what it shows, without looking again."),
        error_messages={"required": _("Say what it is.")},
    )
    where = ShortText(
        label=_("Where is it kept?"),
        help_text=_(
            "Like: in the locked cabinet in the office, or on the phone it came to. No web address of an image."
        ),
        error_messages={"required": _("Say where it is kept.")},
    )
    holder = ShortText(
        label=_("Who has it?"),
        help_text=_("Who can reach it, and who else has seen it."),
        error_messages={"required": _("Say who has it.")},
    )
    happened_at = MomentField(
        label=_("When did we learn of it?"), past=True, error_messages={"required": _("Say when we learned of it.")}
    )

    def __init__(self, data=None, **options):
        super().__init__(data, **{"initial": {"happened_at": now()}} | options)

    def clean(self):
        """As the chronology keeps it."""
        answers = super().clean()
        said = {"what": answers.get("what"), "where": answers.get("where"), "holder": answers.get("holder")}
        words = _now("What it is: %(what)s\nWhere it is kept: %(where)s\nWho has it: %(holder)s") % said
        return {"kind": ChronologyEntry.Kind.FILE, "words": words, "happened_at": answers.get("happened_at")}
