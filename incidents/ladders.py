"""How long a thing may wait in this room, and who hears of it, rung by rung."""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localdate

from harmony.notifications.access import WORKER
from harmony.notifications.ladders import Beside, Ladder, Reminder, Rung
from harmony.notifications.telling import tell
from harmony.people import rota
from harmony.people.models import Post, User

from . import access

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(hours=24)
MORNING = time(8)


# a case that nobody has read, or that nobody has weighed


def begin(case, at):
    """In the transaction that opens it: whoever is on call and may read it; where nobody is, all of its line."""
    people = _on_call(case, at) or rota.present(its_line(case, at), at)
    urgent = {"due": case.acknowledge_due, "urgent": case.pressing}
    tell("case", case, people, clock="acknowledge", sentence="case", at=at, **urgent)


def more(case, number, at):
    """Its reporter has added something: whoever works on it, or else whoever is on call."""
    people = rota.present(_in_hand(case), at) or _on_call(case, at) or rota.present(its_line(case, at), at)
    tell("case", case, people, clock="more", sentence="case_more", rung=number, urgent=case.is_urgent, at=at)


def _on_call(case, at):
    answering = {reach.user.pk for reach in rota.on_call(at)}
    return [user for user in its_line(case, at) if user.pk in answering]


def _in_hand(case):
    return [case.owner] if case.owner and case.owner.is_active else []


def _owner_or_on_call(case, at):
    return _in_hand(case) or _on_call(case, at)


def its_line(case, at=None):
    return _free(case).holding(*access.posts_of_its_line(case))


def _free(case):
    """Everybody who is not kept out of it."""
    return User.objects.exclude(pk__in=case.recusals.values("user"))


def _holding(*posts):
    """In the order of the posts."""
    return lambda case, at: [user for post in posts for user in _free(case).holding(post)]


def _raised(to):
    return lambda case, at: case.escalate(to, by=WORKER, at=at)


def _reporters(case):
    """They hear that nobody is left, of their own report."""
    reports = case.reports.select_related("author")
    return [Beside("report", report, [report.author]) for report in reports if report.author.is_active]


def _for_a_case(clock):
    return Ladder(
        "case",
        clock,
        "case_late",
        Rung(after=0.0, tell=_owner_or_on_call),
        Rung(after=0.0, tell=its_line),
        Rung(after=0.5, tell=_holding(Post.LEAD, Post.TRUSTEE), only_first=True, opens=_raised("lead")),
        Rung(after=1.0, tell=_holding(Post.CHAIR), opens=_raised("chair")),
        beside=_reporters,
    )


UNREAD, UNWEIGHED = _for_a_case("acknowledge"), _for_a_case("triage")


# a report that was begun and not sent


def nudges(report):
    """An hour after its last word, and the next morning."""
    tomorrow = localdate(report.saved_at) + timedelta(days=1)
    return [report.saved_at + AN_HOUR, datetime.combine(tomorrow, MORNING, get_current_timezone())]


def _who_may_ask(post):
    return lambda report, at: [user for user in User.objects.holding(post) if access.may_ask(user, report)]


UNSENT = Reminder("draft", "unsent", "unsent", times=nudges, people=lambda report: [report.author])
# a day after it was begun the next one up is told that there is one, a day later the one above them
STILL_UNSENT = Ladder(
    "unsent",
    "still_unsent",
    "somebody_unsent",
    *(Rung(after=float(days), tell=_who_may_ask(post)) for days, post in enumerate(access.ABOVE)),
    urgent=False,
)
