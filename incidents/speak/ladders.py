"""What whoever wrote from outside waits for, and what of ours waits for them: who hears, and when."""

from datetime import datetime, timedelta

from django.utils.timezone import get_current_timezone, localdate

from harmony.notifications.ladders import Reminder

from ..ladders import MORNING, for_a_case, working_on

COME_BACK = (3, 7, 14)  # days after our answer

# what they wrote, and nobody has read or answered: it climbs as an unread report does. They have no inbox of ours
MESSAGE = for_a_case(
    "message",
    beside=lambda case: (),
    runs=lambda case: case.reports.filter(thread__message_due__isnull=False).exists(),
)


def _mornings_after(case):
    days = [localdate(case.reply_since) + timedelta(days=number) for number in COME_BACK]
    return [datetime.combine(day, MORNING, get_current_timezone()) for day in days]


# our answer, and they have not come back for it: whoever has the case thinks again of how to reach them
NOT_READ = Reminder("case", "reply_unread", "reply_unread", times=_mornings_after, people=working_on)
