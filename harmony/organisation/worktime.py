"""Working time: Monday to Friday, eight hours from 9:00 (or as the organisation says), less bank holidays and closures.

    work = working_time()
    work.add(filed_at, 2 * A_DAY)      # two working days later, by the minute

Pure, but for `working_time()`, which reads the closures. Moments go in with any zone and come out in UTC:
Python compares two times of one zone by the wall clock, and an hour of October comes twice.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
OPENS = time(9)
A_DAY = timedelta(hours=8)
LAST_HOUR = timedelta(hours=1)
LOOK_AHEAD = 400  # days: whoever is shut for longer than a year has no working day that could be promised


@cache
def bank_holidays():
    """England's, computed here: no network is asked. It fills in each year as it is asked about."""
    return holidays.country_holidays("GB", subdiv="ENG")


def moment(day, clock):
    """A clock time on a day in London, in UTC. A time that the spring change skips is the end of what it skips."""
    told = datetime.combine(day, clock, LONDON)
    if told.astimezone(UTC).astimezone(LONDON).time() != clock:
        told = told.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return told.astimezone(UTC)


def spend(spans, start, length):
    """When so much time inside these spans has gone by from `start` on; None where they hold too little.

    What is used up as a span ends is over then, not as the next one begins.
    """
    for begins, ends in spans:
        begins = max(begins, start)
        if begins > ends:
            continue
        if length <= ends - begins:
            return begins + length
        length -= ends - begins
    return None


@dataclass(frozen=True)
class WorkingTime:
    closures: tuple = ()  # (first day, last day), both included
    opens: time = OPENS  # on the hour, so that a working day ends on the same day

    @property
    def closes(self):
        return self.opens.replace(hour=self.opens.hour + A_DAY // timedelta(hours=1))

    def works_on(self, day):
        is_closed = any(first <= day <= last for first, last in self.closures)
        return day.weekday() < 5 and not is_closed and day not in bank_holidays()

    def spans(self, start):
        """From when to when we work, beginning with the hours that `start` lies in or before."""
        first = start.astimezone(LONDON).date()
        for day in (first + timedelta(days=number) for number in range(LOOK_AHEAD)):
            if self.works_on(day) and (closes := moment(day, self.closes)) > start:
                yield moment(day, self.opens), closes

    def add(self, start, length):
        """When so much working time has gone by. A time that ends with the day is due as it closes."""
        return spend(self.spans(start), start.astimezone(UTC), length)

    def end_of_day(self, start):
        """As the same working day closes; the next one, outside working hours and in their last hour."""
        return next((closes for _opens, closes in self.spans(start) if start < closes - LAST_HOUR), None)

    def between(self, since, until):
        """How much working time lies between two moments."""
        total = timedelta(0)
        for opens, closes in self.spans(since):
            if opens >= until:
                break
            total += min(closes, until) - max(opens, since)
        return total


def working_time(opens=OPENS):
    """With the closures that stand now. One query."""
    from .models import Closure

    return WorkingTime(tuple(Closure.objects.values_list("starts_on", "ends_on")), opens)
