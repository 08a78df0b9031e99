"""When each rung of a late case comes, counted as its clock is counted; and which cases a sweep has to look at.

breaches = Breaches("triage", cases, here)   # numbers, closures and rota, read once for a piece of cases
due, when = breaches.of(case)                # when(0.5): half of its clock after the breach
"""

from dataclasses import replace
from functools import cached_property

from django.db import models
from django.db.models import Exists, OuterRef

from harmony.notifications.models import Notice
from harmony.people.rota import Rota

from ..clocks import LOOKED_AT_WITHIN, in_time
from ..ladders import its_line
from .timing import AHEAD, RUNS, UNPROMISED, clocks_at, since

UNTIL_WEIGHED = tuple(UNPROMISED)


class BreachQuerySet(models.QuerySet):
    def waiting(self, name, at):
        """Late by this clock, or with no time promised. `since`: from when on."""
        return self._running(name).filter(since__lte=at)

    def unread(self):
        """Those that nobody has read, late or not."""
        return self._running("acknowledge")

    def _running(self, name):
        """The clock runs, and there is somebody left to tell: its ladder has not been climbed to the end."""
        told = Notice.objects.filter(about=OuterRef("pk"), clock=name, sentence="nobody")
        running = self.filter(RUNS[name]).annotate(since=since(name))
        return running.exclude(Exists(told.filter(created_at__gte=OuterRef("since"))))


class Breached(models.Model):
    class Meta:
        abstract = True

    def still_runs(self, name):
        """Asked of the database, before somebody is told: nobody has met it meanwhile, nor moved it on."""
        column = f"{name}_due"
        return type(self).objects.filter(RUNS[name], pk=self.pk, **{column: getattr(self, column)}).exists()

    def began(self, name):
        """From when on this clock runs."""
        if name == "review":
            return max(filter(None, (self.reviews_from, self.reviewed_at)))
        return self.close_asked_at if name == "recheck" else self.filed_at

    def is_promised(self, name):
        return getattr(self, f"{name}_due") is not None

    def late_from(self, name):
        due = getattr(self, f"{name}_due")
        return due or (getattr(self, UNPROMISED[name]) if name in UNPROMISED else None)

    def length_of(self, name, levels):
        """How long its clock is, by the level it has, or runs on until it is weighed."""
        level = levels[self.severity or ("critical" if self.pressing else "high")]
        if name == "contact":
            return level.contact_for(self.track) or levels["high"].contact_for(self.track)
        return getattr(level, "tell" if name == "promise" else name)


class Breaches:
    def __init__(self, name, cases, here):
        self.name, self.cases, self.here = name, cases, here
        self.covers = {}

    @classmethod
    def over(cls, name, cases, here):
        """How a ladder counts for each of these cases."""
        return cls(name, cases, here).counted

    def counted(self, case):
        """What a ladder has to know of this clock of a case."""
        due, when = self.of(case)
        promised = case.is_promised(self.name)
        heard = {case.acknowledged_by_id} if self.name == "triage" and not promised else ()
        return {"started": case.filed_at, "due": due, "when": when, "promised": promised, "heard": heard}

    def of(self, case):
        """(when it was due, share -> the moment that share of its clock later)."""
        due = case.late_from(self.name)
        begins = max(due, case.triaged_at or due) if self.name in ("contact", "tell", "plan") else due

        def later(share):
            if not share:
                return begins
            if self.name == "recheck":
                return begins + share * LOOKED_AT_WITHIN
            if self.name in ("review", "quiet"):
                return begins + share * self._between_reviews(case)
            return self._later(case, begins, share)

        return due, later

    def _between_reviews(self, case):
        length = self.clocks.silence if self.name == "quiet" else self.clocks.gap
        return length(case.severity, case.review_due, reviews_from=case.reviews_from)

    def _later(self, case, begins, share):
        """In the same time as its clock; beyond the rota that is known, in elapsed time."""
        length = case.length_of(self.name, self.clocks.levels)
        clocks, in_cover = self.clocks, self._counts_cover(case)
        if in_cover:
            clocks = replace(clocks, cover=in_time(self._cover(case), begins, begins + AHEAD))
        return clocks.share(length, begins, share, in_cover=in_cover) or begins + length.span * share

    def _counts_cover(self, case):
        return self.name in UNTIL_WEIGHED and not case.pressing and case.is_promised(self.name)

    def _cover(self, case):
        readers = its_line(case, self.here)
        key = frozenset(user.pk for user in readers)
        if key not in self.covers:
            self.covers[key] = self._rota.cover(self._first, self._last, of=readers)
        return self.covers[key]

    @cached_property
    def clocks(self):
        return clocks_at(self.here.at)

    @cached_property
    def _first(self):
        return min(case.late_from(self.name) for case in self.cases)

    @cached_property
    def _last(self):
        return max(case.late_from(self.name) for case in self.cases) + AHEAD

    @cached_property
    def _rota(self):
        return Rota(self._first, self._last)
