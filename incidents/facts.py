"""Figures about a period for the organisation's reports: counts and response times, no content.

    facts = period(since, until, for_whom=sol)
    facts.filed, facts.by_severity["High"], facts.read.median

Every figure leaves out cases whose existence the reader must not learn of.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.utils.translation import gettext as _

from .kinds import Kind, Severity, Track
from .models import Case

A_DAY = timedelta(days=1)


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


def period(since, until, for_whom):
    """What was filed from one moment up to another."""
    cases = Case.objects.countable_by(for_whom)
    columns = ("status", "severity", "kind", "track", "filed_at", "acknowledged_at", "triaged_at")
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
    )


def _counted(choices, codes):
    """{label: count} in the order of the choices, noughts too."""
    found = Counter(codes)
    return {str(choice.label): found[choice.value] for choice in choices}


def _unweighed(rows):
    return {_("Not assessed"): sum(not row.severity for row in rows)}
