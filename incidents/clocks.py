"""The response clocks: by when each step is due (practice.md 2.3, "How clocks count"). Pure: nothing is asked of a database.

    clocks = Clocks(levels, work, cover)
    clocks.filed(at, pressing=False)            # nobody has weighed it yet
    clocks.weighed(due, "high", filed_at=…, …)  # triage picks the times; they still run from filing
    clocks.raised(due, "critical", at=…)        # every unmet clock starts again, and none becomes later
    clocks.lowered(due, "medium", filed_at=…, …)  # none becomes earlier

Hours and minutes are elapsed time, days are dates at the same local time, working days come from
harmony/organisation/worktime.py. None is "nothing is promised".
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from harmony.organisation.worktime import LONDON, WorkingTime, moment, spend

from .levels import SAME_DAY, SAME_WORKING_DAY, Level

AT_LEAST = timedelta(hours=2)  # what is left of "the same day" late in the evening
LOOKED_AT_WITHIN = timedelta(days=7)  # a second person, at what was passed on as not about safety (practice.md 2.4)
QUIET = 28  # days after the last review, unless an organisation says otherwise


@dataclass(frozen=True)
class Due:
    """When each step is due. None: nothing is promised, or nothing is owed."""

    acknowledge: datetime | None = None
    triage: datetime | None = None
    contact: datetime | None = None  # somebody outside, or the decision that nobody need be
    plan: datetime | None = None
    review: datetime | None = None
    tell: datetime | None = None  # the reporter
    promise: datetime | None = None  # to tell them more: by the day they were given, whatever the level
    recheck: datetime | None = None  # a second person's look at what was passed on
    rises: datetime | None = None  # half the time to read it is over: from now on it counts as urgent


AFTER_TRIAGE = ("contact", "plan", "review", "tell")


@dataclass(frozen=True)
class Clocks:
    levels: dict[str, Level]
    work: WorkingTime
    cover: tuple = ()  # (since, until) in which somebody who may read it can be reached, in order, none overlapping
    quiet_days: int = QUIET

    def filed(self, at, *, pressing, track="child"):
        """Before it is weighed: what cannot wait has Critical's times, round the clock; all else High's, in cover."""
        at = at.astimezone(UTC)
        if not any(until > at for _since, until in self.cover):
            return Due()
        if pressing:
            due = self.official("critical", at, track=track)
            first = self.levels["critical"].acknowledge
            return replace(due, plan=None, review=None, rises=self.share(first, at, 0.5))
        return self._in_cover(at, track)

    def _in_cover(self, at, track):
        """High's times in hours of cover. What is counted in working days is not due before it has been weighed."""
        high = self.levels["high"]
        read, triage = (spend(self.cover, at, length.span) for length in (high.acknowledge, high.triage))
        rises = spend(self.cover, at, high.acknowledge.span / 2)
        if triage is None:
            return Due(acknowledge=read, rises=rises)
        contact, tell = self.after(high.contact_for(track), at), self.after(high.tell, at)
        return Due(
            acknowledge=read, rises=rises, triage=triage, contact=_latest(contact, triage), tell=_latest(tell, triage)
        )

    def official(self, severity, start, *, track="child"):
        """Every clock of a level from `start`: also for a case that is filed already weighed."""
        level = self.levels[severity]
        return Due(
            acknowledge=self.after(level.acknowledge, start),
            triage=self.after(level.triage, start),
            contact=self.after(level.contact_for(track), start),
            plan=self.after(level.plan, start),
            review=self.review(severity, start),
            tell=self.after(level.tell, start),
        )

    def weighed(self, due, severity, *, filed_at, at, track="child", met=()):
        """At triage. It picks the times and restarts none; only reviews begin here. What is late stays late."""
        new = replace(self.official(severity, filed_at, track=track), review=self.review(severity, at))
        kept = {name for name in AFTER_TRIAGE if name in met or ((old := getattr(due, name)) and old <= at)}
        return replace(due, **{name: getattr(new, name) for name in AFTER_TRIAGE if name not in kept})

    def raised(self, due, severity, *, at, met=(), track="child"):
        """Every unmet clock starts again now, and none becomes later. Contact outside is judged again even if made."""
        new = self.official(severity, at, track=track)
        chosen = {name: _earliest(getattr(due, name), getattr(new, name)) for name in AFTER_TRIAGE if name not in met}
        if "contact" in met:
            chosen["contact"] = new.contact
        return replace(due, **chosen)

    def lowered(self, due, severity, *, filed_at, reviews_from, at, met=(), track="child"):
        """The start stays, and none becomes earlier. What is late already stays late."""
        new = self.official(severity, filed_at, track=track)
        new = replace(new, review=self.review(severity, reviews_from, after=at))
        ahead = [name for name in AFTER_TRIAGE if name not in met and (old := getattr(due, name)) and old > at]
        return replace(due, **{name: _later(getattr(due, name), getattr(new, name)) for name in ahead})

    def review(self, severity, start, *, after=None):
        """The first review after a moment (from the start, unless told); None when they are over."""
        return next((point for point in self.reviews(severity, start) if after is None or point > after), None)

    def reviewed(self, severity, due, *, reviews_from, at):
        """The next review after one made now. One made before half of its time is extra: it replaces none."""
        if due is None:
            return None
        before = self._review_before(severity, due, reviews_from)
        if at < before + (due - before) / 2:
            return due
        return self.review(severity, reviews_from, after=max(at, due))

    def quiet(self, severity, due, *, reviews_from, last_entry_at):
        """From when an open case counts as quiet, if nobody writes in it again (practice.md 2.3)."""
        if due is None:
            return _same_time(last_entry_at, self.quiet_days)
        return last_entry_at + self.silence(severity, due, reviews_from=reviews_from)

    def silence(self, severity, due, *, reviews_from):
        """How long nobody may write in it: twice the gap to its next review, or 28 days once there is none."""
        if due is None:
            return timedelta(days=self.quiet_days)
        return 2 * self.gap(severity, due, reviews_from=reviews_from)

    def gap(self, severity, due, *, reviews_from):
        """From the review before to this one. One that is no review of this level, but was kept when the level changed,
        has none before it: then the level's first."""
        points = [reviews_from, *self.reviews(severity, reviews_from)]
        before = dict(zip(points[1:], points, strict=False))
        return due - before[due] if due in before else points[1] - reviews_from

    def _review_before(self, severity, due, reviews_from):
        points = (reviews_from, *self.reviews(severity, reviews_from))
        return max((point for point in points if point < due), default=reviews_from)

    def reviews(self, severity, start):
        """When each review of this level is due, the first one first."""
        return [self.after(length, start) for length in self.levels[severity].reviews]

    def after(self, length, start):
        """When a length of this kind, begun at `start`, is over."""
        start = start.astimezone(UTC)
        if length is None:
            return None
        if length.unit == SAME_DAY:
            return max(_midnight_after(start), start + AT_LEAST)
        if length.unit == SAME_WORKING_DAY:
            return self.work.end_of_day(start)
        if length.unit == "wd":
            return self.work.add(start, length.span)
        if length.unit == "d":
            return _same_time(start, length.count)
        return start + length.span

    def share(self, length, start, share, *, in_cover=False):
        """A share of a length, in the same time as its clock: half of the time to read, or a rung after the breach."""
        start = start.astimezone(UTC)
        if in_cover:
            return spend(self.cover, start, length.span * share)
        if length.unit in ("wd", SAME_WORKING_DAY):
            return self.work.add(start, length.span * share)
        return start + length.span * share


def in_time(cover, since, until):
    """The part of it that lies between two moments."""
    return tuple((max(begins, since), min(ends, until)) for begins, ends in cover if begins < until and ends > since)


def _midnight_after(start):
    return moment(start.astimezone(LONDON).date() + timedelta(days=1), time(0))


def _same_time(start, days):
    """Days are dates. The hour that comes twice in October counts as its end, so that later is never due earlier."""
    local = start.astimezone(LONDON)
    if local.fold:
        local = local.replace(minute=0, second=0, microsecond=0, fold=0) + timedelta(hours=1)
    return moment(local.date() + timedelta(days=days), local.time())


def _earliest(*times):
    return min((one for one in times if one), default=None)


def _latest(*times):
    return None if None in times else max(times)


def _later(old, new):
    """Never earlier than it was; none at all where the lower level owes none."""
    return new and max(old, new)
