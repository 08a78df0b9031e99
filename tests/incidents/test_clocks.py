"""How clocks count (practice.md 2.3): a literal table first, then what must hold whatever the day."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from harmony.organisation.worktime import WorkingTime
from incidents.clocks import AFTER_TRIAGE, Clocks, Due
from incidents.levels import DEFAULTS, ORDER, is_more_serious, length

LONDON = ZoneInfo("Europe/London")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORK = WorkingTime()


def london(*parts, fold=0):
    return datetime(*parts, tzinfo=LONDON, fold=fold)


def office_hours(first, days, opens=9, closes=17):
    """Cover from nine to five on so many days running."""
    return tuple(
        (london(day.year, day.month, day.day, opens).astimezone(UTC), london(day.year, day.month, day.day, closes))
        for day in (first + timedelta(days=number) for number in range(days))
    )


ALWAYS = Clocks(DEFAULTS, WORK, ((london(2020, 1, 1), london(2040, 1, 1)),))
OFFICE = Clocks(DEFAULTS, WORK, office_hours(date(2026, 11, 23), 14))  # weekends too
NOBODY = Clocks(DEFAULTS, WORK)
MONDAY = london(2026, 11, 23, 10)

# what a level owes, from a Monday at ten
OFFICIAL = [
    ("critical", "acknowledge", london(2026, 11, 23, 10, 30)),
    ("critical", "triage", london(2026, 11, 23, 12)),
    ("critical", "contact", london(2026, 11, 24)),  # the same day ends at midnight
    ("critical", "plan", london(2026, 11, 24, 10)),
    ("critical", "review", london(2026, 11, 24, 10)),
    ("critical", "tell", london(2026, 11, 23, 14)),
    ("high", "acknowledge", london(2026, 11, 23, 12)),
    ("high", "triage", london(2026, 11, 23, 18)),  # round the clock
    ("high", "contact", london(2026, 11, 23, 17)),
    ("high", "plan", london(2026, 11, 25, 10)),
    ("high", "review", london(2026, 11, 30, 10)),
    ("high", "tell", london(2026, 11, 24, 10)),
    ("medium", "acknowledge", london(2026, 11, 24, 10)),
    ("medium", "triage", london(2026, 11, 25, 10)),
    ("medium", "contact", None),
    ("medium", "plan", london(2026, 11, 30, 10)),
    ("medium", "review", london(2026, 12, 21, 10)),
    ("medium", "tell", london(2026, 11, 26, 10)),
    ("low", "acknowledge", london(2026, 11, 25, 10)),
    ("low", "triage", london(2026, 11, 30, 10)),
    ("low", "contact", None),
    ("low", "plan", london(2026, 12, 7, 10)),
    ("low", "review", london(2027, 2, 21, 10)),  # a Sunday: not moved off the weekend
    ("low", "tell", london(2026, 11, 30, 10)),
]


@pytest.mark.parametrize(("severity", "clock", "due"), OFFICIAL)
def test_the_table_of_levels(severity, clock, due):
    assert getattr(ALWAYS.official(severity, MONDAY), clock) == due


def test_a_concern_about_one_of_us_reaches_the_lado_within_a_working_day():
    assert ALWAYS.official("high", MONDAY, track="worker").contact == london(2026, 11, 24, 10)


@pytest.mark.parametrize(
    ("text", "start", "due"),
    [
        ("30 min", london(2026, 11, 28, 23, 45), london(2026, 11, 29, 0, 15)),  # a Saturday night
        ("8 h", london(2026, 3, 28, 22), london(2026, 3, 29, 7)),  # the night that has seven hours
        ("8 h", london(2026, 10, 24, 22), london(2026, 10, 25, 5)),  # the night that has nine
        ("7 d", london(2026, 3, 25, 10), london(2026, 4, 1, 10)),  # the same local time, an hour less
        ("7 d", london(2026, 10, 21, 10), london(2026, 10, 28, 10)),
        ("28 d", london(2026, 11, 29, 10), london(2026, 12, 27, 10)),  # a Sunday in the holidays stays one
        ("90 d", london(2027, 12, 1, 10), london(2028, 2, 29, 10)),  # a leap day
        ("1 d", london(2026, 12, 31, 23, 59), london(2027, 1, 1, 23, 59)),
        ("1 d", london(2026, 3, 28, 1, 30), datetime(2026, 3, 29, 1, tzinfo=UTC)),  # 1:30 does not come that night
        ("1 d", london(2026, 10, 25, 1, 30, fold=1), london(2026, 10, 26, 2)),
        ("same day", london(2026, 11, 23, 0), london(2026, 11, 24)),
        ("same day", london(2026, 11, 23, 21, 59), london(2026, 11, 24)),
        ("same day", london(2026, 11, 23, 22, 1), london(2026, 11, 24, 0, 1)),  # after ten: two hours
        ("same day", london(2026, 11, 23, 23, 30), london(2026, 11, 24, 1, 30)),
        ("same day", london(2026, 3, 28, 23, 30), london(2026, 3, 29, 2, 30)),  # two hours, of which one is skipped
        ("same working day", london(2026, 11, 27, 12), london(2026, 11, 27, 17)),
        ("same working day", london(2026, 11, 27, 16, 5), london(2026, 11, 30, 17)),
        ("same working day", london(2026, 11, 28, 12), london(2026, 11, 30, 17)),
        ("1 wd", london(2026, 11, 27, 16, 5), london(2026, 11, 30, 16, 5)),
        ("1 wd", london(2026, 11, 28, 12), london(2026, 11, 30, 17)),
        ("2 wd", london(2026, 12, 24, 12), london(2026, 12, 30, 12)),
    ],
)
def test_how_each_kind_of_time_is_counted(text, start, due):
    assert ALWAYS.after(length(text), start) == due


def test_what_cannot_wait_is_critical_round_the_clock_until_somebody_weighs_it():
    night = london(2026, 11, 28, 2)
    due = OFFICE.filed(night, pressing=True)
    assert (due.acknowledge, due.triage, due.tell) == (night + HOUR / 2, night + 2 * HOUR, night + 4 * HOUR)
    assert due.contact == london(2026, 11, 29)
    assert due.rises == night + HOUR / 4
    assert due.review is None


def test_everything_else_has_highs_times_in_hours_of_cover():
    due = OFFICE.filed(london(2026, 11, 23, 16), pressing=False)
    assert due.acknowledge == london(2026, 11, 24, 10)
    assert due.rises == london(2026, 11, 23, 17)
    assert due.triage == london(2026, 11, 24, 16)
    assert OFFICE.filed(london(2026, 11, 28, 12), pressing=False).acknowledge == london(2026, 11, 28, 14)
    assert ALWAYS.filed(london(2026, 11, 28, 2), pressing=False).triage == london(2026, 11, 28, 10)


def test_before_it_is_weighed_nothing_that_follows_from_that_is_due():
    """Decision 0080: working days stay working days, and wait for the weighing."""
    assert OFFICE.filed(MONDAY, pressing=False).contact == london(2026, 11, 24, 10)
    late = Clocks(DEFAULTS, WORK, office_hours(date(2026, 11, 26), 3)).filed(MONDAY, pressing=False)
    assert late.acknowledge == london(2026, 11, 26, 11)
    assert late.triage == late.tell == late.contact == london(2026, 11, 26, 17)
    assert ALWAYS.filed(london(2026, 11, 27, 18), pressing=False).tell == london(
        2026, 11, 30, 17
    )  # not on Saturday at 2


@pytest.mark.parametrize("pressing", [True, False])
def test_with_no_cover_ahead_nothing_is_promised(pressing):
    assert NOBODY.filed(MONDAY, pressing=pressing) == Due()
    assert OFFICE.filed(london(2027, 1, 4, 10), pressing=pressing) == Due()


def test_too_little_cover_promises_as_far_as_it_goes():
    short = Clocks(DEFAULTS, WORK, ((MONDAY, MONDAY + 3 * HOUR),)).filed(MONDAY, pressing=False)
    assert short.acknowledge == MONDAY + 2 * HOUR
    assert (short.triage, short.tell, short.contact) == (None, None, None)


def test_triage_picks_the_times_and_restarts_none():
    before = OFFICE.filed(MONDAY, pressing=False)
    later = MONDAY + 5 * HOUR
    due = OFFICE.weighed(before, "medium", filed_at=MONDAY, at=later)
    assert due.tell == london(2026, 11, 26, 10)
    assert due.contact is None
    assert due.review == london(2026, 12, 21, 15)  # reviews begin with triage
    assert (due.acknowledge, due.triage) == (before.acknowledge, before.triage)
    assert OFFICE.weighed(before, "critical", filed_at=MONDAY, at=later).tell == MONDAY + 4 * HOUR  # late at once


def test_what_is_late_when_it_is_weighed_stays_late():
    before = ALWAYS.filed(MONDAY, pressing=True)
    due = ALWAYS.weighed(before, "low", filed_at=MONDAY, at=MONDAY + 5 * HOUR)
    assert due.tell == before.tell


def test_raising_starts_every_unmet_clock_again_and_contact_outside_even_if_met():
    filed = ALWAYS.weighed(Due(), "medium", filed_at=MONDAY, at=MONDAY)
    raised_at = MONDAY + DAY
    due = ALWAYS.raised(filed, "critical", at=raised_at, met={"contact"})
    assert due.tell == raised_at + 4 * HOUR
    assert due.contact == london(2026, 11, 25)
    assert due.review == raised_at + DAY
    assert ALWAYS.raised(filed, "critical", at=raised_at, met={"tell"}).tell == filed.tell


def test_raising_late_makes_nothing_later():
    filed = ALWAYS.weighed(Due(), "high", filed_at=MONDAY, at=MONDAY)
    due = ALWAYS.raised(filed, "critical", at=MONDAY + 23 * HOUR)
    assert due.tell == filed.tell == MONDAY + DAY
    assert due.contact == filed.contact


def test_lowering_keeps_the_start_and_what_is_late_already():
    filed = ALWAYS.weighed(Due(), "high", filed_at=MONDAY, at=MONDAY + HOUR)
    began = {"filed_at": MONDAY, "reviews_from": MONDAY + HOUR}
    due = ALWAYS.lowered(filed, "medium", **began, at=MONDAY + 2 * HOUR)
    assert due.tell == london(2026, 11, 26, 10)
    assert due.contact is None
    assert due.review == london(2026, 12, 21, 11)
    late = ALWAYS.lowered(filed, "medium", **began, at=MONDAY + 10 * HOUR)
    assert late.contact == filed.contact == london(2026, 11, 23, 17)


def test_reviews_follow_the_level():
    began = {"reviews_from": MONDAY}
    days, due = [], ALWAYS.review("critical", MONDAY)
    while due:
        days.append((due.astimezone(LONDON).date() - MONDAY.date()).days)
        due = ALWAYS.reviewed("critical", due, **began, at=due)
    assert days == [1, 7, 28, 90, 180]
    assert [str(one) for one in DEFAULTS["high"].reviews] == ["7 d", "28 d", "90 d", "180 d"]
    assert ALWAYS.reviewed("low", None, **began, at=MONDAY) is None


@pytest.mark.parametrize(
    ("done", "following"),
    [(0.5, 7), (3, 7), (4, 28), (7, 28), (20, 28), (27, 28), (30, 90)],  # the one on day 7 is due
)
def test_an_early_review_is_extra_and_a_late_one_skips_what_has_passed(done, following):
    due = MONDAY + 7 * DAY
    found = ALWAYS.reviewed("high", due, reviews_from=MONDAY, at=MONDAY + done * DAY)
    assert found == MONDAY + following * DAY


def test_a_case_is_quiet_after_twice_the_gap_to_its_next_review():
    began = {"reviews_from": MONDAY, "last_entry_at": MONDAY}
    assert ALWAYS.quiet("high", MONDAY + 7 * DAY, **began) == MONDAY + 14 * DAY
    assert ALWAYS.quiet("high", MONDAY + 28 * DAY, **began) == MONDAY + 42 * DAY
    assert ALWAYS.quiet("low", None, **began) == MONDAY + 28 * DAY


@pytest.mark.parametrize(
    ("last", "quiet"),
    [
        (london(2028, 2, 1, 10), london(2028, 2, 29, 10)),  # a leap day
        (london(2026, 3, 1, 10), london(2026, 3, 29, 10)),  # the hour that is skipped that morning is not counted
        (london(2026, 10, 24, 10), london(2026, 11, 21, 10)),
        (london(2026, 10, 25, 1, 30, fold=1), london(2026, 11, 22, 2)),
        (london(2026, 12, 10, 10), london(2027, 1, 7, 10)),
    ],
)
def test_after_the_last_review_quiet_is_counted_in_dates(last, quiet):
    assert ALWAYS.quiet("low", None, reviews_from=MONDAY, last_entry_at=last) == quiet


def test_a_review_that_was_kept_when_the_level_changed_has_the_levels_first_gap():
    raised_at = MONDAY + 33 * DAY
    for due in (MONDAY + 28 * DAY, raised_at, raised_at + HOUR):  # late, now, nearly
        assert ALWAYS.gap("high", due, reviews_from=raised_at) == 7 * DAY


def test_rungs_count_in_the_same_time_as_their_clock():
    assert OFFICE.share(length("2 h"), london(2026, 11, 24, 16), 1, in_cover=True) == london(2026, 11, 25, 10)
    assert OFFICE.share(length("2 h"), london(2026, 11, 24, 16), 0.5) == london(2026, 11, 24, 17)
    assert OFFICE.share(length("1 wd"), london(2026, 11, 27, 17), 0.5) == london(2026, 11, 30, 13)


# whatever the day

moments = st.datetimes(datetime(2025, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC))
waits = st.timedeltas(timedelta(0), timedelta(days=40))
severities = st.sampled_from(ORDER)
tracks = st.sampled_from(["child", "worker"])
days = st.dates(date(2025, 1, 1), date(2029, 12, 31))
closures = st.lists(st.tuples(days, st.integers(0, 15)), max_size=8).map(
    lambda found: tuple((first, first + timedelta(days=more)) for first, more in found)
)
edges = st.lists(moments, min_size=0, max_size=24, unique=True).map(
    lambda found: tuple(pairwise(sorted(found)))[::2]  # every second stretch is covered
)
clocks = st.builds(lambda shut, cover: Clocks(DEFAULTS, WorkingTime(shut), cover), closures, edges)
NEVER = datetime(9000, 1, 1, tzinfo=UTC)
ALL = [field.name for field in fields(Due)]


def never_earlier(one, other, names=ALL):
    """Nothing promised counts as never."""
    return all((getattr(one, name) or NEVER) <= (getattr(other, name) or NEVER) for name in names)


@given(clocks, moments, waits, st.booleans(), tracks)
def test_filed_later_is_not_due_earlier(clocks, at, wait, pressing, track):
    earlier, later = (clocks.filed(when, pressing=pressing, track=track) for when in (at, at + wait))
    assert never_earlier(earlier, later)


@given(clocks, moments, waits, severities, tracks)
def test_an_official_clock_started_later_is_not_due_earlier(clocks, at, wait, severity, track):
    assert never_earlier(*(clocks.official(severity, when, track=track) for when in (at, at + wait)))


@given(clocks, moments, severities, severities, tracks)
def test_a_more_serious_level_owes_reading_telling_and_reviewing_no_later(clocks, at, one, other, track):
    assume(is_more_serious(one, other))
    names = ("acknowledge", "triage", "tell", "review")
    assert never_earlier(clocks.official(one, at, track=track), clocks.official(other, at, track=track), names)


@given(clocks, moments, waits, waits, severities, severities, tracks, st.sets(st.sampled_from(["tell", "plan"])))
def test_raising_never_makes_a_deadline_later(clocks, at, one, other, low, high, track, met):
    assume(is_more_serious(high, low))
    before = clocks.weighed(Due(), low, filed_at=at, at=at + one, track=track)
    after = clocks.raised(before, high, at=at + one + other, met=met, track=track)
    assert never_earlier(after, before)
    assert all(getattr(after, name) == getattr(before, name) for name in met)
    assert clocks.raised(after, high, at=at + one + other, met=met, track=track) == after


@given(clocks, moments, waits, waits, severities, severities, tracks, st.sets(st.sampled_from(["tell", "plan"])))
def test_lowering_never_makes_a_deadline_earlier(clocks, at, one, other, low, high, track, met):
    assume(is_more_serious(high, low))
    began = {"filed_at": at, "reviews_from": at + one}
    before = clocks.weighed(Due(), high, filed_at=at, at=at + one, track=track)
    lowered_at = at + one + other
    after = clocks.lowered(before, low, **began, at=lowered_at, met=met, track=track)
    assert never_earlier(before, after)
    for name in AFTER_TRIAGE:
        old = getattr(before, name)
        if name in met or (old and old <= lowered_at):
            assert getattr(after, name) == old  # a breach stays
    assert clocks.lowered(after, low, **began, at=lowered_at, met=met, track=track) == after


@given(clocks, moments, st.booleans())
def test_it_rises_before_it_is_late_and_is_read_before_it_is_weighed(clocks, at, pressing):
    due = clocks.filed(at, pressing=pressing)
    found = [one for one in (due.rises, due.acknowledge, due.triage) if one]
    assert found == sorted(found)
    assert all(one > at for one in found)


@given(clocks, moments)
def test_a_time_in_cover_hours_is_one_in_which_somebody_is_there(clocks, at):
    due = clocks.filed(at, pressing=False).acknowledge
    assert due is None or any(since < due <= until for since, until in clocks.cover)


@given(clocks, moments, severities, tracks)
def test_whatever_zone_it_is_told_in_the_answer_is_the_same(clocks, at, severity, track):
    assert clocks.official(severity, at, track=track) == clocks.official(severity, at.astimezone(LONDON), track=track)
    assert clocks.filed(at, pressing=False) == clocks.filed(at.astimezone(LONDON), pressing=False)


@given(clocks, moments, severities, waits)
def test_the_next_review_lies_ahead(clocks, at, severity, wait):
    due = clocks.review(severity, at)
    following = clocks.reviewed(severity, due, reviews_from=at, at=at + wait)
    assert following is None or following >= due
    assert following is None or following > at + wait or following == due


@given(clocks, moments, waits, waits, severities)
def test_quiet_lies_after_the_last_entry_and_a_later_one_never_brings_it_nearer(clocks, at, one, other, severity):
    due = clocks.review(severity, at)
    while True:
        began = {"reviews_from": at}
        earlier, later = (clocks.quiet(severity, due, **began, last_entry_at=at + wait) for wait in (one, one + other))
        assert at + one < earlier <= later
        if due is None:
            return
        due = clocks.reviewed(severity, due, **began, at=due)


@given(clocks, moments, severities)
def test_a_case_reviewed_in_time_is_never_quiet_before_its_next_review(clocks, at, severity):
    last, due = at, clocks.review(severity, at)
    while due:
        assert clocks.quiet(severity, due, reviews_from=at, last_entry_at=last) > due
        last, due = due, clocks.reviewed(severity, due, reviews_from=at, at=due)


@given(clocks, moments, moments, severities)
def test_whatever_review_is_kept_its_gap_is_a_time_that_passes(clocks, at, due, severity):
    assert clocks.gap(severity, due, reviews_from=at) > timedelta(0)
    assert clocks.silence(severity, due, reviews_from=at) > timedelta(0)


@given(clocks, moments, waits, severities, tracks, st.booleans(), st.sets(st.sampled_from(AFTER_TRIAGE)))
def test_what_is_met_or_late_at_triage_stays_as_it_was(clocks, at, wait, severity, track, pressing, met):
    before = clocks.filed(at, pressing=pressing, track=track)
    after = clocks.weighed(before, severity, filed_at=at, at=at + wait, track=track, met=met)
    for name in AFTER_TRIAGE:
        old = getattr(before, name)
        if name in met or (old and old <= at + wait):
            assert getattr(after, name) == old
    assert (after.acknowledge, after.triage) == (before.acknowledge, before.triage)


@st.composite
def gaps_in_the_cover(draw):
    """Clocks, a moment at which nobody is there, and the moment at which somebody is there again."""
    cut = draw(st.lists(moments, min_size=4, max_size=24, unique=True).map(sorted))
    shut, cover = draw(closures), tuple(pairwise(cut))[1::2]  # the first stretch is a gap, then every second one
    since, until = draw(st.sampled_from(tuple(pairwise(cut))[: 2 * len(cover) : 2]))
    at = since + draw(st.timedeltas(timedelta(0), until - since - timedelta(microseconds=1)))
    return Clocks(DEFAULTS, WorkingTime(shut), cover), at, until


@given(gaps_in_the_cover(), tracks)
def test_no_time_runs_while_nobody_is_there(found, track):
    """Filed in a gap of the cover, or as it ends: due at the same moment."""
    clocks, at, ends = found
    assert not any(since <= at < until for since, until in clocks.cover)
    in_the_gap, as_it_ends = (clocks.filed(when, pressing=False, track=track) for when in (at, ends))
    names = ("acknowledge", "triage", "rises")
    assert [getattr(in_the_gap, name) for name in names] == [getattr(as_it_ends, name) for name in names]
