"""What may wait in this room, and who hears of it. How long it may wait is in ladders.py."""

from functools import partial

from django.db.models import Min
from django.utils.timezone import localdate

from harmony.notifications import waits
from harmony.notifications.waits import Wait
from harmony.people.models import User

from .access import LINES
from .ladders import (
    A_DAY,
    ASKED_TO_CLOSE,
    CLOSE_LATE,
    EMERGENCY_ASKED,
    LATE,
    LOOK_LATE,
    OUTSIDE,
    OWED,
    TELL,
    TELL_LATE,
    TOGETHER,
)
from .models import Action, Allegation, Case, Duty, Emergency, Meeting, Referral, Report, SecondLook, Transfer
from .models.breaches import Breaches
from .models.timing import clocks_at
from .reminders import REMIND, REMIND_CASE, STILL_UNSENT, UNSENT
from .speak.ladders import MESSAGE, NOT_READ


def register():
    in_a_case = (*ALLEGATIONS, *WITH_OTHERS, *DUTIES, *EMERGENCIES, *LOOKS, *ENDS, *ACTIONS)
    waits.register(*CASES, *FROM_OUTSIDE, *in_a_case, *DRAFTS, *QUARTERLY)


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


def _with_others(model, at):
    """What waits for somebody outside, or for us to answer them."""
    return model.objects.late(at).select_related("case__owner").prefetch_related("case__recusals")


def _next_step(records, here):
    clocks = clocks_at(here.at)
    return lambda record: record.counted(clocks)


def _duties(at):
    duties = Duty.objects.owed(at).filter(due_at__lte=at).select_related("user", "case__owner")
    return duties.prefetch_related("case__recusals")


def _emergencies(at):
    return Emergency.objects.unanswered(at).select_related("user").prefetch_related("case__recusals")


def _a_day_after(emergency):
    """What was done is asked for when its hour is over; a day later those who lead hear that nobody said."""
    due = emergency.ends_at
    return {"started": emergency.opened_at, "due": due, "when": lambda share: due + share * A_DAY}


def _ends(at):
    """Cases that somebody asked to close, and in which no second person has answered."""
    asked = Case.objects.filter(status="triaged", close_asked_at__lte=at - ASKED_TO_CLOSE)
    return asked.select_related("owner").prefetch_related("recusals")


def _as_it_was_asked(case):
    return {"started": case.close_asked_at, "due": case.close_asked_at + ASKED_TO_CLOSE}


def _messages(at):
    """Cases in which somebody from outside waits for a look at what they wrote."""
    late = Case.objects.filter(reports__thread__message_due__lte=at).annotate(
        message_due=Min("reports__thread__message_due"), message_since=Min("reports__thread__message_since")
    )
    return late.select_related("owner").prefetch_related("recusals")


def _answers(at):
    """Cases in which somebody from outside has not come back for our answer."""
    found = Case.objects.filter(reports__thread__reply_since__lte=at, closed_at=None)
    return (
        found.annotate(reply_since=Min("reports__thread__reply_since"))
        .select_related("owner")
        .prefetch_related("recusals")
    )


def _as_a_message(case):
    return {"started": case.message_since, "due": case.message_due}


def _actions(at):
    return Action.objects.to_remind(at).select_related("owner", "case__owner").prefetch_related("case__recusals")


def _drafts(at):
    return Report.objects.left_lying(at).select_related("author")


CASES = [Wait(ladder, partial(_cases, name), "since", partial(Breaches.over, name)) for name, ladder in LATE.items()]
# what whoever wrote from outside waits for, and what of ours waits for them
FROM_OUTSIDE = [
    Wait(MESSAGE, _messages, "message_due", waits.each(_as_a_message)),
    Wait(NOT_READ, _answers, "reply_since"),
]
# of a concern about one of us: that the LADO was not told, or the DBS not decided on, in time
ALLEGATIONS = [Wait(OWED[clock], partial(_late, clock), f"{clock}_due", _owed(clock)) for clock in OWED]
# the next step of a referral; the report for a meeting, and what came of it
WITH_OTHERS = [
    Wait(OUTSIDE[kind], partial(_with_others, model), "due_at", _next_step)
    for kind, model in (("referral", Referral), ("meeting", Meeting), ("transfer", Transfer))
]
# that somebody has not said whether they told the police or the council: whoever has the duty, and whoever works the case
DUTIES = [
    Wait(TELL, _duties, "due_at"),
    Wait(TELL_LATE, _duties, "due_at", waits.each(lambda duty: {"started": duty.arose_at, "due": duty.due_at})),
]
# what was done in a case that somebody opened in an emergency
EMERGENCIES = [Wait(EMERGENCY_ASKED, _emergencies, "ends_at", waits.each(_a_day_after))]
# what a reporter asked somebody above to look at again, and has no answer to
LOOKS = [Wait(LOOK_LATE, _looks, "due_at", waits.each(lambda look: {"started": look.asked_at, "due": look.due_at}))]
# an end that waits for a second person
ENDS = [Wait(CLOSE_LATE, _ends, "close_asked_at", waits.each(_as_it_was_asked))]
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
