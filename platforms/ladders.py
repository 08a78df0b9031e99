"""Who hears of a platform, and when: that one was proposed, waits for a decision, was decided; that its year is nearly over
(30 and 7 days before, on the day, then each week, from the day after with the senior lead); and that something that makes
it safe is to be put in place (a week before its day, on it, and each week after)."""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localdate

from harmony.notifications.ladders import Reminder
from harmony.notifications.sweeps import Here
from harmony.notifications.telling import tell

from . import access

PLATFORM, ASSESSMENT, CONTROL = "platform", "platform_assessment", "platform_control"  # the kinds
PROPOSED, SENT, BACK, DECIDED = (
    "platform_proposed",
    "platform_sent",
    "platform_back",
    "platform_decided",
)  # the clocks …
REVIEW = "platform_review"  # … and of the yearly look
A_DAY, A_WEEK, LOOK_AHEAD = timedelta(days=1), timedelta(days=7), timedelta(days=30)
WEEKS = 104  # after which somebody has met it otherwise
BEFORE = (30, 7, 0)  # days
MORNING = time(8)


def _assessors(platform, here):
    technical = platform.kind in access.TECHNICAL
    return here.holding(*(access.ASSESSORS if technical else access.DSO_LINE))


def _deciders(assessment, here):
    return [one for one in here.holding(*access.DECIDERS) if access.may_decide(one, assessment)]


WHO = {
    PROPOSED: (PLATFORM, _assessors),
    SENT: (ASSESSMENT, _deciders),
    BACK: (ASSESSMENT, lambda assessment, here: [assessment.assessor]),
    DECIDED: (PLATFORM, lambda platform, here: [platform.proposed_by] if platform.proposed_by else []),
}


def tell_of(clock, record, at):
    """In the transaction that causes it. It may be asked for again: each time tells them anew."""
    kind, who = WHO[clock]
    there = [one for one in who(record, Here(at)) if one.is_active]
    tell(kind, record, there, clock=clock, sentence=clock, rung=int(at.timestamp()) // 60, at=at)


def review_times(platform):
    before = [platform.due_at - A_DAY * days for days in BEFORE]
    return before + [platform.due_at + A_DAY + A_WEEK * week for week in range(WEEKS)]


def _who_looks_again(platform, here):
    """Whoever looks after it and whoever assesses; the senior lead too, once it is late."""
    people = {one.pk: one for one in _assessors(platform, here)}
    people |= {one.pk: one for one in here.holding(platform.standing.owner)}
    if here.at >= platform.due_at + A_DAY:
        people |= {one.pk: one for one in here.holding(access.Post.LEAD)}
    return here.present(list(people.values()))


def morning(day):
    return datetime.combine(day, MORNING, get_current_timezone())


def control_times(control):
    due = morning(control.due_on)
    return [due - A_WEEK, *(due + A_WEEK * week for week in range(WEEKS))]


def _who_does_it(control, here):
    """The office where its owner has left."""
    return here.present([control.owner] if control.owner.is_active else here.holding(access.Post.OFFICE))


def is_late(control, on=None):
    return control.due_on < (on or localdate())


TO_REVIEW = Reminder(
    PLATFORM,
    REVIEW,
    lambda platform, number: "platform_review_late" if number > len(BEFORE) else REVIEW,
    review_times,
    _who_looks_again,
)
TO_DO = Reminder(CONTROL, CONTROL, CONTROL, control_times, _who_does_it)
