"""Who should have been told what, and when: said here once more, from practice.md 2.3, without asking the product.

Amara is the DSO and on call for days, Tom is deputy, Ruth the senior lead, Gwen the chair; Sam files everything.
One expectation is (who, which clock, which rung); a report has one moment for each, from which on it is owed.

Other clocks run on a case too (contact outside, telling its reporter). Their times hang on the hour of the day, so they are
no part of this; that nobody hears of them twice is counted all the same.
"""

from dataclasses import dataclass
from datetime import timedelta

AMARA, TOM, RUTH, GWEN, SAM = "Amara Okafor", "Tom Ellery", "Ruth Hale", "Gwen Price", "Sam"
CAST = {AMARA: "dso", TOM: "deputy", RUTH: "lead", GWEN: "chair", SAM: ""}
# how long until it must be read, and weighed: in danger, and else
READ = {True: timedelta(minutes=30), False: timedelta(hours=2)}
WEIGH = {True: timedelta(hours=2), False: timedelta(hours=8)}
CLOCKS = ("acknowledge", "triage", "news")
ALL_OF_IT = 1.5  # after so much of the time again, nobody is left
GRACE = timedelta(seconds=150)  # a sweep a minute, a clock a minute ahead, and time to do it


@dataclass
class Filed:
    """A report as whoever filed it knows of it. Between two moments, because an answer may have been lost."""

    key: str
    reference: str
    danger: bool
    about_dso: bool
    since: object  # filed not before
    until: object  # and not after
    read_since: object = None  # acknowledged not before
    read_until: object = None


@dataclass
class Ahead:
    """A time in which the worker's clock was ahead."""

    since: object
    until: object
    by: timedelta


def rungs(report, filed):
    """[(who, clock, rung, moment)] where nobody ever answers."""
    if report.about_dso:
        return _about_the_dso(READ[report.danger], filed)
    found = [(AMARA, "acknowledge", 0, filed)]
    for clock, length in (("acknowledge", READ[report.danger]), ("triage", WEIGH[report.danger])):
        due = filed + length
        found += [(AMARA, clock, 1, due), (TOM, clock, 2, due)]
        found += [(RUTH, clock, 3, due + length / 2), (GWEN, clock, 4, due + length)]
        found += [(who, clock, 5, due + length * ALL_OF_IT) for who in (AMARA, TOM, RUTH, GWEN, SAM)]
    return found


def _about_the_dso(length, filed):
    """Nobody on call may read it, so no time is promised: its line is the lead, who hears once, and the clock has begun."""
    found = [(RUTH, "acknowledge", 0, filed), (GWEN, "acknowledge", 4, filed + length / 2)]
    return found + [(who, "acknowledge", 5, filed + length * ALL_OF_IT) for who in (RUTH, GWEN, SAM)]


def due(report, at):
    """What must have been told by `at`: {(key, who, clock, rung)}."""
    stopped = report.read_since or at
    first = {(report.key, who, clock, rung) for who, clock, rung, _when in rungs(report, report.until) if rung == 0}
    late = {
        (report.key, who, clock, rung)
        for who, clock, rung, moment in rungs(report, report.until)
        if moment + GRACE <= min(stopped, at)
    }
    return first | late | _news(report)


def allowed(report, at, ahead=()):
    """What may have been told by `at`, and nothing else: a worker whose clock was ahead told some of it sooner."""
    stopped = report.read_until or at
    seen = [stopped] + [min(stopped, one.until) + one.by for one in ahead if one.since <= stopped]
    return {
        (report.key, who, clock, rung)
        for who, clock, rung, moment in rungs(report, report.since)
        if rung == 0 or moment <= max(seen) + GRACE
    } | _news(report)


def _news(report):
    """Its reporter hears that it was read."""
    return {(report.key, SAM, "news", 1)} if report.read_until else set()
