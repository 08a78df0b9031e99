"""What is one's own: dates to keep, and how far one's reports are."""

from django.utils.translation import gettext as _

from harmony.encryption.fields import load_keys
from harmony.look.words import by, short_time
from incidents.models import Report
from incidents.steps import to_finish
from incidents.views.mine import HEARD, what_is_next

from ..todo import tasks
from . import Part

LATEST = 3


def todo(here):
    found = tasks(here.user, here.at)
    return Part("todo", {"tasks": found}) if found else None


def reports(here):
    """What is not sent yet, and the latest that are, each with what is promised next. Nothing of the case."""
    mine = Report.objects.visible_to(here.user)
    sent = mine.filed().select_related("case").order_by("-filed_at")[:LATEST]
    drafts = list(mine.drafts().order_by("-saved_at")[: LATEST + 1])
    load_keys(drafts)
    shown = {
        "drafts": [(by(one.saved_at, at=here.at), to_finish(one)) for one in drafts[:LATEST]],
        "are_more": len(drafts) > LATEST,
        "reports": [_row(one, here.at) for one in sent],
    }
    return Part("reports", shown)


def _row(report, at):
    return {
        "reference": report.case.reference,
        "url": report.get_absolute_url(),
        "when": _("Sent %(when)s.") % {"when": short_time(report.filed_at, at=at)},
        "heard": HEARD[report.case.status],
        "next": what_is_next(report.case, at),
    }
