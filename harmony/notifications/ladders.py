"""Ladders and reminders: who hears, and when, while something waits and nobody answers.

    UNREAD = Ladder(
        "case", "acknowledge", "case_late",
        Rung(after=0.0, tell=deputies),      # shares of the clock, counted from the breach;
        Rung(after=0.5, tell=lead),          # whoever is on call heard when the clock began: that is rung 0
        Rung(after=1.0, tell=chair),
    )
    UNREAD.climb(case, started=case.filed_at, due=case.acknowledge_due, at=now())

The sweep asks a room's queryset what is late and climbs (waits.py); it may do so as often as it likes. Nobody hears twice on a
ladder, nobody who is away hears at all, and a rung with nobody on it is passed at once (decision 0082). A clock that
begins again after it was met is another round, with rungs of its own. `Notice.stop()` ends it.
"""

from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.db.models import Exists, IntegerField, OuterRef
from django.utils.timezone import localtime, now

from harmony.audit.events import event
from harmony.audit.transitions import StateMoved
from harmony.people.models import User

from . import probe
from .access import WORKER
from .models import Notice
from .sweeps import Here
from .telling import tell

THE_LAST_WAIT = 0.5  # of the clock, after the last rung: then nobody is left to answer
A_ROUND = 10  # rungs further up
A_MONDAY, A_WEEK = datetime(2026, 1, 5, 8), timedelta(weeks=1)  # by the clock on the wall


@dataclass(frozen=True)
class Rung:
    after: float  # a share of the clock, counted from the breach
    tell: Callable  # (record, here) -> people, best first, without those kept out of it
    only_first: bool = False  # the first who is there, instead of all
    opens: Callable | None = None  # (record, at): lets them see it, where their post alone does not


@dataclass(frozen=True)
class Beside:
    """Somebody who hears that nobody is left, of a record of their own."""

    kind: str
    record: object
    people: list


