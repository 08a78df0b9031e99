"""Opening hours as people write them: "Mon-Fri 09:00-17:00; Sat 10:00-12:00", or "always".

Times are local (Europe/London), as the clock on the wall shows them. A span may run past midnight:
"Fri 17:00-09:00" ends on Saturday.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext_lazy as _

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS = "always"
PART = re.compile(
    r"(?P<first>[a-z]{3})( ?[-–] ?(?P<last>[a-z]{3}))? (?P<opens>\d?\d:\d\d) ?[-–] ?(?P<closes>\d?\d:\d\d)",
    re.ASCII | re.IGNORECASE,
)
HOW = _("Write the hours like “Mon-Fri 09:00-17:00; Sat 10:00-12:00”, or “always”.")


@dataclass(frozen=True)
class Span:
    day: int  # Monday is 0
    opens: time
    closes: time

    def on(self, day):
        """From when to when, where it begins on this day."""
        ends = day + timedelta(days=1) if self.closes <= self.opens else day
        return _moment(day, self.opens), _moment(ends, self.closes)


def spans(text):
    """The text as spans. Raises ValidationError with a sentence that shows how to write it."""
    if text.strip().lower() == ALWAYS:
        return [Span(day, time(0), time(0)) for day in range(7)]
    return [span for part in filter(None, map(str.strip, text.split(";"))) for span in _part(part)]


def open_at(text, moment):
    """Whether hours written as `text` are open at this aware moment."""
    return any(opens <= moment < closes for opens, closes in opened(text, moment, moment))


def opened(text, since, until):
    """Each time hours written as `text` are open that begins at or before `until` and ends after `since`."""
    written = spans(text)
    # an opening that began yesterday may still run
    first, last = localtime(since).date() - timedelta(days=1), localtime(until).date()
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    found = [span.on(day) for day in days for span in written if day.weekday() == span.day]
    return sorted((opens, closes) for opens, closes in found if opens <= until and closes > since)


def opens_next(text, moment):
    """When hours written as `text` next begin after this moment, or None if they do not within a week."""
    coming = opened(text, moment, moment + timedelta(days=7))
    return next((opens for opens, _closes in coming if opens > moment), None)


def _moment(day, clock):
    # UTC, because Python compares two times of one zone by the wall clock, and an hour of October comes twice
    return datetime.combine(day, clock, get_current_timezone()).astimezone(UTC)


def _part(part):
    match = PART.fullmatch(part)
    try:
        first = DAYS.index(match["first"].lower())
        last = DAYS.index((match["last"] or match["first"]).lower())
        opens, closes = (_clock(match[name]) for name in ("opens", "closes"))
    except (TypeError, ValueError):
        raise ValidationError(HOW) from None
    days = range(first, last + 1) if first <= last else [*range(first, 7), *range(last + 1)]
    return [Span(day, opens, closes) for day in days]


def _clock(text):
    """A clock time; 24:00 is how people write the end of a day."""
    return time(0) if text == "24:00" else time.fromisoformat(text.zfill(5))


class HoursField(models.CharField):
    """Opening hours as text, checked for sense. Empty means: never open, or not known."""

    def __init__(self, *args, **options):
        super().__init__(*args, **{"max_length": 200, "blank": True, "validators": [spans]} | options)
