"""Patterns for the DSO line: what comes up more often than before."""

from django.shortcuts import render
from django.utils.timezone import now

from harmony.people.doors import allowed

from .. import access
from ..facts import KEPT_APART
from ..trends import Trends


@allowed(access.may_see_trends)
def trends(request):
    shown = {"trends": Trends.of(request.user, now()), "kept_apart": KEPT_APART}
    return render(request, "incidents/trends.html", shown)
