"""What is one's own: dates to keep, and how far one's reports are."""

from django.utils.translation import gettext as _

from harmony.look.words import clock_time
from incidents.models import Report
from incidents.views.mine import HEARD, when_we_answer

from ..todo import tasks
from . import Part

LATEST = 3


def todo(here):
    found = tasks(here.user, here.at)
    return Part("todo", {"tasks": found}) if found else None


def reports(here):
    """The latest, each with what was promised and whether it was kept. Nothing of the case."""
    mine = Report.objects.visible_to(here.user)
    sent = mine.filed().select_related("case").order_by("-filed_at")[:LATEST]
    return Part("reports", {"drafts": mine.drafts().count(), "reports": [_row(one, here.at) for one in sent]})


def _row(report, at):
    return {
        "reference": report.case.reference,
        "url": report.get_absolute_url(),
        "when": _("Sent %(when)s") % {"when": clock_time(report.filed_at)},
        "heard": HEARD[report.case.status],
        "promise": when_we_answer(report.case, at),
    }
