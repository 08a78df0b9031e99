"""What is reminded of at moments of its own: something to do by a day, and a report that was begun and not sent."""

from datetime import datetime, timedelta

from django.utils.timezone import get_current_timezone, localdate

from harmony.notifications.ladders import Ladder, Reminder, Rung
from harmony.notifications.telling import tell

from . import access
from .ladders import MORNING, working_on

AN_HOUR = timedelta(hours=1)

# something to do, by a day


def _days(action):
    """Its morning, the morning after, then after one, two and four weeks. From then on it stands in the lists alone."""
    days = [action.due_on + timedelta(days=number) for number in REMINDED_AFTER]
    return [datetime.combine(day, MORNING, get_current_timezone()) for day in days]


def _who_does_it(action, here):
    return here.present([action.owner]) if action.owner.is_active else []


def _who_has_the_case(action, here):
    """Once it is late: whoever has the case; where nobody does, or they are away, who is on call, or its line."""
    return [user for user in working_on(action.case, here) if user.pk != action.owner_id]


def ask(action, by):
    """Whoever is asked hears at once, unless they asked themselves: its morning may be weeks away."""
    if action.owner_id != by.pk:
        tell("action", action, [action.owner], clock="asked", sentence="action_asked")


REMINDED_AFTER = (0, 1, 7, 14, 28)
LAST_REMINDER = len(REMINDED_AFTER)
REMIND = Reminder(
    "action",
    "action",
    lambda action, number: "action" if number == 1 else "action_late",
    times=_days,
    people=_who_does_it,
)
REMIND_CASE = Reminder(
    "case_action", "case_action", "case_action", times=lambda action: _days(action)[1:], people=_who_has_the_case
)


# a report that was begun and not sent


def nudges(report):
    """An hour after its last word, and the next morning."""
    tomorrow = localdate(report.saved_at) + timedelta(days=1)
    return [report.saved_at + AN_HOUR, datetime.combine(tomorrow, MORNING, get_current_timezone())]


def _who_may_ask(post):
    return lambda report, here: [user for user in here.holding(post) if access.may_ask(user, report)]


UNSENT = Reminder("draft", "unsent", "unsent", times=nudges, people=lambda report, here: [report.author])
# a day after it was begun the next one up is told that there is one, a day later the one above them
STILL_UNSENT = Ladder(
    "unsent",
    "still_unsent",
    "somebody_unsent",
    *(Rung(after=float(days), tell=_who_may_ask(post)) for days, post in enumerate(access.ABOVE)),
    urgent=False,
)
