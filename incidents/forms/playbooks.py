"""What is asked of a playbook, and of a step of a case."""

import re

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, Form, LongText, Radios, Ticks

from ..kinds import CausedBy, Track
from ..models import CaseStep
from ..playbooks import LONGEST, MOST_STEPS
from .fields import Codes, ShortText
from .working import SAY_WHY, kinds

NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[-*•])\s+")  # "1. ", "2) ", "- ": the page numbers them itself


class PlaybookForm(Form):
    title = CharField(
        label=_("What is it called?"), max_length=80, error_messages={"required": _("Give it a short name.")}
    )
    steps = LongText(
        label=_("What has to be done?"),
        help_text=_("A step a line, in order. It is a rule for every such case: name nobody."),
        rows=12,
        max_length=8_000,
        error_messages={"required": _("Write at least one step.")},
    )
    track = forms.ChoiceField(
        label=_("For which concerns?"), choices=[("", _("All of them")), *Track.choices], widget=Radios, required=False
    )
    images = forms.BooleanField(label=_("Only where there may be a nude image of somebody under 18"), required=False)
    caused_by = Codes(
        label=_("Caused by whom?"),
        help_text=_("Choose none, and it does not matter who caused it."),
        choices=CausedBy.choices,
        widget=Ticks(stand="pairs"),
        required=False,
    )
    kinds = Codes(
        label=_("Which kinds?"),
        help_text=_(
            "Choose none, and it is for every kind. A case that has one of these, among others, follows it too."
        ),
        widget=Ticks(stand="pairs"),
        required=False,
    )
    in_use = forms.BooleanField(
        label=_("New cases follow it"),
        help_text=_("Without this tick, no new case does. Cases that have begun keep their steps."),
        required=False,
        initial=True,
    )
    why = ShortText(
        label=_("Why do you change it?"), help_text=_("It stands beside the new version."), error_messages=SAY_WHY
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        self.fields["kinds"].choices = kinds()[1:]

    def clean_steps(self):
        lines = [NUMBERED.sub("", line).strip() for line in self.cleaned_data["steps"].split("\n")]
        steps = [line for line in lines if line]
        if not steps:
            raise forms.ValidationError(self.fields["steps"].error_messages["required"])
        if len(steps) > MOST_STEPS:
            says = _now("These are %(count)d steps. At most %(most)d: nobody follows more.")
            raise forms.ValidationError(says % {"count": len(steps), "most": MOST_STEPS})
        if long := next((step for step in steps if len(step) > LONGEST), None):
            says = _now("This step has more than %(most)d letters. Make two of it, or write it shorter: “%(begins)s…”")
            raise forms.ValidationError(says % {"most": LONGEST, "begins": long[:40]})
        return "\n".join(steps)

    def clean_seen(self):
        return self.cleaned_data["seen"] or 0


ANSWERS = {
    "done": _("It is done"),
    "waived": _("It is not needed here"),
    "open": _("It is open again"),
}


class StepForm(Form):
    answer = forms.ChoiceField(
        label=_("How does it stand?"), widget=Radios, error_messages={"required": _("Choose one of these answers.")}
    )
    words = ShortText(
        label=_("What came of it, or why is it not needed?"),
        help_text=_("For what is done you need not write anything."),
        rows=3,
        max_length=2_000,
        required=False,
    )
    was = forms.ChoiceField(choices=CaseStep.Status.choices, widget=forms.HiddenInput)

    def __init__(self, data=None, *, step, **options):
        stands = {"was": step.status, "words": step.result, "answer": "" if step.is_open else step.status}
        super().__init__(data, **{"initial": stands} | options)
        self.fields["answer"].choices = [
            (code, says) for code, says in ANSWERS.items() if not (step.is_open and code == "open")
        ]

    def clean(self):
        answers = super().clean()
        if answers.get("answer", "done") != "done" and not answers.get("words") and "words" not in self.errors:
            self.add_error("words", SAY_WHY["required"])
        return answers
