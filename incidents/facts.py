"""Figures about a period for the organisation's reports: counts and response times, no content.

    facts = period(since, until, for_whom=sol)
    facts.filed, facts.by_severity["High"], facts.read.median

Every figure leaves out cases that are kept apart from whoever makes such figures: for all of them alike, so that two
who compare theirs learn nothing. Only the figures of those who answer for the whole have them (decision 0133).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from .kinds import Kind, Severity, Track
from .models import Case, ChronologyEntry
from .models.timing import NAMES

A_DAY = timedelta(days=1)
KEPT_APART = _lazy("Concerns that are kept apart are reported to the chair.")  # always, whether there are any or not


@dataclass(frozen=True)
class Response:
    """How long something took, over the cases for which it has happened."""

    of: int  # cases filed in the period
    done: int
    median: timedelta | None
    longest: timedelta | None
    within_a_day: float | None  # share, 0 to 1, of those for which it has happened

    @classmethod
    def over(cls, filed, times):
        """From (filed_at, when it happened or None) pairs."""
        took = [happened - started for started, happened in times if happened]
        if not took:
            return cls(filed, 0, None, None, None)
        quick = sum(one <= A_DAY for one in took)
        return cls(filed, len(took), median(took), max(took), quick / len(took))


@dataclass(frozen=True)
class Kept:
    """How often something was done by the time it was due, over those that are done, or late."""

    of: int
    kept: int

    @classmethod
    def over(cls, times, at):
        """From (when due or None, when done or None) pairs. Where nothing was promised, nothing was broken."""
        over = [(due, done) for due, done in times if due and (done or due < at)]
        return cls(len(over), sum(bool(done and done <= due) for due, done in over))


@dataclass(frozen=True)
class Period:
    since: datetime
    until: datetime
    filed: int
    closed: int  # closed in the period, whenever they were filed
    still_open: int  # of all cases, now
    by_status: dict
    by_severity: dict
    by_kind: dict
    by_track: dict
    read: Response
    triaged: Response
    kept: dict  # {clock: Kept}; of the cases filed in it, but "review": those that were due in it, of any case


def period(since, until, for_whom, at=None):
    """What was filed from one moment up to another, as it stands now."""
    at = at or now()
    cases = Case.objects.countable_by(for_whom)
    met = {name: column for name, (_label, column) in NAMES.items() if column}
    columns = ("status", "severity", "kind", "track", "filed_at", *met.values(), *(f"{name}_due" for name in met))
    rows = list(cases.filed_within(since, until).values_list(*columns, named=True))
    return Period(
        since=since,
        until=until,
        filed=len(rows),
        closed=cases.filter(closed_at__gte=since, closed_at__lt=until).count(),
        still_open=cases.still_open().count(),
        by_status=_counted(Case.Status, (row.status for row in rows)),
        by_severity=_counted(Severity, (row.severity for row in rows)) | _unweighed(rows),
        by_kind={label: count for label, count in _counted(Kind, (row.kind for row in rows)).items() if count},
        by_track=_counted(Track, (row.track for row in rows)),
        read=Response.over(len(rows), [(row.filed_at, row.acknowledged_at) for row in rows]),
        triaged=Response.over(len(rows), [(row.filed_at, row.triaged_at) for row in rows]),
        kept={
            name: Kept.over([(getattr(row, f"{name}_due"), getattr(row, column)) for row in rows], at)
            for name, column in met.items()
        }
        | {"review": reviews(cases, since, until, at)},
    )


def reviews(cases, since, until, at):
    """Those that were due between two moments: made, and by when; or late, also where the case was closed without it."""
    due = {"due_at__gte": since, "due_at__lt": until}
    made = ChronologyEntry.objects.filter(case__in=cases, **due).values_list("due_at", "written_at")
    left = cases.filter(Q(closed_at=None) | Q(closed_at__gt=F("review_due")))
    left = left.filter(review_due__gte=since, review_due__lt=until).values_list("review_due", flat=True)
    return Kept.over([*made, *((one, None) for one in left)], at)


def _counted(choices, codes):
    """{label: count} in the order of the choices, noughts too."""
    found = Counter(codes)
    return {str(choice.label): found[choice.value] for choice in choices}


def _unweighed(rows):
    return {_("Not assessed"): sum(not row.severity for row in rows)}
