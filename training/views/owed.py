"""One course that is due or late, for whoever it is of, whoever leads them, and those who keep training."""

from django.shortcuts import render
from django.utils.timezone import localdate

from harmony.look.words import day
from harmony.people.doors import opens

from .. import access
from ..models import Owed


@opens(Owed, joined=("user", "course"))
def owed(request, owed):
    """What the notice was about: whose, which, since when, and what it means where their role asks for it."""
    shown = {
        "owed": owed,
        "own": owed.user_id == request.user.pk,
        "due": day(owed.due_on),
        "late": owed.due_on < localdate() and owed.status == Owed.Status.OPEN,
        "ended": owed.status == Owed.Status.ENDED,
        "may_see_person": access.may_see_person(request.user, owed.user),
    }
    return render(request, "training/owed.html", shown)
