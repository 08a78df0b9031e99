"""What makes a platform safer, for whoever sees to it: what it is, by when, and that it is in place."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.look.words import clock_time, day
from harmony.people.asking import ask
from harmony.people.doors import opens
from harmony.people.unfinished import filled

from .. import access
from ..forms import DoneForm, GiveForm
from ..ladders import is_late
from ..models import Control

JOINED = ("owner", "hazard__assessment__platform")


@opens(Control, joined=JOINED)
def control(request, control):
    is_open = control.status == Control.Status.OPEN
    shown = {
        "control": control,
        "hazard": control.hazard,
        "platform": control.hazard.assessment.platform,
        "due": day(control.due_on),
        "done": control.done_at and clock_time(control.done_at),
        "late": is_open and is_late(control),
        "may_do": is_open and access.may_do(request.user, control),
        "may_give": is_open and access.may_hand_over(request.user, control),
    }
    return render(request, "platforms/control.html", shown)


def _page(control):
    return reverse("platforms:control", args=[control.pk])


@opens(Control, may=access.may_do, joined=JOINED)
def done(request, control):
    return ask(
        request,
        filled(DoneForm, request),
        control.done,
        heading=_("Is it in place?"),
        says=control.words,
        button=_("Yes, it is in place"),
        then=_page(control),
    )


@opens(Control, may=access.may_hand_over, joined=JOINED)
def give(request, control):
    return ask(
        request,
        filled(GiveForm, request, control=control),
        control.give,
        heading=_("Who sees to it from now on?"),
        says=control.words,
        button=_("Give it to them"),
        then=_page(control),
    )
