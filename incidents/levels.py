"""The four levels and how long each thing may take at each (practice.md 2.3): figures to start from.

They are data. An organisation may set its own (`LevelTimes`), within the bounds that stand here.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SAME_DAY, SAME_WORKING_DAY = "same day", "same working day"
WRITTEN = re.compile(r"(?P<count>\d{1,3}) ?(?P<unit>min|h|wd|d)", re.ASCII)
AT_MOST = {"min": 240, "h": 72, "wd": 20, "d": 365}  # nothing about a child waits for longer than this
HOURS = {"min": 1 / 60, "h": 1, "wd": 8, "d": 24, SAME_DAY: 24, SAME_WORKING_DAY: 8}
HOW = _("Write a time like “30 min”, “2 h”, “1 wd” (working day), “7 d”, “same day” or “same working day”.")
TOO_LONG = _("That is too long for this. Give a shorter time.")


@dataclass(frozen=True)
class Length:
    """So many minutes, hours, days or working days; or until the end of a day."""

    count: int
    unit: str  # min, h, d, wd, or one of the two that end with a day

    def __str__(self):
        return self.unit if self.unit in (SAME_DAY, SAME_WORKING_DAY) else f"{self.count} {self.unit}"

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
