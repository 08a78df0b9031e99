"""The four levels and how long each thing may take at each (practice.md 2.3): figures to start from.

They are data. An organisation may set its own (models/numbers.py), within the bounds that stand here: `Numbers` is
what holds now.
"""

import re
from dataclasses import dataclass
from datetime import time, timedelta
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

SAME_DAY, SAME_WORKING_DAY = "same day", "same working day"
WRITTEN = re.compile(r"(?P<count>\d{1,3}) ?(?P<unit>min|h|wd|d)", re.ASCII)
AT_MOST = {"min": 240, "h": 72, "wd": 20, "d": 365}  # nothing about a child waits for longer than this
HOURS = {"min": 1 / 60, "h": 1, "wd": 8, "d": 24, SAME_DAY: 24, SAME_WORKING_DAY: 8}
HOW = _("Write a time like “30 min”, “2 h”, “1 wd” (working day), “7 d”, “same day” or “same working day”.")
TOO_LONG = _("That is too long for this. Give a shorter time.")
NEEDED = _("This needs a time.")
IN_ORDER = _("Write the reviews in order, the first one first.")
WITHIN = 2  # times the figure we start from: further than that it would be another rule


@dataclass(frozen=True)
class Length:
    """So many minutes, hours, days or working days; or until the end of a day."""

    count: int
    unit: str  # min, h, d, wd, or one of the two that end with a day

    def __str__(self):
        return self.unit if self.unit in (SAME_DAY, SAME_WORKING_DAY) else f"{self.count} {self.unit}"

    @property
    def words(self):
        """ "2 hours", "1 working day", "the same day"."""
        if self.unit == SAME_DAY:
            return _now("the same day")
        if self.unit == SAME_WORKING_DAY:
            return _now("the same working day")
        said = {
            "min": ngettext("%(count)d minute", "%(count)d minutes", self.count),
            "h": ngettext("%(count)d hour", "%(count)d hours", self.count),
            "d": ngettext("%(count)d day", "%(count)d days", self.count),
            "wd": ngettext("%(count)d working day", "%(count)d working days", self.count),
        }
        return said[self.unit] % {"count": self.count}

    @property
    def roughly(self):
        """By the clock on the wall, to compare lengths of different kinds."""
        return timedelta(hours=self.count * (24 if self.unit in ("wd", SAME_WORKING_DAY) else HOURS[self.unit]))

    @property
    def span(self):
        """As hours of whatever time it is counted in: a working day has eight."""
        return timedelta(hours=self.count * HOURS[self.unit])


def length(text):
    """ "2 h" as a Length; "" is none. Raises ValidationError with a sentence that shows how to write it."""
    text = " ".join(text.split()).lower()
    if not text:
        return None
    if text in (SAME_DAY, SAME_WORKING_DAY):
        return Length(1, text)
    if not (written := WRITTEN.fullmatch(text)) or not int(written["count"]):
        raise ValidationError(HOW)
    found = Length(int(written["count"]), written["unit"])
    if found.count > AT_MOST[found.unit]:
        raise ValidationError(TOO_LONG)
    return found


def lengths(text):
    """ "7 d, 28 d" as Lengths, in order."""
    return tuple(length(part) for part in text.split(",") if part.strip())


@dataclass(frozen=True)
class Level:
    """A row of the table. Without a length, nothing is owed by a time."""

    acknowledge: Length
    triage: Length
    contact: Length | None  # with somebody outside
    lado: Length | None  # the same where the concern is about one of us
    plan: Length
    reviews: tuple  # counted from the plan, or from triage where there is none
    tell: Length  # the reporter

    def contact_for(self, track):
        """With somebody outside: the LADO, where it is about one of us."""
        return self.lado if track == "worker" else self.contact

    @classmethod
    def of(cls, *, reviews, **texts):
        return cls(reviews=lengths(reviews), **{name: length(text) for name, text in texts.items()})


