"""Working time: by the minute, by the clock on the wall, and never on a day when nobody works."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.audit.events import event
from harmony.organisation.models import Closure
from harmony.organisation.worktime import A_DAY, WorkingTime, moment, spend, working_time

LONDON = ZoneInfo("Europe/London")
WORK = WorkingTime()
HOUR = timedelta(hours=1)


def london(*parts, fold=0):
    return datetime(*parts, tzinfo=LONDON, fold=fold)


moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))
some = st.timedeltas(timedelta(minutes=1), 12 * A_DAY)
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
closures = st.lists(st.tuples(days, st.integers(0, 20)), max_size=12).map(
    lambda found: tuple((first, first + timedelta(days=more)) for first, more in found)
)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        (london(2026, 11, 23, 10, 30), 8, london(2026, 11, 24, 10, 30)),  # a working day later, to the minute
        (london(2026, 11, 23, 9), 8, london(2026, 11, 23, 17)),  # ends with the day: 17:00, not 9:00
        (london(2026, 11, 23, 17), 8, london(2026, 11, 24, 17)),
        (london(2026, 11, 23, 20), 8, london(2026, 11, 24, 17)),  # in the evening
        (london(2026, 11, 24, 3), 8, london(2026, 11, 24, 17)),  # at night
        (london(2026, 11, 27, 16), 2, london(2026, 11, 30, 10)),  # Friday into Monday
        (london(2026, 11, 28, 12), 8, london(2026, 11, 30, 17)),  # on a Saturday
        (london(2026, 4, 2, 16), 8, london(2026, 4, 7, 16)),  # over Easter: two bank holidays and a weekend
        (london(2026, 12, 24, 13), 8, london(2026, 12, 29, 13)),  # 28 December stands in for Boxing Day
        (london(2026, 12, 31, 16), 8, london(2027, 1, 4, 16)),  # over the year's end
        (london(2028, 2, 28, 12), 16, london(2028, 3, 1, 12)),  # a leap day is a Tuesday like any other
        (london(2026, 3, 27, 16), 8, london(2026, 3, 30, 16)),  # the clocks go forward in between
        (london(2026, 10, 23, 16), 8, london(2026, 10, 26, 16)),  # and back
    ],
)
def test_working_hours_are_counted_by_the_clock_on_the_wall(start, hours, due):
    assert WORK.add(start, timedelta(hours=hours)) == due


def test_closures_are_skipped_both_days_included():
    work = WorkingTime(((date(2026, 11, 24), date(2026, 11, 25)),))
    assert work.add(london(2026, 11, 23, 16), A_DAY) == london(2026, 11, 26, 16)
    assert work.add(london(2026, 11, 24, 11), HOUR) == london(2026, 11, 26, 10)


def test_shut_for_good_nothing_can_be_promised():
    work = WorkingTime(((date(2026, 1, 1), date(2099, 12, 31)),))
    assert work.add(london(2026, 11, 23, 10), HOUR) is None
    assert work.end_of_day(london(2026, 11, 23, 10)) is None


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (london(2026, 11, 23, 9), london(2026, 11, 23, 17)),
        (london(2026, 11, 23, 15, 59), london(2026, 11, 23, 17)),
        (london(2026, 11, 23, 16), london(2026, 11, 24, 17)),  # their last hour
        (london(2026, 11, 23, 18), london(2026, 11, 24, 17)),
        (london(2026, 11, 23, 7), london(2026, 11, 23, 17)),  # before they begin
        (london(2026, 11, 27, 16, 30), london(2026, 11, 30, 17)),
        (london(2026, 12, 25, 10), london(2026, 12, 29, 17)),
    ],
)
def test_the_same_working_day_ends_at_five(start, due):
    assert WORK.end_of_day(start) == due


def test_a_time_that_the_spring_change_skips_is_the_end_of_what_it_skips():
    assert moment(date(2026, 3, 29), time(1, 30)) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert moment(date(2026, 3, 29), time(2, 30)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert moment(date(2026, 10, 25), time(1, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(moments, some, closures)
def test_what_is_added_is_what_lies_between(start, length, shut):
    work = WorkingTime(shut)
    due = work.add(start, length)
    assert due > start
    assert work.between(start, due) == length


@given(moments, some, closures)
def test_a_due_time_lies_in_working_hours(start, length, shut):
    work = WorkingTime(shut)
    local = work.add(start, length).astimezone(LONDON)
    assert work.works_on(local.date())
    assert time(9) < local.time() <= time(17)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=30)), some, closures)
def test_who_starts_later_is_not_due_earlier(start, wait, length, shut):
    work = WorkingTime(shut)
    assert work.add(start, length) <= work.add(start + wait, length)
    assert work.end_of_day(start) <= work.end_of_day(start + wait)


@given(moments, some, some, closures)
def test_two_parts_make_a_whole(start, one, other, shut):
    work = WorkingTime(shut)
    assert work.add(work.add(start, one), other) == work.add(start, one + other)


@given(moments, some, closures, days)
def test_another_closure_makes_nothing_due_earlier(start, length, shut, day):
    assert WorkingTime(shut).add(start, length) <= WorkingTime((*shut, (day, day))).add(start, length)


@given(moments, some)
def test_the_zone_it_is_told_in_does_not_matter(start, length):
    assert WORK.add(start, length) == WORK.add(start.astimezone(LONDON), length)
    assert WORK.add(start, length).utcoffset() == timedelta(0)


@given(days)
def test_every_working_day_has_eight_hours(day):
    since, until = moment(day, time(0)), moment(day + timedelta(days=1), time(0))
    assert WORK.between(since, until) == (A_DAY if WORK.works_on(day) else timedelta(0))


def test_too_little_time_is_no_time():
    assert spend((), london(2026, 11, 23), HOUR) is None
    spans = [(london(2026, 11, 23, 9), london(2026, 11, 23, 10)), (london(2026, 11, 23, 12), london(2026, 11, 23, 13))]
    assert spend(spans, london(2026, 11, 23, 8), 2 * HOUR) == london(2026, 11, 23, 13)
    assert spend(spans, london(2026, 11, 23, 9, 30), HOUR) == london(2026, 11, 23, 12, 30)
    assert spend(spans, london(2026, 11, 23, 9, 30), 2 * HOUR) is None


@pytest.mark.django_db
def test_the_organisations_closures_count(organisation, django_assert_num_queries):
    with event("add", by="the tests"):
        Closure.objects.create(name="Staff day", starts_on=date(2026, 11, 24), ends_on=date(2026, 11, 24))
    with django_assert_num_queries(1):
        work = working_time()
    assert work.add(london(2026, 11, 23, 16), A_DAY) == london(2026, 11, 25, 16)
