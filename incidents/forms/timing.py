"""What is asked where a case's times change: another level, a review, what the reporter is told."""

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import DateField, Form, LongText, Radios, Ticks

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


# what can be said of nearly every case: nobody has to find words for it at the end of a long day
CAN_SAY = (
    _("Thank you. It was right to tell us."),
    _("Somebody has talked with the young person."),
    _("Parents or carers know."),
    _("Others who help families are asked. They decide what comes next."),
    _("There is a plan, and we look at it again and again."),
    _("We cannot tell you more, to keep people safe. That does not mean that nothing happens."),
    _("You need do nothing more. If the young person talks to you, listen, and write it down as they say it."),
)


class TellForm(Form):
    says = forms.MultipleChoiceField(
        label=_("Sentences you can use"),
        help_text=_("They stand before your own words. Choose those that are true."),
        widget=Ticks,
        required=False,
    )
    words = LongText(
        label=_("What can they know?"),
        help_text=_(
            "Say that it was right to tell us, and what happens next, as far as you can. No details of the family."
        ),
        rows=5,
        max_length=5_000,
        required=False,
    )
    asks = forms.BooleanField(
        label=_("I ask them something"),
        help_text=_("They can answer, or write a statement. It comes back with their report."),
        required=False,
    )
    more_on = DateField(
        label=_("By what day will you tell them more?"),
        help_text=_(
            "They read this day. Then it is a time to keep, like the others. Leave it empty to promise nothing."
        ),
        required=False,
    )
    says_who_talks = forms.BooleanField(
        label=_("This says who will talk with them about how it was for them"), required=False
    )

    def __init__(self, data=None, *, case, **options):
        super().__init__(data, **options)
        self.fields["says"].choices = [(str(number), says) for number, says in enumerate(CAN_SAY)]
        if not any(report.wants_support for report in case.reports.all()):
            del self.fields["says_who_talks"]
        if case.closed_at:
            del self.fields["more_on"]

    def clean_more_on(self):
        more_on = self.cleaned_data["more_on"]
        if more_on and more_on < localdate():
            raise forms.ValidationError(_now("This day has passed. Give today or a later one."))
        return more_on

    def clean(self):
        """The sentences and the words are one text. A question is asked in one's own words."""
        answers = super().clean()
        own, says = answers.get("words", ""), answers.pop("says", [])
        if answers.get("asks") and not own and "words" not in self.errors:
            self.add_error("words", _now("Write what you ask them."))
        elif not own and not says and "words" not in self.errors:
            self.add_error("words", _now("Write what they can know, in a sentence."))
        else:
            answers["words"] = "\n\n".join(filter(None, [" ".join(str(CAN_SAY[int(one)]) for one in says), own]))
        return answers
