"""What may wait in this room, and who hears of it. How long it may wait is in ladders.py."""

from functools import partial

from django.utils.timezone import localdate

from harmony.notifications import waits
from harmony.notifications.waits import Wait
from harmony.people.models import User

from .access import LINES
from .ladders import A_DAY, EMERGENCY_ASKED, LATE, LOOK_LATE, OWED, REMIND, REMIND_CASE, STILL_UNSENT, TOGETHER, UNSENT
from .models import Action, Allegation, Case, Emergency, Report, SecondLook
from .models.breaches import Breaches
from .models.timing import clocks_at


def register():
    waits.register(*CASES, *ALLEGATIONS, *EMERGENCIES, *LOOKS, *ACTIONS, *DRAFTS, *QUARTERLY)


def _cases(name, at):
    """That nobody has read, weighed, or moved on in time; unread ones before they are late, for whoever comes on call."""
    cases = Case.objects.unread() if name == "acknowledge" else Case.objects.waiting(name, at)
    return cases.select_related("owner").prefetch_related("recusals")


def _looks(at):
    looks = SecondLook.objects.waiting(at).select_related("report__author", "report__case")
    return looks.prefetch_related("report__case__recusals")


def _late(clock, at):
    late = Allegation.objects.late(clock, at).select_related("case__owner")
    return late.prefetch_related("case__recusals")


def _owed(clock):
    """Its rungs come in the time of the clock, counted from the breach."""

    def counted(allegations, here):
        clocks = clocks_at(here.at)
        return lambda allegation: allegation.counted(clock, clocks)

    return counted


def _emergencies(at):
    return Emergency.objects.unanswered(at).select_related("user").prefetch_related("case__recusals")


def _a_day_after(emergency):
    """What was done is asked for when its hour is over; a day later those who lead hear that nobody said."""
    due = emergency.ends_at
    return {"started": emergency.opened_at, "due": due, "when": lambda share: due + share * A_DAY}


def _actions(at):
    return Action.objects.to_remind(at).select_related("owner", "case__owner").prefetch_related("case__recusals")


def _drafts(at):
    return Report.objects.left_lying(at).select_related("author")


CASES = [Wait(ladder, partial(_cases, name), "since", partial(Breaches.over, name)) for name, ladder in LATE.items()]
# of a concern about one of us: that the LADO was not told, or the DBS not decided on, in time
ALLEGATIONS = [Wait(OWED[clock], partial(_late, clock), f"{clock}_due", _owed(clock)) for clock in OWED]
# what was done in a case that somebody opened in an emergency
EMERGENCIES = [Wait(EMERGENCY_ASKED, _emergencies, "ends_at", waits.each(_a_day_after))]
# what a reporter asked somebody above to look at again, and has no answer to
LOOKS = [Wait(LOOK_LATE, _looks, "due_at", waits.each(lambda look: {"started": look.asked_at, "due": look.due_at}))]
# once it is late whoever has the case hears too: asked first, for whoever does it ends the row
ACTIONS = [Wait(ladder, _actions, "due_on") for ladder in (REMIND_CASE, REMIND)]
# its author first; after a day whoever may ask them. Nothing here throws a draft away
DRAFTS = [
    Wait(UNSENT, _drafts, "saved_at"),
    Wait(
        STILL_UNSENT,
        _drafts,
        "saved_at",
        waits.each(lambda draft: {"started": draft.started_at, "due": draft.started_at + A_DAY}),
    ),
]
# whoever works concerns about one of us, each quarter
QUARTERLY = [
    Wait(TOGETHER, lambda at: TOGETHER.untold(User.objects.holding(*LINES["worker"], on=localdate(at)), at), "name")
]
