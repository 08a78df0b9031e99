"""How long a thing may wait in this room, and who hears of it, rung by rung."""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localdate

from harmony.notifications.ladders import Ladder, Reminder, Rung
from harmony.people.models import User

from . import access

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(hours=24)
MORNING = time(8)


# a report that was begun and not sent


def nudges(report):
    """An hour after its last word, and the next morning."""
    tomorrow = localdate(report.saved_at) + timedelta(days=1)
    return [report.saved_at + AN_HOUR, datetime.combine(tomorrow, MORNING, get_current_timezone())]


def _who_may_ask(post):
    return lambda report: [user for user in User.objects.holding(post) if access.may_ask(user, report)]


UNSENT = Reminder("draft", "unsent", "unsent", times=nudges, people=lambda report: [report.author])
# a day after it was begun the next one up is told that there is one, a day later the one above them
STILL_UNSENT = Ladder(
    "unsent",
    "still_unsent",
    "somebody_unsent",
    *(Rung(after=float(days), tell=_who_may_ask(post)) for days, post in enumerate(access.ABOVE)),
    urgent=False,
)
