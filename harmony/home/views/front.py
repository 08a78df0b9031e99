"""The first page: what one needs now. Strangers see whom to ring, and the way in."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render

from harmony.people.doors import open_to_all
from incidents.access import may_see_cases

from .. import access
from ..navigation import rest
from ..parts import Here, cases, heading, keeping, mine, numbers

# whoever holds several posts gets all their parts, the most urgent first
PARTS = (
    cases.needs,
    cases.looks,
    cases.unsent,
    keeping.cover,
    mine.todo,
    keeping.people,
    numbers.numbers,
    keeping.the_book,
    keeping.papers,
    keeping.machine,
    keeping.steps,
    mine.reports,
)


@login_required
def start(request):
    """Where signing in leads: to the list of cases for whoever reads it day by day, for everybody else to the front page."""
    return redirect("incidents:cases" if request.user.holds(*access.CASE_READERS) else "home:front")


@open_to_all
def front(request):
    if not request.user.is_authenticated:
        return render(request, "home/welcome.html")
    here = Here(request)
    parts = [part for gather in PARTS if (part := gather(here))]
    page = {
        "parts": parts,
        "finding": heading(parts),
        "more": rest(request.user),
        "may_have_documents": access.may_report(request.user) or may_see_cases(request.user),
        "may_see_health": access.may_see_health(request.user),
    }
    return render(request, "home/front.html", page)
