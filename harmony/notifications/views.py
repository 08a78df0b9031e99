"""The inbox: what waits for me. And what could not be sent, for those who can still ring."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from harmony.look.words import by, short_time
from harmony.organisation.models import HelpContact
from harmony.people.doors import allowed, opens
from harmony.people.unfinished import answered, filled

from . import access
from .forms import QuietForm
from .inbox import not_told, unsent_visible_to
from .models import Notice, QuietHours

A_PAGE = 25


@login_required
def inbox(request):
    """Sentences and times. Not noted in the book: no word of a record, and no reference, stands here."""
    at = now()
    page = Paginator(Notice.objects.visible_to(request.user), A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "rows": [_row(notice, at) for notice in page.object_list],
        "waiting": Notice.objects.visible_to(request.user).waiting().count(),
        "open_lines": open_lines(at) if any(notice.sentence == "nobody" for notice in page.object_list) else [],
        "quiet": QuietHours.objects.filter(user=request.user).exclude(since=None).first(),
    }
    return render(request, "notifications/inbox.html", shown)


def _row(notice, at):
    return {
        "pk": notice.pk,
        "says": notice.says(at),
        "url": notice.link,
        "told": short_time(notice.created_at, at=at),
        "is_new": not notice.read_at and not notice.stopped_at,
        "is_settled": bool(notice.stopped_at),
        "is_urgent": notice.urgent and not notice.stopped_at,
        "was_due": by(notice.due, at=at) if notice.due and notice.due <= at and not notice.stopped_at else "",
    }


def open_lines(at):
    """Whom to ring outside that answers now: each line, or the one that stands in for it. (999 heads every page.)"""
    contacts = HelpContact.objects.select_related("otherwise").exclude(phone="").exclude(code="999")
    found = {line.pk: line for one in contacts if (line := one.now_or_otherwise(at)).open_at(at)}
    return list(found.values())


@require_POST
@opens(Notice)
def read(request, notice):
    Notice.objects.filter(pk=notice.pk).read()
    return redirect("notifications:inbox")


@require_POST
@login_required
def read_all(request):
    Notice.objects.visible_to(request.user).read()
    return redirect("notifications:inbox")


@login_required
def quiet(request):
    """When one wants no e-mail that can wait."""
    hours = QuietHours.objects.filter(user=request.user).first()
    form = filled(QuietForm, request, initial=_hours(hours))
    step = hours.change if hours else QuietHours(user=request.user).begin
    if answered(request, form) and form.take(step, by=request.user):
        messages.success(request, _("Your quiet hours are saved."))
        return redirect("notifications:inbox")
    return render(request, "notifications/quiet.html", {"form": form}, status=form.status)


def _hours(hours):
    return {name: getattr(hours, name).hour for name in ("since", "until") if hours and hours.since}


@allowed(access.may_see_unsent)
def unsent(request):
    """Urgent messages that did not get out: whom to ring instead, and the button that tries again."""
    if request.method == "POST":
        unsent_visible_to(request.user).try_again()
        messages.success(request, _("We are trying again now. Ring them all the same."))
        return redirect("notifications:unsent")
    return render(request, "notifications/unsent.html", {"people": not_told(request.user)})
