"""Who needs which course on a day, and who is covered: the one place where it is worked out (S23, S27). Pure.

    coverage = Coverage(facts, on)
    coverage.cell(person, course)   # Cell(Stand.LAPSED, day=1 March, gap=True)

Somebody needs a course from the day they became one of those who need it, without a break up to now, and has so many
days to do it. What they have done counts from its day to its last day, once a second person has checked it. Days are
whole days, and a last day is still covered: the day after it is not.
"""

from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from harmony.organisation.days import months_on

from .given import Whom

A_DAY = timedelta(days=1)
FOR_GOOD = date.max


class Stand(models.TextChoices):
    """Where somebody stands with a course. The first four are gaps once their day has gone by."""

    LAPSED = "lapsed", _("Run out")
    NOT_DONE = "not_done", _("Not done")
    UNCHECKED = "unchecked", _("To be checked")
    DUE = "due", _("To do")
    SOON = "soon", _("Ends soon")
    EXCUSED = "excused", _("Excused")
    VALID = "valid", _("Valid")
    NOT_NEEDED = "not_needed", _("Not needed")


COVERED = frozenset({Stand.SOON, Stand.EXCUSED, Stand.VALID})


class Cell(NamedTuple):
    """Somebody and a course on a day. `day`: the last day it holds or held, or the last day to do it."""

    stand: Stand
    day: date | None = None
    gap: bool = False

    @property
    def covered(self):
        return self.stand in COVERED

    @property
    def needed(self):
        return self.stand != Stand.NOT_NEEDED


NOT_NEEDED = Cell(Stand.NOT_NEEDED)


class OnTopic(NamedTuple):
    """Of one topic, people in order: `to_come` have days left to do it."""

    covered: list
    missing: list
    to_come: list
    excused: list

    @property
    def all(self):
        return len(self.covered) + len(self.missing) + len(self.to_come) + len(self.excused)


def stands(span, on):
    return span.starts_on <= on and (span.ends_on is None or on < span.ends_on)


def begun(spans, on):
    """The first day of the unbroken run of these spans that holds on this day; None where none does."""
    since = None
    for starts_on, ends_on in sorted(spans, key=lambda span: span[0], reverse=True):
        if starts_on <= on and (ends_on is None or ends_on > on) or (since and starts_on < since and ends_on >= since):
            since = min(since or starts_on, starts_on)
    return since


def last_day(taught, done_on, later):
    """Until when a version that was done on a day holds; `later` are the versions after it."""
    last = months_on(done_on, taught.months) if taught.months else FOR_GOOD
    again = [one.starts_on + timedelta(days=one.again_days) for one in later if one.again_days is not None]
    return min([last, *again])


