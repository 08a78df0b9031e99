"""What is asked where a case's times change: another level, a review, what the reporter is told."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import Form, LongText, Radios

from ..kinds import MEANINGS, Severity
from ..levels import is_more_serious
from .fields import YesOrNo

SAY_WHY = {"required": _("Say why, in a sentence.")}


class LevelForm(Form):
    """Another level. Raising asks again about contact outside; lowering from High up asks a second person."""

    severity = forms.ChoiceField(
        label=_("How serious is it now?"),
        choices=Severity.choices,
        widget=Radios(hints=MEANINGS),
        error_messages={"required": _("Choose how serious it is.")},
    )
    why = LongText(
        label=_("What has changed?"), help_text=_("It stands in the chronology."), rows=4, error_messages=SAY_WHY
    )
    refer = YesOrNo(
        label=_("If you raise it: will you refer it to somebody outside?"),
        help_text=_("Think again, even if somebody was told before."),
        required=False,
        error_messages={"required": _("Choose yes or no.")},
    )
    refer_reason = LongText(label=_("To whom and why, or why not"), rows=3, required=False)

    def __init__(self, data=None, *, case, **options):
        super().__init__(data, **options)
        self.case = case
        self.fields["severity"].choices = [pair for pair in Severity.choices if pair[0] != case.severity]

    def clean(self):
        answers = super().clean()
        severity = answers.get("severity")
        if not severity or not is_more_serious(severity, self.case.severity):
            return {name: answers.get(name) for name in ("severity", "why") if name in answers}
        if answers.get("refer") is None and "refer" not in self.errors:
            self.add_error("refer", _now("Choose yes or no."))
        if not answers.get("refer_reason") and "refer_reason" not in self.errors:
            self.add_error("refer_reason", _now("Say why you refer it, or why not. Both are decisions."))
        return answers


class KeepLevelForm(Form):
    why = LongText(label=_("Why does the level stay?"), rows=3, error_messages=SAY_WHY)


class ReviewForm(Form):
    words = LongText(
        label=_("How is it now?"),
        help_text=_("What has changed, what the child says, what was done, and what comes next."),
        rows=6,
        error_messages={"required": _("Write how it is now, in a sentence or two.")},
    )


class TellForm(Form):
    words = LongText(
        label=_("What can they know?"),
        help_text=_(
            "Say that it was right to tell us, and what happens next, as far as you can. No details of the family."
        ),
        rows=5,
        max_length=5_000,
        error_messages={"required": _("Write what they can know, in a sentence.")},
    )
