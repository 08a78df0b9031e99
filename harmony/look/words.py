"""Days, times and clocks in words: "Tuesday 10 March 2026, 10:50am", "2 hours 10 min left".

Written out here, without `|date`: list pages format in the view, hundreds of rows at a time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SOON = 0.7  # the share of a clock after which it is called soon


def day(when):
    """ "Tuesday 10 March 2026", of a date or an aware moment."""
    when = localtime(when) if isinstance(when, datetime) else when
    return f"{WEEKDAYS[when.weekday()]} {when.day} {MONTHS[when.month]} {when.year}"


def short_day(on):
    """ "10 Mar 2026", of a date: in a table the day of the week is in the way."""
    return f"{on.day} {MONTHS_3[on.month].title()} {on.year}"


def hour(moment):
    """ "10:50am", "1pm", of an aware moment or of a time of day."""
    moment = localtime(moment) if isinstance(moment, datetime) else moment
    half = _("am") if moment.hour < 12 else _("pm")
    minute = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minute}{half}"


def clock_time(moment):
    """ "Tuesday 10 March 2026, 10:50am"."""
    return f"{day(moment)}, {hour(moment)}"


def short_time(moment, *, at=None):
    """ "Tue 10 Mar, 10:50am", with the year when it is another one: for rows of a list."""
    moment, at = localtime(moment), localtime(at or now())
    year = "" if moment.year == at.year else f" {moment.year}"
    return f"{WEEKDAYS_ABBR[moment.weekday()]} {moment.day} {MONTHS_3[moment.month].title()}{year}, {hour(moment)}"


def by(moment, *, at=None, brief=False):
    """When something is due: "1pm today", "midnight tonight", "1pm on Thursday 12 March"; brief, "Thu 12 Mar"."""
    at, moment = localtime(at or now()), localtime(moment)
    if moment.hour == moment.minute == 0:
        return _midnight(moment.date() - timedelta(days=1), at.date(), brief)
    days = (moment.date() - at.date()).days
    if brief and abs(days) > 1:
        return _date(moment.date(), at.date(), brief)
    if days == 0:
        return _("%(hour)s today") % {"hour": hour(moment)}
    if days == 1:
        return _("%(hour)s tomorrow") % {"hour": hour(moment)}
    if days == -1:
        return _("%(hour)s yesterday") % {"hour": hour(moment)}
    return _("%(hour)s on %(day)s") % {"hour": hour(moment), "day": _date(moment.date(), at.date(), brief=False)}


def _midnight(day, today, brief):
    """Of the day that it ends: "12am on Friday" is read as Friday night."""
    if day == today:
        return _("midnight tonight")
    if day == today - timedelta(days=1):
        return _("midnight last night")
    ends = _date(day, today, brief)
    return ends if brief else _("the end of %(day)s") % {"day": ends}


def _date(day, today, brief):
    names = (WEEKDAYS_ABBR[day.weekday()], MONTHS_3[day.month].title()) if brief else ()
    weekday, month = names or (WEEKDAYS[day.weekday()], MONTHS[day.month])
    year = "" if day.year == today.year else f" {day.year}"
    return f"{weekday} {day.day} {month}{year}"


def span(length):
    """A length of time, roughly: "2 hours 10 min", "3 days", "less than a minute"."""
    minutes = int(abs(length) / timedelta(minutes=1))
    if minutes < 1:
        return _("less than a minute")
    if minutes < 60:
        return _("%(count)d min") % {"count": minutes}
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        words = ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
        rest = minutes if hours < 10 else 0
        return f"{words} {_('%(count)d min') % {'count': rest}}" if rest else words
    days = hours // 24
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


@dataclass(frozen=True)
class Clock:
    """What components/clock.html draws: never colour alone, always the absolute time too."""

    tone: str  # late, soon, ok or done
    words: str
    share: int  # of the time used, in percent
    due: str
    label: str = ""  # what is due: "First read"

    @classmethod
    def of(cls, due, *, started=None, label="", at=None, brief=False):
        """The clock of something that waits until `due`, counted from `started`; `brief` in a row of a list."""
        at = at or now()
        left = due - at
        whole = (due - started) if started else None
        share = min(100, max(0, round(100 * (1 - left / whole)))) if whole else 0
        said = {"label": label, "due": by(due, at=at, brief=brief)}
        if left < timedelta(0):
            return cls("late", _("Late by %(span)s") % {"span": span(left)}, 100, **said)
        soon = share >= SOON * 100 or left < timedelta(hours=1)
        return cls("soon" if soon else "ok", _("%(span)s left") % {"span": span(left)}, share, **said)


def initials(name):
    """Two letters for a round badge: "Amara Okafor" is AO."""
    parts = str(name).split()
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()