class Coverage:
    """Everybody and every course on one day."""

    def __init__(self, facts, on):
        self.on, self._facts, self._cells = on, facts, {}
        self._rules = defaultdict(list)
        for rule in facts.rules:
            if stands(rule, on):
                self._rules[rule.course].append(rule)

    @cached_property
    def people(self):
        """The keys of those who work here on this day."""
        return [user for user, since in self._since.items() if (Whom.EVERYBODY, "") in since]

    def with_group(self, group):
        """Those of them who work with this group then."""
        return [user for user in self.people if (Whom.GROUP, group) in self._since[user]]

    @property
    def courses(self):
        """The keys of the courses that somebody may need on this day."""
        return list(self._rules)

    def cell(self, user, course):
        if (user, course) not in self._cells:
            self._cells[user, course] = self._worked_out(user, course)
        return self._cells[user, course]

    def _worked_out(self, user, course):
        if (due := min(self._needed(user, course), default=None)) is None:
            return NOT_NEEDED
        own = self._done.get((user, course), ())
        if good := [one for one in own if one.checked and one.on <= self.on <= one.last]:
            best = max(good, key=lambda one: one.last)
            soon = best.last != FOR_GOOD and best.last - timedelta(days=best.renewal_days) <= self.on
            return Cell(Stand.SOON if soon else Stand.VALID, None if best.last == FOR_GOOD else best.last)
        if excused := [one.ends_on for one in self._excused.get((user, course), ()) if stands(one, self.on)]:
            return Cell(Stand.EXCUSED, max(excused) - A_DAY)
        gap = self.on > due
        if waiting := [one for one in own if not one.checked and one.on <= self.on <= one.last]:
            return Cell(Stand.UNCHECKED, max(one.on for one in waiting), gap)
        if not gap:
            return Cell(Stand.DUE, due)
        ran_out = [one.last for one in own if one.checked and one.last < self.on]
        return Cell(Stand.LAPSED, max(ran_out), True) if ran_out else Cell(Stand.NOT_DONE, due, True)

    def due_on(self, user, course):
        """The last day they are covered, or on which they can do it in time; None where it holds for good, or is not needed."""
        due, cell = min(self._needed(user, course), default=None), self.cell(user, course)
        if due is None or (cell.covered and cell.day is None):
            return None
        if cell.covered:
            return max(cell.day, due)
        ran_out = [one.last for one in self._done.get((user, course), ()) if one.checked and one.last < self.on]
        return max([due, *ran_out])

    def since(self, user, whom, which):
        """Since when, without a break, somebody is one of these; None where they are not."""
        return self._since.get(user, {}).get((whom, which))

    def is_for_role(self, user, course):
        """Whether a role that they hold asks for it, so that without it they agree to nothing alone."""
        since = self._since.get(user, {})
        return any(rule.for_role and (rule.whom, rule.which) in since for rule in self._rules.get(course, ()))

    def comes_first(self, user, course):
        """Whether it is part of an induction: asked before they begin, or of the first days alone."""
        since = self._since.get(user, {})
        asked = [rule for rule in self._rules.get(course, ()) if (rule.whom, rule.which) in since]
        return any(rule.for_days is not None or rule.within_days == 0 for rule in asked)

    def row(self, user):
        """{course: Cell}, of the courses that somebody may need on this day."""
        return {course: self.cell(user, course) for course in self._rules}

    def topic(self, topic, people=None):
        """Who has done something that holds and teaches it, and who has not, of these people (everybody who works here)."""
        found = OnTopic([], [], [], [])
        teaching = [course for course in self._rules if topic in self._taught_now[course].topics]
        for user in self.people if people is None else people:
            stand = {self.cell(user, course).stand for course in teaching}
            if user in self._knowing[topic]:
                found.covered.append(user)
            elif Stand.EXCUSED in stand:
                found.excused.append(user)
            elif Stand.DUE in stand and not stand & {Stand.LAPSED, Stand.NOT_DONE}:
                found.to_come.append(user)
            else:
                found.missing.append(user)
        return found

    def _needed(self, user, course):
        """The last days to do it in, one for each rule that asks it of them."""
        since = self._since.get(user, {})
        for rule in self._rules.get(course, ()):
            if (begins := since.get((rule.whom, rule.which))) is None:
                continue
            begins = max(begins, rule.starts_on)
            if rule.for_days is None or self.on < begins + timedelta(days=rule.for_days):
                yield begins + timedelta(days=rule.within_days)

    @cached_property
    def _since(self):
        """{person: {(whom, which): since when they are, on this day}}"""
        spans = defaultdict(lambda: defaultdict(list))
        for user, whom, which, starts_on, ends_on in self._facts.held:
            span = starts_on, ends_on
            spans[user][whom, which].append(span)
            if whom == Whom.GROUP:
                spans[user][Whom.CONTACT, ""].append(span)
            else:
                spans[user][Whom.EVERYBODY, ""].append(span)
        found = {}
        for user, mine in spans.items():
            found[user] = {key: since for key, some in mine.items() if (since := begun(some, self.on)) is not None}
        return found

    @cached_property
    def _versions(self):
        """{course: its versions in order}"""
        found = defaultdict(list)
        for taught in sorted(self._facts.taught, key=lambda one: one.number):
            found[taught.course].append(taught)
        return found

    @cached_property
    def _taught_now(self):
        return {
            course: next((one for one in reversed(versions) if one.starts_on <= self.on), versions[0])
            for course, versions in self._versions.items()
        }

    @cached_property
    def _kept(self):
        """(what was done, its version, its last day)"""
        by_key = {taught.key: taught for taught in self._facts.taught}
        later = {
            key: [one for one in self._versions[taught.course] if one.number > taught.number]
            for key, taught in by_key.items()
        }
        kept, ends = [], {}  # many did the same on the same day
        for done in self._facts.done:
            taught, same = by_key[done.version], (done.version, done.on)
            if same not in ends:
                ends[same] = last_day(taught, done.on, later[done.version])
            kept.append((done, taught, ends[same]))
        return kept

    @cached_property
    def _done(self):
        """{(person, course): what counts for it}, their own and what counts instead on this day."""
        instead = defaultdict(list)
        for counts in self._facts.counts:
            if stands(counts, self.on):
                instead[counts.course].append(counts.instead_of)
        found = defaultdict(list)
        for done, taught, last in self._kept:
            one = _Kept(done.on, last, taught.renewal_days, done.checked)
            for course in (taught.course, *instead[taught.course]):
                found[done.user, course].append(one)
        return found

    @cached_property
    def _excused(self):
        found = defaultdict(list)
        for one in self._facts.excused:
            found[one.user, one.course].append(one)
        return found

    @cached_property
    def _knowing(self):
        """{topic: the people who have done something that teaches it and holds}"""
        found = defaultdict(set)
        for done, taught, last in self._kept:
            if done.checked and done.on <= self.on <= last:
                for topic in taught.topics:
                    found[topic].add(done.user)
        return found


class _Kept(NamedTuple):
    on: date
    last: date
    renewal_days: int
    checked: bool
