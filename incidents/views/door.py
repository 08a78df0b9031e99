"""The door to the pages of a case, and what it says to whoever reported it and may not see it."""

from functools import partial

from django.shortcuts import redirect, render

from harmony.people.doors import opens

from .. import access
from ..models import Case, Report


def own_report(request, pk):
    """Who reported it knows that there is a case: words and whom to ring. To everybody else there is none."""
    report = Report.objects.visible_to(request.user).filter(case=pk).select_related("case").first()
    if report is None:
        return None
    # only whom the report itself says it is about: who else was kept out later is not for its author
    request.kept_out = access.kept_out(report.about)
    return render(request, "incidents/no_access.html", {"report": report}, status=403)


def onward(request, case):
    """To the case, unless a step has just moved it out of this person's sight."""
    return redirect(case if access.may_see(request.user, case) else "incidents:cases")


# who has it and who took its steps stand on every page
_case = partial(
    opens, Case, joined=("owner", "acknowledged_by", "triaged_by", "closed_by", "close_agreed_by"), unseen=own_report
)
opens_case = _case()
works_case = _case(may=access.works_on)
asked_to_close = _case(may=partial(access.decides_on, "close_as"))
asked_to_lower = _case(may=partial(access.decides_on, "lower_to"))
asked_to_let_in = _case(may=partial(access.decides_on, "asked_to_let_in"))
asks_in = _case(may=access.may_ask_in)
exports_case = _case(may=access.may_export)
