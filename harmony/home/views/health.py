"""Is it alive, is it ready: for machines that watch; and in sentences, for whoever looks after it."""

from http import HTTPStatus

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render

from harmony.people.doors import allowed, open_to_all

from .. import access
from ..health import facts

REMEMBERED = 10  # seconds: asking costs a few queries, and strangers may ask


@open_to_all
def live(request):
    """The process answers. Asks nothing of anything else."""
    return HttpResponse("live\n", content_type="text/plain")


@open_to_all
def ready(request):
    """Names of parts, well or not: 503 as soon as one is not. No sentence, no figure, for strangers may read it."""
    parts = cache.get("home-ready")
    if parts is None:
        parts = [(fact.name, fact.is_well) for fact in facts()]
        cache.set("home-ready", parts, REMEMBERED)
    status = HTTPStatus.OK if all(well for _name, well in parts) else HTTPStatus.SERVICE_UNAVAILABLE
    lines = "".join(f"{name}: {'well' if well else 'not well'}\n" for name, well in parts)
    return HttpResponse(lines, content_type="text/plain", status=status)


@allowed(access.may_see_health)
def running(request):
    found = facts()
    return render(request, "home/running.html", {"facts": found, "wrong": [fact for fact in found if not fact.is_well]})