TABLE = {
    "critical": {
        "acknowledge": "30 min",
        "triage": "2 h",
        "contact": SAME_DAY,
        "lado": SAME_DAY,
        "plan": "24 h",
        "reviews": "24 h, 7 d, 28 d, 90 d, 180 d",
        "tell": "4 h",
    },
    "high": {
        "acknowledge": "2 h",
        "triage": "8 h",
        "contact": SAME_WORKING_DAY,
        "lado": "1 wd",
        "plan": "2 wd",
        "reviews": "7 d, 28 d, 90 d, 180 d",
        "tell": "1 wd",
    },
    "medium": {
        "acknowledge": "1 wd",
        "triage": "2 wd",
        "contact": "",
        "lado": "",
        "plan": "5 wd",
        "reviews": "28 d, 90 d",
        "tell": "3 wd",
    },
    "low": {
        "acknowledge": "2 wd",
        "triage": "5 wd",
        "contact": "",
        "lado": "",
        "plan": "10 wd",
        "reviews": "90 d",
        "tell": "5 wd",
    },
}
DEFAULTS = {name: Level.of(**row) for name, row in TABLE.items()}
ORDER = tuple(TABLE)  # most serious first


def is_more_serious(one, other):
    return ORDER.index(one) < ORDER.index(other)


# what an organisation may set itself

CLOCKS = tuple(TABLE["high"])
OF_THE_WHOLE = {
    "quiet": "28 d",
    "second_look": "3 wd",
    "opens": "9 h",
}  # `opens`: the hour at which a working day begins
MOST_OF_THE_WHOLE = {"quiet": ("d", 7, 90), "second_look": ("wd", 1, 10), "opens": ("h", 6, 11)}


def longest(level, clock):
    """How long it may be at most: twice what we start from. Contact that we do not ask for: as long as a plan."""
    if clock == "reviews":
        return timedelta(days=AT_MOST["d"])
    start = getattr(DEFAULTS[level], clock) or DEFAULTS[level].plan
    return WITHIN * start.roughly


def most(level, clock):
    """{unit: how many of it at most}: the same bound for the form and for the database."""
    whole = longest(level, clock)
    found = {unit: min(count, whole // Length(1, unit).roughly) for unit, count in AT_MOST.items()}
    found |= {
        unit: 1 for unit in (SAME_DAY, SAME_WORKING_DAY) if clock != "reviews" and Length(1, unit).roughly <= whole
    }
    return {unit: count for unit, count in found.items() if count}


def checked(level, clock, text):
    """The lengths in a text, within bounds; or a sentence that says what would be."""
    found = lengths(text) if clock == "reviews" else tuple(filter(None, [length(text)]))
    if not found and (clock == "reviews" or getattr(DEFAULTS[level], clock)):
        raise ValidationError(NEEDED)
    bounds = most(level, clock)
    if any(one.count > bounds.get(one.unit, 0) for one in found):
        start = getattr(DEFAULTS[level], clock)
        if clock == "reviews" or not start:
            raise ValidationError(TOO_LONG)
        raise ValidationError(
            _now("That is too long. We start from %(start)s, and it may be twice that.") % {"start": start.words}
        )
    if [one.roughly for one in found] != sorted(one.roughly for one in found):
        raise ValidationError(IN_ORDER)
    return found


@dataclass(frozen=True)
class Numbers:
    """What holds in this organisation: its own numbers, and for the rest those we start from."""

    levels: dict
    quiet: int  # days after the last review
    second_look: Length
    opens: time

    @classmethod
    def of(cls, own):
        """From {(level, clock): text}; the level of a number for the whole is ""."""
        levels = {
            level: Level.of(**{clock: own.get((level, clock), text) for clock, text in row.items()})
            for level, row in TABLE.items()
        }
        whole = {clock: length(own.get(("", clock), text)) for clock, text in OF_THE_WHOLE.items()}
        return cls(levels, whole["quiet"].count, whole["second_look"], time(whole["opens"].count))


def slower(levels):
    """(level, clock) of what a more serious level may take longer for than the one below it."""
    for serious, below in pairwise(ORDER):
        for clock in ("acknowledge", "triage", "plan", "tell"):
            if getattr(levels[serious], clock).roughly > getattr(levels[below], clock).roughly:
                yield serious, below, clock
        if levels[serious].reviews[0].roughly > levels[below].reviews[0].roughly:
            yield serious, below, "reviews"
