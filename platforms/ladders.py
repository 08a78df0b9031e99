"""Who hears of a platform, and when: that one was proposed, waits for a decision, was decided; that its year is nearly over
(30 and 7 days before, on the day, then each week, from the day after with the senior lead); and that something that makes
it safe is to be put in place (a week before its day, on it, and each week after).

Of the security of our systems: that a review is due, like a platform’s year; what it found, on its day and each week after,
to whoever sees to it; and late, up the ladder: IT, then the senior lead, then the lead trustee and the chair."""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localdate

from harmony.notifications.ladders import Ladder, Reminder, Rung
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
SECURITY, FINDING, FINDING_LATE = "security_review", "security_finding", "finding_late"  # kinds and clocks
CLIMBS_WITHIN = {"critical": 1, "high": 4, "medium": 14, "low": 14}  # days from a finding's breach to the top
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


def _who_keeps_safe(review, here):
    """IT, or the office where there is none; whoever signs, once it is late."""
    people = here.holding(access.Post.IT) or here.holding(access.Post.OFFICE)
    if here.at >= review.due_at + A_DAY:
        people = list({one.pk: one for one in (*people, *here.holding(*access.DECIDERS))}.values())
    return here.present(people)


def finding_times(finding):
    return [morning(finding.due_on) + A_WEEK * week for week in range(WEEKS)]


def finding_late(finding):
    """Late from the morning after its day; the shares of the ladder are of days that depend on how bad it is."""
    due, top = morning(finding.due_on + A_DAY), A_DAY * CLIMBS_WITHIN[finding.severity]
    return {"started": finding.added_at, "due": due, "when": lambda share: due + top * share}


SECURITY_DUE = Reminder(
    SECURITY,
    SECURITY,
    lambda review, number: "security_review_late" if number > len(BEFORE) else SECURITY,
    review_times,
    _who_keeps_safe,
)
TO_MEND = Reminder(FINDING, FINDING, FINDING, finding_times, _who_does_it)
NOT_MENDED = Ladder(
    FINDING,
    FINDING_LATE,
    FINDING_LATE,
    Rung(after=0.0, tell=lambda finding, here: here.holding(access.Post.IT, access.Post.OFFICE)),
    Rung(after=0.5, tell=lambda finding, here: here.holding(access.Post.LEAD)),
    Rung(after=1.0, tell=lambda finding, here: here.holding(access.Post.TRUSTEE, access.Post.CHAIR)),
    urgent=lambda finding: finding.severity == "critical",
)
