"""Somebody has lost the phone or key with which they prove who they are: what two who lead say, one after the other."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time
from harmony.people.access import may_vouch, who_vouches
from harmony.people.asking import ask
from harmony.people.doors import confirmed, opens
from harmony.people.forms.fields import WhyForm
from harmony.people.models import User
from harmony.people.unfinished import answered, filled

from ..forms import HowForm
from ..models import LostDevice


@opens(User, may=may_vouch)
@confirmed
def lost(request, person):
    """What was said, and by whom; the next of the two steps."""
    found = LostDevice.objects.filter(user=person).select_related("said_by", "confirmed_by").first()
    standing = found if found and found.status in ("said", "confirmed") else None
    asks = not standing or (standing.status == "said" and standing.said_by != request.user)
    form = filled(HowForm, request)
    if asks and answered(request, form) and form.take(_step(person, standing), by=request.user):
        return redirect("home:lost", person.pk)
    shown = {"person": person, "found": found, "standing": standing, "asks": asks, "form": form}
    return render(request, "home/lost.html", shown | _told(found, person), status=form.status)


def _step(person, standing):
    if standing:
        return standing.confirm
    return lambda how, *, by: LostDevice.begin(person, how, by=by)


def _told(found, person):
    """When it was said, confirmed and done; who may be the second."""
    if not found:
        return {"seconds": [user.name for user in who_vouches(person)]}
    load_keys([found])
    times = {name: getattr(found, name) for name in ("said_at", "confirmed_at", "resets_at", "ended_at")}
    told = {name: clock_time(at) if at else "" for name, at in times.items()}
    return {"told": told, "seconds": [user.name for user in found.seconds(found.said_by)]}


@opens(User, may=may_vouch)
def stop(request, person):
    """It was not them, or the phone was found. Any of those who lead stops it alone."""
    standing = get_object_or_404(LostDevice.objects.visible_to(request.user).standing(), user=person)
    return ask(
        request,
        filled(WhyForm, request),
        standing.stop,
        heading=_("Stop the reset for %(name)s?") % {"name": person.name},
        says=_("Nothing of their sign-in is taken away. Everybody who was told of it hears that it was stopped."),
        button=_("Stop it"),
        then=reverse("people:person", args=[person.pk]),
        done=_("It is stopped."),
    )
