"""A report's answers before it is sent: to be checked, each with the page that changes it."""

from django.utils.translation import gettext as _

from .. import steps
from ..answers import Answer, every


def to_check(report):
    """The pages before the words of what happened, and those after: (question, answer, url, what to change)."""
    first, more = [], []
    found = [one for one in every(report) if one.words]
    for step in steps.STEPS:
        rows = [one for one in found if one.step == step.name]
        if not rows and not step.number:
            rows = [Answer(step.name, step.title, _("Nothing yet"), step.asks)]
        change = f"{step.url(report)}?from=check"
        into = first if step.number else more
        into += [(one.question, one.words, change, one.question) for one in rows if step.name != "what"]
    more += [
        (one.question, one.words) for one in found if one.step not in steps.NAMED
    ]  # brought along: no page asks it
    return first, more
