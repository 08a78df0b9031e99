"""Files of a case: one that is added; one that is kept elsewhere; and what is known of images, without looking at them.

The last two become an entry of the chronology each.
"""

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.files.forms import KeptFileField
from harmony.look.forms import CharField, Form, LongText, MomentField, Radios

from ..models import ChronologyEntry
from ..models.reports import Answer
from .fields import ShortText


class AddFileForm(Form):
    file = KeptFileField(
        label=_("The file"),
        help_text=_("PDF, plain text, Word or Excel. PNG or JPEG for a screenshot of a text chat. Up to 20 MB."),
        error_messages={"required": _("Choose a file.")},
    )
    said_clean = forms.BooleanField(
        label=_("It shows no nude or sexual image of anyone under 18"),
        error_messages={"required": _("Tick this if it is so. If you are not sure, do not look, and add no file.")},
    )


class _Noted(Form):
    """Answers that stand in the chronology as lines: the words before each are in LINES."""

    LINES = {}

    def __init__(self, data=None, **options):
        super().__init__(data, **{"initial": {"happened_at": now()}} | options)

    def clean(self):
        """As the chronology keeps it."""
        answers = super().clean()
        said = [(_now(words), self._said(name, answers.get(name))) for name, words in self.LINES.items()]
        words = "\n".join(f"{words}: {answer}" for words, answer in said if answer)
        return {"kind": ChronologyEntry.Kind.FILE, "words": words, "happened_at": answers.get("happened_at")}

    def _said(self, name, answer):
        return dict(self.fields[name].choices).get(answer, "") if hasattr(self.fields[name], "choices") else answer


class KeptFileForm(_Noted):
    LINES = {
        "what": gettext_noop("What it is"),
        "where": gettext_noop("Where it is kept"),
        "holder": gettext_noop("Who has it"),
    }

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


class UnseenForm(_Noted):
    """In the place of a file: nobody has to look at an image to answer this (R24)."""

    LINES = {
        "told_by": gettext_noop("Who told us of an image"),
        "device": gettext_noop("Whose device, and where it is now"),
        "platform": gettext_noop("App or website, and name used there"),
        "public": gettext_noop("Anybody can find it on the web"),
        "shared": gettext_noop("How many have it, and whether it is still there"),
        "seen": gettext_noop("Who has seen it, and why"),
    }

    told_by = ShortText(
        label=_("Who told us of it?"),
        help_text=_("And what they said it shows. Do not look to find out."),
        error_messages={"required": _("Say who told us of it.")},
    )
    device = ShortText(
        label=_("Whose device is it on, and where is that now?"),
        help_text=_("Like: her own phone, switched on, in the locked drawer in the office."),
        error_messages={"required": _("Say whose device it is on. Write “not known” if nobody knows.")},
    )
    platform = ShortText(
        label=_("On which app or website, and under which name?"),
        help_text=_("No web address of an image."),
        required=False,
    )
    public = forms.ChoiceField(
        label=_("Can anybody find it on the web?"),
        choices=Answer.choices,
        widget=Radios(stand="row"),
        required=False,
    )
    shared = ShortText(label=_("How many people have it, and is it still there?"), required=False)
    seen = ShortText(
        label=_("Has anyone here seen it? Who, and why?"),
        help_text=_("They need support, and may be asked by the police."),
        required=False,
    )
    happened_at = MomentField(
        label=_("When did we learn of it?"), past=True, error_messages={"required": _("Say when we learned of it.")}
    )


class DestroyForm(Form):
    police_reference = CharField(
        label=_("What is the reference of the police?"),
        help_text=_("Only they can say that it may go. It stands on the certificate."),
        max_length=100,
        error_messages={"required": _("Give the reference that the police gave you.")},
    )
    why = LongText(
        label=_("What did the police say, and who said it?"),
        rows=3,
        max_length=1000,
        error_messages={"required": _("Say who of the police said that it may be destroyed, and when.")},
    )


class KeepLockedForm(Form):
    why = LongText(label=_("Why should it stay?"), rows=3, error_messages={"required": _("Say why, in a sentence.")})
