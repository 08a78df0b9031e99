"""The first page: what one needs now. Strangers see whom to ring, and the way in."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from harmony.look.words import clock_time
from harmony.people.doors import open_to_all
from incidents.access import may_see_cases
from incidents.models import Report
from incidents.views.mine import HEARD

from .. import access, first_steps
from ..navigation import rest
from ..todo import tasks

LATEST = 3


@open_to_all
def front(request):
    if not request.user.is_authenticated:
        return render(request, "home/welcome.html")
    steps = first_steps.steps() if access.may_see_first_steps(request.user) else []
    left = sum(not step.done for step in steps)
    page = {
        "steps": sorted(steps, key=lambda step: step.done) if left else [],
        "left": left,
        "todo": tasks(request.user),
        "more": rest(request.user),
        "drafts": Report.objects.visible_to(request.user).drafts().count(),
        "reports": _my_reports(request.user),
        "may_have_documents": access.may_report(request.user) or may_see_cases(request.user),
    }
    return render(request, "home/front.html", page)


def _my_reports(user):
    sent = Report.objects.visible_to(user).filed().select_related("case").order_by("-filed_at")[:LATEST]
    return [
        {
            "reference": report.case.reference,
            "url": report.get_absolute_url(),
            "when": _("Sent %(when)s") % {"when": clock_time(report.filed_at)},
            "heard": HEARD[report.case.status],
        }
        for report in sent
    ]
