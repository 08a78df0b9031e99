"""Ladders and reminders: who hears, and when, while something waits and nobody answers.

    UNREAD = Ladder(
        "case", "acknowledge", "case_late",
        Rung(after=0.0, tell=deputies),      # shares of the clock, counted from the breach;
        Rung(after=0.5, tell=lead),          # whoever is on call heard when the clock began: that is rung 0
        Rung(after=1.0, tell=chair),
    )
    UNREAD.climb(case, started=case.filed_at, due=case.acknowledge_due, at=now())

A room's sweep asks a queryset what is late and climbs; it may do so as often as it likes. Nobody hears twice at a
rung, nobody who is away hears at all, and a rung with nobody on it is passed at once. `Notice.stop()` ends it.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.db import IntegrityError
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.audit.transitions import StateMoved
from harmony.people import rota
from harmony.people.models import User

from .access import WORKER
from .models import Notice
from .telling import tell

THE_LAST_WAIT = 0.5  # of the clock, after the last rung: then nobody is left to answer


@dataclass(frozen=True)
class Rung:
    after: float  # a share of the clock, counted from the breach
    tell: Callable  # (record, at) -> people, best first, without those kept out of it
    only_first: bool = False  # the first who is there, instead of all
    opens: Callable | None = None  # (record, at): lets them see it, where their post alone does not


@dataclass(frozen=True)
class Beside:
    """Somebody who hears that nobody is left, of a record of their own."""

    kind: str
    record: object
    people: list


class Ladder:
    """What happens after a breach. `beside(record)` names who else hears when nobody is left; without it nobody does."""

    def __init__(self, kind, clock, sentence, *rungs, urgent=True, beside=None):
        self.kind, self.clock, self.sentence, self.rungs = kind, clock, sentence, rungs
        self.urgent, self.beside = urgent, beside

    def climb(self, record, *, started, due, at=None, when=None):
        """Tell whoever should have heard by now. The new notices.

        `when(share)` is the moment that lies such a share of the clock after the breach, for clocks that
        count working time or cover; unless told, a share of the time between start and due.
        """
        at, told = at or now(), self._told(record)
        if at < due or told is None:
            return []
        when = when or (lambda share: due + (due - started) * share)
        new, heard, passed_at = [], set(), None
        for number, rung in enumerate(self.rungs, start=1):
            moment = passed_at or when(rung.after)
            if moment > at:
                return new
            people = self._there(rung, record, heard, at)
            new += self._tell(record, number, people, at, told, opens=rung.opens)
            heard |= told.get(number, set())
            passed_at = None if any(person.pk in heard for person in people) else moment
        if self.beside and (passed_at or when(self.rungs[-1].after + THE_LAST_WAIT)) <= at:
            new += self._nobody_is_left(record, at, told)
        return new

    def _told(self, record):
        """{rung: who was told there}; None once somebody has answered."""
        told = {}
        for rung, recipient, stopped in Notice.objects.of(record, self.clock).values_list(
            "rung", "recipient", "stopped_at"
        ):
            if stopped:
                return None
            told.setdefault(rung, set()).add(recipient)
        return told

    def _there(self, rung, record, heard, at):
        """Who is on this rung: neither away, nor on a lower one, where they have heard already."""
        people = rota.present([person for person in rung.tell(record, at) if person.pk not in heard], at)
        return people[:1] if rung.only_first else people

    def _tell(self, record, number, people, at, told, opens=None):
        fresh = [person for person in people if person.pk not in told.get(number, ())]
        if not fresh:
            return []
        new = _in_an_event(
            record,
            at,
            opens,
            self.kind,
            record,
            fresh,
            clock=self.clock,
            sentence=self.sentence,
            rung=number,
            urgent=self.urgent,
        )
        told.setdefault(number, set()).update(notice.recipient_id for notice in new)
        return new

    def _nobody_is_left(self, record, at, told):
        """Everyone told so far, and those beside: they are shown whom to ring outside."""
        number = len(self.rungs) + 1
        everyone = list(User.objects.active().filter(pk__in=set().union(*told.values())))
        new = []
        for group in (Beside(self.kind, record, everyone), *self.beside(record)):
            heard = Notice.objects.of(group.record, self.clock).filter(rung=number)
            missing = {person.pk for person in group.people} - set(heard.values_list("recipient", flat=True))
            if missing:
                people = [person for person in group.people if person.pk in missing]
                new += _in_an_event(
                    record,
                    at,
                    None,
                    group.kind,
                    group.record,
                    people,
                    clock=self.clock,
                    sentence="nobody",
                    rung=number,
                    urgent=True,
                    within=record,
                )
        return new


class Reminder:
    """The same people again and again, each time at a moment of its own: `times(record)` lists them in order."""

    def __init__(self, kind, clock, sentence, times, people):
        self.kind, self.clock, self.sentence, self.times, self.people = kind, clock, sentence, times, people

    def remind(self, record, *, at=None):
        """Of the moments gone by only the last: whoever was not reminded in time is not reminded twice. The new notices."""
        at = at or now()
        passed = sum(moment <= at for moment in self.times(record))
        told = Notice.objects.of(record, self.clock)
        if not passed or told.filter(rung__gte=passed).exists() or told.exclude(stopped_at=None).exists():
            return []
        return _in_an_event(
            record,
            at,
            None,
            self.kind,
            record,
            self.people(record),
            clock=self.clock,
            sentence=self.sentence,
            rung=passed,
        )


def _in_an_event(record, at, opens, kind, about, people, **notice):
    """Or nothing, where another beat has just told them (the database keeps that each hears once), or somebody answered."""
    new = []
    with suppress(IntegrityError, StateMoved), event("tell", by=WORKER, about=record, at=at):
        if opens:
            opens(record, at)
        new = tell(kind, about, people, at=at, **notice)
    return new
