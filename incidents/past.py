"""Which closed cases are past their time, by the classes of keeping.py. As many queries for one as for a thousand."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, OuterRef, Subquery
from django.utils.timezone import localdate

from harmony.encryption.fields import load_keys
from harmony.people.models import Membership
from harmony.retention.stores import Due

from .keeping import CLASSES
from .kinds import Outcome, Track
from .models import Addendum, Case, CasePerson, ChronologyEntry, Recusal
from .threshold import NOT_IN_REFERENCES

YEARS = {one.code: one.years for one in CLASSES}
QUIET_FOR = 1  # year after the last entry: somebody who wrote in it lately still needs it


@dataclass(frozen=True)
class Time:
    """By one class: from which day it counts."""

    code: str
    counted_on: date

    @property
    def over_on(self):
        return years_after(self.counted_on, YEARS[self.code])


def years_after(day, years):
    """29 February is followed by 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def due(at, about=None):
    """A Due for each closed case whose time is over; of one case alone, where `about` says which."""
    today = localdate(at)
    cases = _closed(today)
    cases = list(cases.filter(pk=about) if about else cases)
    load_keys(cases)
    born, left = _births(cases), _left(cases)
    for case in cases:
        if (time := _time(case, born, left)) and (day := _day(case, time)) <= today:
            yield Due(case.pk, case.root, case.reference, time.code, time.counted_on, day)


def _closed(today):
    """With the time of their last entry. What was closed within the last year is not even read."""
    entries = ChronologyEntry.objects.filter(case=OuterRef("pk")).order_by().values("case")
    added = Addendum.objects.filter(report__case=OuterRef("pk")).order_by().values("report__case")
    since = years_after(today, -QUIET_FOR)
    closed = Case.objects.filter(status=Case.Status.CLOSED, destroyed_at=None, closed_at__date__lte=since)
    return (
        closed.annotate(
            written_at=Subquery(entries.annotate(last=Max("written_at")).values("last")),
            more_at=Subquery(added.annotate(last=Max("added_at")).values("last")),
        )
        .select_related("allegation")
        .prefetch_related("reports")
        .order_by("pk")
    )


def _last(case):
    return max(localdate(moment) for moment in (case.closed_at, case.written_at, case.more_at) if moment)


def _day(case, time):
    """Its own, or a while after somebody last wrote in it."""
    return max(time.over_on, years_after(_last(case), QUIET_FOR))


def _time(case, born, left):
    """The longest that fits; None where no class fits, and then nobody proposes anything."""
    times = [*_of_a_child(case, born), *_of_one_of_us(case, left)]
    return max(times, key=lambda time: time.over_on) if times else None


def _of_a_child(case, born):
    if case.may_be_sexual_abuse:
        yield Time("case-abuse", _last(case))
    if case.track != Track.CHILD:
        return
    if case.outcome == Outcome.REDIRECTED and all(report.sender for report in case.reports.all()):
        yield Time("report-other", _last(case))
    else:
        yield Time("case", max(born.get(case.pk, []), default=localdate(case.filed_at)))


def _of_one_of_us(case, left):
    """Not of what was false or malicious: what becomes of that is for people to say (R17)."""
    concern = case.concern
    if concern is None or case.track != Track.WORKER:
        return
    if concern.status == "low" and (day := left.get(case.pk)):
        yield Time("low-level", max(day, _last(case)))
    elif concern.concluded_at and concern.finding not in NOT_IN_REFERENCES:
        yield Time("allegation", max(localdate(concern.concluded_at), _last(case)))


def _births(cases):
    """{case: days of birth of the children in it}; of one whose birth nobody knows, the day the case was filed stands for it.

    Then the case is kept as if they had been born that day: too long rather than too short.
    """
    about = CasePerson.objects.filter(case__in=cases, part__in=("affected", "caused", "sibling"))
    people = [one for one in about.select_related("young_person") if one.grown != CasePerson.Grown.ADULT]
    load_keys([one.young_person for one in people if one.young_person])
    filed = {case.pk: localdate(case.filed_at) for case in cases}
    found = {}
    for one in people:
        born = one.young_person and one.young_person.born
        found.setdefault(one.case_id, []).append(_as_day(born) or filed[one.case_id])
    return found


def _as_day(text):
    try:
        return date.fromisoformat(text or "")
    except ValueError:  # not known, or its own record was destroyed
        return None


def _left(cases):
    """{case: the last day of whoever it is about}, where all of them have left."""
    named = {}
    for case, user in Recusal.objects.filter(case__in=cases, because="named").values_list("case", "user"):
        named.setdefault(case, set()).add(user)
    ends = {}
    members = Membership.objects.filter(user__in={user for users in named.values() for user in users})
    for user, end in members.values_list("user", "ends_on"):
        ends.setdefault(user, []).append(end)
    gone = {user: max(days) for user, days in ends.items() if None not in days}
    return {case: max(gone[user] for user in users) for case, users in named.items() if users <= gone.keys()}
