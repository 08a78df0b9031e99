"""The weekly summary: numbers and the way to each list, never a name or a reference."""

from django.shortcuts import render
from django.utils.timezone import now

from harmony.look.words import clock_time
from harmony.people.doors import allowed

from .. import access
from ..weekly import lines


@allowed(access.may_see_week)
def week(request):
    """Counts only, so nothing is noted in the book."""
    at = now()
    return render(request, "home/week.html", {"lines": lines(request.user, at), "told": clock_time(at)})
