"""What is written of somebody who was asked what they want, or was not."""

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, Form, LongText, MomentField, Radios


class VoiceForm(Form):
    """`is_asked` says which of the two steps it is; its answers are those of that step."""

    asked = forms.ChoiceField(
        label=_("Were they asked what they want?"),
        choices=[("yes", _("Yes")), ("no", _("No, not this time"))],
        widget=Radios(stand="row"),
        error_messages={"required": _("Choose yes or no.")},
    )
    words = LongText(
        label=_("What did they say? If they were not asked: why not?"),
        help_text=_("Their own words. Not what you think they meant."),
        rows=5,
        error_messages={"required": _("Write what they said, or why they were not asked.")},
    )
    asked_by = CharField(
        label=_("Who asked them?"), help_text=_("You, or somebody they trust."), max_length=200, required=False
    )
    happened_at = MomentField(label=_("When was it?"), past=True, required=False)

    def __init__(self, data=None, **options):
        super().__init__(data, **{"initial": {"happened_at": now()}} | options)

    def clean(self):
        answers = super().clean()
        self.is_asked = answers.pop("asked", "") == "yes"
        if not self.is_asked:
            return {"words": answers.get("words", "")}
        if not answers.get("asked_by") and "asked_by" not in self.errors:
            self.add_error("asked_by", _now("Write who asked them."))
        if not answers.get("happened_at") and "happened_at" not in self.errors:
            self.add_error("happened_at", _now("Say when it was."))
        return answers