class Told:
    """Who has heard of one clock of one record, in the round that runs."""

    def __init__(self, rows, due):
        over = [rung // A_ROUND for rung, _who, _stopped, created in rows if rung % A_ROUND and created < due]
        self.base = A_ROUND * (max(over) + 1) if over else 0
        ours = [(rung - self.base, who, stopped) for rung, who, stopped, _created in rows if rung >= self.base]
        self.is_answered = any(stopped for _rung, _who, stopped in ours)
        self.by_rung = defaultdict(set)
        for rung, who, _stopped in ours:
            self.by_rung[rung].add(who)

    def climbing(self):
        """Who has heard since it was late."""
        return set().union(*(people for rung, people in self.by_rung.items() if rung))

    def ever(self):
        return set().union(*self.by_rung.values())


class Ladder:
    """What happens after a breach.

    `beside(record)` names who else hears when nobody is left; without it nobody does. `urgent` is a fact, or asked of
    the record. `runs(record)` says whether the clock still runs, asked again before anybody is told. `unpromised` is
    the sentence of the first rungs where no time was promised: there it has not waited too long, it waits for somebody.
    `meanwhile(record, here, told)` tells those who come to it before it is late; `told` are the ids of who has heard.
    """

    def __init__(
        self, kind, clock, sentence, *rungs, urgent=True, beside=None, runs=None, unpromised="", meanwhile=None
    ):
        self.kind, self.clock, self.sentence, self.rungs = kind, clock, sentence, rungs
        self.urgent, self.beside, self.runs, self.meanwhile = urgent, beside, runs, meanwhile
        self.unpromised = unpromised or sentence

    def told(self, records):
        """{record: rows of who heard}, for all of them in one query."""
        return _told(records, self.clock)

    def climb(self, record, *, started, due, at=None, when=None, here=None, told=None, promised=True, heard=()):
        """Tell whoever should have heard by now. The new notices.

        `when(share)` is the moment that lies such a share of the clock after the breach, for clocks that
        count working time or cover; unless told, a share of the time between start and due. `here` and `told`
        are what a sweep has read for a whole piece. `heard`: who knows of it without having been told.
        """
        here = here or Here(at or now())
        rows = self.told([record])[record.pk] if told is None else told
        if here.at < due:
            return self.meanwhile(record, here, {who for _rung, who, *_more in rows}) if self.meanwhile else []
        told = Told(rows, due)
        if told.is_answered:
            return []
        when = when or (lambda share: due + (due - started) * share)
        # where nothing was promised, who heard when it began has heard: the ladder only goes on up
        known = told.climbing().union(heard, () if promised else told.by_rung[0])
        return self._climb(record, told, known, here, when, promised)

    def _climb(self, record, told, known, here, when, promised):
        new, passed_at = [], None
        for number, rung in enumerate(self.rungs, start=1):
            moment = passed_at or when(rung.after)
            if moment > here.at:
                return new
            there = here.present(rung.tell(record, here))
            if fresh := self._fresh(rung, there, known, told.by_rung[number]):
                sentence = self.sentence if promised or rung.after else self.unpromised
                said = self._tell(record, fresh, told.base + number, sentence, here.at, opens=rung.opens)
                if said is None:
                    return new
                new += said
                told.by_rung[number] = self._heard(record, told.base + number)
                known |= told.by_rung[number]
            # somebody who is there and has heard, here or lower down, holds it: the next one comes at its own share
            passed_at = None if any(person.pk in known for person in there) else moment
        if self.beside and (passed_at or when(self.rungs[-1].after + THE_LAST_WAIT)) <= here.at:
            new += self._nobody_is_left(record, told, here)
        return new

    def _fresh(self, rung, there, known, told):
        """Who on this rung hears now: they are there, and have heard on no other."""
        fresh = [person for person in there if person.pk not in known]
        if not rung.only_first:
            return fresh
        return [] if any(person.pk in told for person in there) else fresh[:1]

    def _heard(self, record, number):
        """Asked again: another beat may have told them."""
        return set(Notice.objects.of(record, self.clock).filter(rung=number).values_list("recipient", flat=True))

    def _tell(self, record, people, number, sentence, at, opens=None):
        said = {"clock": self.clock, "sentence": sentence, "rung": number, "urgent": self._is_urgent(record)}
        return _in_an_event(record, at, self.kind, record, people, opens=opens, runs=self.runs, **said)

    def _is_urgent(self, record):
        return self.urgent(record) if callable(self.urgent) else self.urgent

    def _nobody_is_left(self, record, told, here):
        """Everyone told so far who is there, and those beside: they are shown whom to ring outside."""
        number = told.base + len(self.rungs) + 1
        said = {"clock": self.clock, "sentence": "nobody", "rung": number, "urgent": self._is_urgent(record)}
        everyone = here.present(User.objects.active().filter(pk__in=told.ever()))
        new = []
        for group in (Beside(self.kind, record, everyone), *self.beside(record)):
            heard = set(
                Notice.objects.of(group.record, self.clock).filter(rung=number).values_list("recipient", flat=True)
            )
            if missing := [person for person in group.people if person.pk not in heard]:
                told_now = _in_an_event(
                    record, here.at, group.kind, group.record, missing, runs=self.runs, within=record, **said
                )
                new += told_now or []
        return new


class Reminder:
    """The same people again and again, each time at a moment of its own: `times(record)` lists them in order.

    `sentence` is one of sentences.py, or says which for (record, number).
    """

    def __init__(self, kind, clock, sentence, times, people):
        self.kind, self.clock, self.sentence, self.times, self.people = kind, clock, sentence, times, people

    def told(self, records):
        """{record: rows of who heard}, for all of them in one query."""
        return _told(records, self.clock)

    def climb(self, record, *, at=None, here=None, told=None):
        """Of the moments gone by only the last: whoever was not reminded in time is not reminded twice. The new notices."""
        here = here or Here(at or now())
        passed = self.passed(record, here.at)
        rows = self.told([record])[record.pk] if told is None else told
        if not passed or any(rung >= passed or stopped for rung, _who, stopped, _created in rows):
            return []
        sentence = self.sentence(record, passed) if callable(self.sentence) else self.sentence
        said = {"clock": self.clock, "sentence": sentence, "rung": passed}
        return _in_an_event(record, here.at, self.kind, record, self.people(record, here), **said) or []

    def passed(self, record, at):
        """How many of its moments have gone by."""
        return sum(moment <= at for moment in self.times(record))


class Weekly(Reminder):
    """Each Monday at eight, local time, without end. Whoever is away hears when they are back, in the same week."""

    def __init__(self, kind, clock, sentence, people):
        super().__init__(kind, clock, sentence, None, people)

    def passed(self, record, at):
        """Once a week, however often it is asked."""
        return self.number(at)

    def untold(self, people, at):
        """Those of them who have not heard in this week."""
        this_one = probe.worked_out(self.number, at, IntegerField())
        return people.exclude(Exists(Notice.objects.filter(about=OuterRef("pk"), clock=self.clock, rung__gte=this_one)))

    @staticmethod
    def number(at):
        return _week(at)


class Quarterly(Weekly):
    """The same with each quarter of the year, from eight on its first morning."""

    @staticmethod
    def number(at):
        """How many there were since the first of 2026, this one too."""
        local = localtime(at - timedelta(hours=8))
        return max(0, (local.year - 2026) * 4 + (local.month - 1) // 3 + 1)


def _week(at):
    """How many there were since the first Monday of 2026, this one too."""
    return ((localtime(at).replace(tzinfo=None) - A_MONDAY) // A_WEEK) + 1


def _told(records, clock):
    found = {record.pk: [] for record in records}
    rows = Notice.objects.filter(about__in=list(found), clock=clock).order_by()
    for about, *row in rows.values_list("about", "rung", "recipient", "stopped_at", "created_at"):
        found[about].append(row)
    return found


def _in_an_event(record, at, kind, about, people, *, opens=None, runs=None, **notice):
    """The new notices; None where somebody has answered meanwhile, or another beat has just told them."""
    with suppress(IntegrityError, StateMoved), event("tell", by=WORKER, about=record, at=at):
        if runs and not runs(record):
            return None
        if opens:
            opens(record, at)
        return tell(kind, about, people, at=at, **notice)
    return None
