"""The organisation's own numbers, as people write them: "30 min", "2 h", "1 wd", "7 d, 28 d"."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, Form, LongText

from ..kinds import Severity
from ..levels import CLOCKS, DEFAULTS, MOST_OF_THE_WHOLE, OF_THE_WHOLE, Numbers, checked, length, slower

NAMES = {
    "acknowledge": _("First read"),
    "triage": _("Weigh it"),
    "contact": _("Contact outside"),
    "lado": _("Contact with the council’s designated officer (LADO)"),
    "plan": _("A plan"),
    "reviews": _("Reviews"),
    "tell": _("Tell the reporter"),
    "quiet": _("An open case counts as quiet, days after its last review"),
    "second_look": _("A second look is answered, working days"),
    "opens": _("A working day of eight hours begins at, o’clock"),
}
SAY_WHY = {"required": _("Say why, in a sentence.")}


def said(level, clock):
    """The figure we start from, in words."""
    found = getattr(DEFAULTS[level], clock)
    if clock == "reviews":
        return ", ".join(one.words for one in found)
    return found.words if found else _now("none")


class NumbersForm(Form):
    """{clock: text}, and why."""

    @property
    def texts(self):
        return {name: text for name, text in self.cleaned_data.items() if name != "why"}


def _why():
    return LongText(label=_("Why?"), help_text=_("It stands in the audit book."), rows=2, error_messages=SAY_WHY)


class LevelTimesForm(NumbersForm):
    """One level. A more serious level is never slower than the one below it."""

    def __init__(self, data=None, *, level, own, **options):
        super().__init__(data, **options)
        self.level, self.own = level, own
        for clock in CLOCKS:
            hint = _now("We start from: %(start)s.") % {"start": said(level, clock)}
            self.fields[clock] = CharField(label=NAMES[clock], help_text=hint, required=False, max_length=60)
        self.fields["why"] = _why()

    def clean(self):
        answers = super().clean()
        for clock in CLOCKS:
            if clock in answers:
                try:
                    checked(self.level, clock, answers[clock])
                except ValidationError as wrong:
                    self.add_error(clock, wrong)
        if not self.errors.keys() & set(CLOCKS):
            self._compare(answers)
        return answers

    def _compare(self, answers):
        own = self.own | {(self.level, clock): answers[clock] for clock in CLOCKS}
        levels = Numbers.of(own).levels
        mine = levels[self.level]
        if mine.acknowledge.roughly > mine.triage.roughly:
            self.add_error("triage", _now("It is read before it is weighed. Give weighing as much time or more."))
        for serious, below, clock in slower(levels):
            if self.level in (serious, below):
                names = {"more": Severity(serious).label, "less": Severity(below).label}
                self.add_error(clock, _now("%(more)s may not take longer than %(less)s.") % names)


class WholeForm(NumbersForm):
    """What holds for every level."""

    quiet = forms.IntegerField(label=NAMES["quiet"])
    second_look = forms.IntegerField(label=NAMES["second_look"])
    opens = forms.IntegerField(label=NAMES["opens"])
    why = _why()

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        for name, (_unit, least, count) in MOST_OF_THE_WHOLE.items():
            field = self.fields[name]
            start = length(OF_THE_WHOLE[name]).count
            says = {"start": start, "least": least, "most": count}
            field.help_text = _now("We start from %(start)d. From %(least)d to %(most)d.") % says
            sentence = _now("Write a number from %(least)d to %(most)d.") % says
            field.error_messages = dict.fromkeys(("required", "invalid"), sentence)
            field.validators = [_between(least, count, sentence)]

    @property
    def texts(self):
        return {name: f"{self.cleaned_data[name]} {unit}" for name, (unit, *_bounds) in MOST_OF_THE_WHOLE.items()}


def _between(least, most, sentence):
    def check(value):
        if not least <= value <= most:
            raise ValidationError(sentence)

    return check
