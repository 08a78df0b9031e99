"""The pages of a report, in their order, and which comes next."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .forms import reporting as forms


@dataclass(frozen=True)
class Step:
    name: str  # of the URL and the template
    form: type
    title: object
    number: int  # which of the questions it belongs to, for "Question 1 of 4"
    asks: str = ""  # what is missing while it is unanswered; nothing: never asked twice

    def url(self, report):
        return reverse(f"incidents:report_{self.name}", args=[report.pk])


STEPS = (
    Step("danger", forms.DangerForm, _("Is anyone in danger right now?"), 1, "danger"),
    Step("call_999", forms.Call999Form, _("Call 999 first"), 1),
    Step("about_us", forms.AboutUsForm, _("Is it about one of us?"), 2, "about_us"),
    Step("which_of_us", forms.WhichOfUsForm, _("Who is it about?"), 2, "named"),
    Step("who", forms.WhoForm, _("Who are you worried about?"), 3, "who"),
    Step("what", forms.WhatForm, _("What happened?"), 4, "facts"),
)
NAMED = {step.name: step for step in STEPS}
QUESTIONS = STEPS[-1].number


def after(report, step):
    """Where Continue leads: 999 after danger, whom it is about after yes; else the next open question, or the check."""
    if step is NAMED["danger"] and report.is_dangerous:
        return NAMED["call_999"].url(report)
    if step is NAMED["about_us"] and report.about_us:
        return NAMED["which_of_us"].url(report)
    return to_finish(report)


def to_finish(report):
    """The first question that must still be answered, or the page to check and send."""
    missing = report.missing()
    for step in STEPS:
        if step.asks in missing:
            return step.url(report)
    return reverse("incidents:report_check", args=[report.pk])


def before(report, step):
    """Where Back leads."""
    shown = [one for one in STEPS if _is_asked(report, one)]
    at = shown.index(step) if step in shown else 0
    return shown[at - 1].url(report) if at else reverse("incidents:my_reports")


def _is_asked(report, step):
    if step is NAMED["call_999"]:
        return report.is_dangerous
    return step is not NAMED["which_of_us"] or bool(report.about_us)
