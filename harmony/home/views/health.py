"""Is it alive, is it ready: for machines that watch; and in sentences, for whoever looks after it."""

from datetime import timedelta
from http import HTTPStatus

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from harmony.audit.events import event, note
from harmony.look.words import clock_time, short_time
from harmony.notifications import access as messages_access
from harmony.notifications import phone, sentences, sources, telling
from harmony.notifications.inbox import given_up_visible_to
from harmony.notifications.models import Delivery
from harmony.people.doors import allowed, open_to_all

from .. import access
from ..health import facts
from ..ladders import KINDS
from ..lost import lost_between
from ..models import Lack
from ..runs import sweeps

SHOWN = 50  # dead letters on the page: trying again takes all there are
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
    at = now()
    found, tests = facts(at), Delivery.objects.filter(notice__kind="test", notice__recipient=request.user)
    shown = {
        "facts": found,
        "lacks": _lacks(request.user, at),
        "lost": lost_between(at - timedelta(days=30), at),
        "sweeps": [(sweep.label, sweep.says(), sweep.is_well(at)) for sweep in sweeps()],
        "wrong": [fact for fact in found if not fact.is_well],
        "tests": [
            (one.get_channel_display(), one.get_status_display(), clock_time(one.notice.created_at), one.failure)
            for one in tests.select_related("notice").order_by("-notice__created_at")[:4]
        ],
        "phone": phone.is_set_up(),
        "given_up": [_given_up(one, request.user) for one in _dead_letters(request.user)[:SHOWN]],
        "may_send_again": messages_access.may_see_given_up(request.user),
        "are_given_up": Delivery.objects.given_up().exists(),
    }
    return render(request, "home/running.html", shown)


def _lacks(user, at):
    """(what, since when, where this person may mend it) of what is lacking, longest first."""
    pages = {kind.code: reverse(kind.page) for kind in KINDS if kind.page and kind.may_open(user)}
    return [
        (sentences.say(lack.code), short_time(lack.since, at=at), pages.get(lack.code, ""))
        for lack in Lack.objects.visible_to(user).standing()
    ]


def _dead_letters(user):
    return given_up_visible_to(user).select_related("notice__recipient")


def _given_up(delivery, user):
    """To whom, by which way, when, and what kind of message: no sentence, for some tell that there is a case."""
    notice = delivery.notice
    source = sources.get(notice.kind)
    return {
        "pk": delivery.pk,
        "name": notice.recipient.name,
        "phone": notice.recipient.phone,
        "way": delivery.get_channel_display(),
        "when": short_time(notice.created_at),
        "what": source.what if source else "",
        "is_urgent": notice.urgent,
        "failure": delivery.failure,
        "may_set_aside": messages_access.may_set_aside(user, delivery),
    }


@require_POST
@allowed(access.may_see_health)
def test_message(request):
    """The dispatcher sends it within seconds: then the page says so."""
    with event("test", by=request.user, about=request.user):
        telling.test(request.user)
    messages.success(request, _("A test is on its way. Look at this page again in half a minute."))
    return redirect("home:running")


@require_POST
@allowed(messages_access.may_see_given_up)
def send_all_again(request):
    """All there are, those too of which this person is shown no row: trying tells nobody anything."""
    Delivery.objects.given_up().try_again()
    return _on_its_way(request)


@require_POST
@allowed(messages_access.may_see_given_up)
def send_again(request, pk):
    delivery = get_object_or_404(given_up_visible_to(request.user), pk=pk)
    Delivery.objects.filter(pk=delivery.pk).try_again()
    return _on_its_way(request)


def _on_its_way(request):
    messages.success(request, _("We are trying again. Look at this page in half a minute."))
    return redirect("home:running")


@require_POST
@allowed(messages_access.may_see_given_up)
def set_aside(request, pk):
    """Its reader was told in another way, or need not be. Who said so is in the book, on the reader's own root."""
    delivery = get_object_or_404(given_up_visible_to(request.user).select_related("notice__recipient"), pk=pk)
    if not messages_access.may_set_aside(request.user, delivery):
        raise PermissionDenied(_("An urgent message cannot be set aside. Ring its reader, and ask them to sign in."))
    Delivery.objects.filter(pk=delivery.pk).set_aside()
    note("set a message aside", by=request.user, about=delivery.notice.recipient)
    messages.success(request, _("This message is set aside. Its reader still finds it in their inbox."))
    return redirect("home:running")
