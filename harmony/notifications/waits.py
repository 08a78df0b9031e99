"""Every wait of every room, and the one sweep that climbs them all.

    waits.register(
        Wait(LOOK_LATE, SecondLook.objects.waiting, by="due_at", counted=waits.each(between_asked_and_due)),
    )

A room says what waits, as a queryset, and who hears of it, as a ladder or a reminder. The rest is the same for all:
which waits have anything at all, rows in pieces, who is there at this moment, what was told before, a transaction for
each record. It may run any number of times, by several at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import compress

from django.utils.timezone import now

from . import probe
from .sweeps import Here, Sweep, pieces


def each(how):
    """Where how a ladder counts is said by the record alone."""
    return lambda records, here: how


MOMENTS_OF_ITS_OWN = each(lambda record: {})  # a reminder has to be told nothing


@dataclass(frozen=True)
class Wait:
    ladder: object  # a Ladder, or a Reminder
    # (at) -> what waits at that moment; may hold more, for the ladder looks again. `at` may be a stand-in: probe.Moment
    rows: Callable
    by: str  # the column of theirs in whose order they are read
    # (records, here) -> (record) -> what `climb` is told of it: when it began and was due, for a Ladder
    counted: Callable = MOMENTS_OF_ITS_OWN


_waits = {}  # by the clock of their ladder: nothing climbs twice, however often a room says so


def register(*waits):
    """Climbed in this order, each time."""
    _waits.update({wait.ladder.clock: wait for wait in waits})


def every():
    return tuple(_waits.values())


def climb(at=None, waits=None):
    """Tell whoever should have heard by now, of all that waits. SweepFailed at the end, if any of it could not be done."""
    here, waits = Here(at or now()), every() if waits is None else waits
    with Sweep("climb") as sweep:
        for wait in compress(waits, probe.holds_any([wait.rows for wait in waits], here.at)):
            with sweep.one(wait.ladder.clock):
                _climb(wait, here, sweep)


def _climb(wait, here, sweep):
    for records in pieces(wait.rows(here.at), wait.by):
        told, counted = wait.ladder.told(records), wait.counted(records, here)
        for record in records:
            with sweep.one(record.pk):
                wait.ladder.climb(record, here=here, told=told[record.pk], **counted(record))
