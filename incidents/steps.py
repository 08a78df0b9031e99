"""The pages of a report, in their order, and which comes next.

Three pages and a check are a whole report. The pages of DETAILS come between, for whoever has the time.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .forms import details, reporting


@dataclass(frozen=True)
class Step:
    name: str  # of the URL and the template
    form: type
    title: object
    number: int = 0  # which of the questions it belongs to, for "Question 1 of 3"; 0: a page of more detail
    asks: str = ""  # what is missing while it is unanswered; nothing: never asked twice

    def url(self, report):
        return reverse(f"incidents:report_{self.name}", args=[report.pk])


STEPS = (
    Step("danger", reporting.DangerForm, _("Is anyone in danger right now?"), 1, "danger"),
    Step("call_999", reporting.Call999Form, _("Call 999 first"), 1),
    Step("about_us", reporting.AboutUsForm, _("Is it about one of us?"), 1, "about_us"),
    Step("which_of_us", reporting.WhichOfUsForm, _("Who is it about?"), 1, "named"),
    Step("teller", details.TellerForm, _("Who told you?"), 2),
    Step("who", reporting.WhoForm, _("Who are you worried about?"), 2, "who"),
    Step("what", reporting.WhatForm, _("What happened?"), 3, "facts"),
    Step("others", details.OthersForm, _("Who else is part of it?")),
    Step("when", details.WhenForm, _("When and where was it?")),
    Step("kind", details.KindForm, _("What kind of worry is it?")),
    Step("told", details.ToldForm, _("What have you asked and told?")),
)
NAMED = {step.name: step for step in STEPS}
QUESTIONS = max(step.number for step in STEPS)
DETAILS = [step for step in STEPS if not step.number]


LEADS_ON = (NAMED["what"], *DETAILS)  # each leads to the page after it; the others to what is still missing


def after(report, step, *, to_check=False):
    """Where Continue leads: 999 after danger, whom it is about after yes, and so on to the page to check."""
    if step is NAMED["danger"] and report.is_dangerous:
        return NAMED["call_999"].url(report)
    if step is NAMED["about_us"] and report.about_us:
        return NAMED["which_of_us"].url(report)
    if _comes_to_the_teller(report, step):
        return NAMED["teller"].url(report)
    if to_check or report.missing() or step not in LEADS_ON or step is STEPS[-1]:
        return to_finish(report)
    return STEPS[STEPS.index(step) + 1].url(report)


def _comes_to_the_teller(report, step):
    """On the way to whom it is about, where somebody else told it: asked first, and once."""
    is_before = STEPS.index(step) < STEPS.index(NAMED["teller"])
    return is_before and report.is_told_by_another and report.missing()[:1] == ["who"]


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
    if step is NAMED["teller"]:
        return report.is_told_by_another
    return step is not NAMED["which_of_us"] or bool(report.about_us)
