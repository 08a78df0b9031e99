"""Is it alive, is it ready: for machines that watch; and in sentences, for whoever looks after it."""

from http import HTTPStatus

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from harmony.audit.events import event
from harmony.look.words import clock_time
from harmony.notifications import phone, telling
from harmony.notifications.models import Delivery
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
    found, tests = facts(), Delivery.objects.filter(notice__kind="test", notice__recipient=request.user)
    shown = {
        "facts": found,
        "wrong": [fact for fact in found if not fact.is_well],
        "tests": [
            (one.get_channel_display(), one.get_status_display(), clock_time(one.notice.created_at), one.failure)
            for one in tests.select_related("notice").order_by("-notice__created_at")[:4]
        ],
        "phone": phone.is_set_up(),
    }
    return render(request, "home/running.html", shown)


@require_POST
@allowed(access.may_see_health)
def test_message(request):
    """The dispatcher sends it within seconds: then the page says so."""
    with event("test", by=request.user, about=request.user):
        telling.test(request.user)
    messages.success(request, _("A test is on its way. Look at this page again in half a minute."))
    return redirect("home:running")
