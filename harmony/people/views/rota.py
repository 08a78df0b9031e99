"""The on-call rota by weeks, and "I'm away"."""

from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.timezone import get_current_timezone, localdate, localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from harmony.audit.events import event
from harmony.look.words import by, clock_time, hour
from harmony.organisation.models import Organisation

from .. import access, rota
from ..asking import ask
from ..doors import allowed, opens
from ..forms.rota import AwayForm, SlotForm, SlotTimes, nine
from ..models import Away, OnCall, User
from ..unfinished import answered, filled

AHEAD = timedelta(days=14)


@allowed(access.may_see_rota)
def week(request):
    """Who answers now, who answers this week, and when nobody does."""
    at, monday = now(), _monday(request.GET.get("week", ""))
    slots = OnCall.objects.between(_midnight(monday), _midnight(monday + timedelta(days=7))).select_related("user")
    whole = rota.Rota(at, at + AHEAD)
    page = {
        "answering": [(reach, reach.until and by(reach.until, at=at)) for reach in whole.on_call(at)],
        "days": _days(monday, slots, at),
        "heading": _("Week of %(day)s") % {"day": short_day(monday)},
        "earlier": (monday - timedelta(days=7)).isoformat(),
        "later": (monday + timedelta(days=7)).isoformat(),
        "gaps": [(says(gap), gap.while_open) for gap in whole.gaps(at, at + AHEAD, Organisation.current().hours)],
        "away": whole.absence_of(request.user, at),
        "in_place": whole.in_place_of(request.user, at),
        "may_keep": access.may_keep_rota(request.user),
    }
    return render(request, "people/rota.html", page)


def says(gap):
    """A time in words: "Sat 28 Nov 5pm to Mon 30 Nov 9am"."""
    return _("%(since)s to %(until)s") % {"since": short(gap.since), "until": short(gap.until)}


def short(moment):
    return f"{short_day(localtime(moment))} {hour(moment)}"


def short_day(day):
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month][:3]}"


def _days(monday, slots, at):
    """(day in words, whether it is today, who answers on it and when) for each day of the week."""
    slots, days = list(slots), [monday + timedelta(days=number) for number in range(7)]
    return [(short_day(day), day == localdate(at), _on(day, slots, at)) for day in days]


def _on(day, slots, at):
    begins, ends = _midnight(day), _midnight(day + timedelta(days=1))
    return [
        {
            "pk": slot.pk,
            "name": slot.user.name,
            "phone": slot.phone,
            "when": _hours(slot, begins, ends),
            "gone": slot.ends_at <= at,
        }
        for slot in slots
        if slot.starts_at < ends and slot.ends_at > begins
    ]


def _hours(slot, begins, ends):
    since, until = hour(slot.starts_at), hour(slot.ends_at)
    if slot.starts_at <= begins:
        return _("all day") if slot.ends_at >= ends else _("until %(until)s") % {"until": until}
    if slot.ends_at >= ends:
        return _("from %(since)s") % {"since": since}
    return _("%(since)s to %(until)s") % {"since": since, "until": until}


def _monday(asked):
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = localdate()
    day = day if 2000 < day.year < 2200 else localdate()
    return day - timedelta(days=day.weekday())


def _midnight(day):
    return datetime.combine(day, time.min, get_current_timezone())


@allowed(access.may_keep_rota)
def add_slot(request):
    form = filled(SlotForm, request)
    return ask(
        request,
        form,
        lambda by, **_answers: _add(form, by),
        heading=_("Put somebody on call"),
        button=_("Put them on the rota"),
        then=reverse("people:rota"),
        done=_("They are on the rota."),
    )


def _add(form, by):
    user, phone = form.cleaned_data["user"], form.cleaned_data["phone"]
    with event("add", by=by, about=user):
        for starts_at, ends_at in form.slots():
            OnCall(user=user).add(phone, starts_at, ends_at, by=by)


@opens(OnCall, may=access.may_change_slot)
def change_slot(request, slot):
    asked = {"phone": slot.phone, "starts_at": slot.starts_at, "ends_at": slot.ends_at}
    return ask(
        request,
        filled(SlotTimes, request, initial=asked),
        slot.change,
        heading=_("%(name)s is on call") % {"name": slot.user.name},
        button=_("Save these times"),
        then=reverse("people:rota"),
        remove=reverse("people:remove_slot", args=[slot.pk]),
    )


@require_POST
@opens(OnCall, may=access.may_change_slot)
def remove_slot(request, slot):
    slot.remove(by=request.user)
    messages.success(request, _("The slot is off the rota."))
    return redirect("people:rota")


@allowed(access.may_see_rota)
def away(request):
    """One tap: away until tomorrow, with the senior lead in one's place unless somebody is named."""
    return _away(request, request.user)


@opens(User, may=access.may_keep_rota)
def away_for(request, person):
    """The same for somebody who is ill, by who keeps the rota."""
    return _away(request, person)


@require_POST
@allowed(access.may_see_rota)
def away_now(request):
    """In one tap, with nothing to fill in: until tomorrow at 9am, and the senior lead answers (decision 0041)."""
    at = now()
    if not Away.objects.at(at).filter(user=request.user).exists():
        Away(user=request.user).say(nine(at, 1), None, by=request.user, at=at)
    whole = rota.Rota(at, at + rota.INSTANT)
    until = clock_time(whole.absence_of(request.user, at).ends_at)
    messages.success(
        request, _("You are away until %(until)s.") % {"until": until} + " " + whole.in_place_of(request.user, at)
    )
    return redirect("/")


def _away(request, person):
    at = now()
    absence = Away.objects.at(at).filter(user=person).select_related("cover").first()
    form = filled(AwayForm, request, user=person, at=at)
    if not absence and answered(request, form) and form.take(Away(user=person).say, by=request.user):
        return redirect(request.path)
    page = {
        "form": form,
        "person": person,
        "oneself": person.pk == request.user.pk,
        "absence": absence,
        "until": absence and clock_time(absence.ends_at),
        "instead": [reach for reach in rota.reachable(at) if reach.user.pk != person.pk][:1] if absence else [],
        "back_url": reverse("people:back", args=[person.pk]),
    }
    return render(request, "people/away.html", page, status=form.status)


@require_POST
@opens(User)
def back(request, person):
    with transaction.atomic():
        for absence in Away.objects.at().filter(user=person):
            absence.come_back(by=request.user)
    if person != request.user:
        messages.success(request, _("They are rung again."))
        return redirect("people:person", person.pk)
    messages.success(request, _("Welcome back. You are rung again."))
    return redirect("/")
