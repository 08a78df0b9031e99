"""Ladders: shares of the clock after the breach, nobody who is away or kept out, nothing twice, and an end."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.notifications import sources
from harmony.notifications.ladders import Beside, Ladder, Reminder, Rung
from harmony.notifications.models import Notice
from harmony.people.models import Away
from incidents.models import Case, Recusal
from tests.audit.test_at_once import at_once

pytestmark = pytest.mark.django_db
STARTED = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
DUE = STARTED + 2 * HOUR


@pytest.fixture(autouse=True)
def anything():
    """A kind of record that everybody sees who is not kept out of it."""
    source = sources.Source(
        "anything",
        records=lambda user: Case.objects.exclude(recusals__user=user),
        link=lambda notice: "/",
    )
    sources.register(source)
    yield source
    del sources._sources["anything"]


@pytest.fixture
def away():
    def say(user, since=STARTED - HOUR, until=STARTED + 100 * HOUR):
        with event("say", by=user, about=user):
            Away.objects.create(user=user, starts_at=since, ends_at=until)

    return say


def people(*some):
    return lambda record, at=None: list(some)


@pytest.fixture
def ladder(amara, tom, ruth, gwen, sam):
    """Amara and Tom at the breach, Ruth after half the clock, Gwen after all of it; Sam hears that nobody is left."""
    return Ladder(
        "anything",
        "wait",
        "case_late",
        Rung(0.0, people(amara)),
        Rung(0.0, people(tom)),
        Rung(0.5, people(ruth)),
        Rung(1.0, people(gwen)),
        beside=lambda record: [Beside("anything", record, [sam])],
    )


@pytest.fixture
def climb(ladder, case):
    """climb(90): who hears, so many minutes after the breach."""

    def at(minutes, ladder=ladder, **more):
        new = ladder.climb(case, started=STARTED, due=DUE, at=DUE + minutes * MINUTE, **more)
        return [notice.recipient.name.split()[0] for notice in new]

    return at


def test_each_rung_in_its_time(climb):
    assert climb(-1) == []
    assert climb(0) == ["Amara", "Tom"]
    assert climb(59) == []
    assert climb(60) == ["Ruth"]
    assert climb(119) == []
    assert climb(120) == ["Gwen"]
    assert climb(179) == []
    assert sorted(climb(180)) == ["Amara", "Gwen", "Ruth", "Sam", "Tom"]
    assert climb(10_000) == []
    assert set(Notice.objects.filter(rung=5).values_list("sentence", flat=True)) == {"nobody"}


def test_twice_tells_nobody_twice(climb):
    for minutes in (0, 60, 120, 180):
        climb(minutes)
        before = Entry.objects.count()
        assert climb(minutes) == []
        assert Entry.objects.count() == before


def test_a_sweep_that_slept_tells_everybody_it_missed(climb):
    assert climb(130) == ["Amara", "Tom", "Ruth", "Gwen"]


def test_a_rung_that_is_away_is_passed_at_once(climb, away, ruth):
    away(ruth)
    assert climb(0) == ["Amara", "Tom"]
    assert climb(60) == ["Gwen"]


def test_everyone_away_means_nobody_is_left_at_once(climb, away, amara, tom, ruth, gwen):
    for user in (amara, tom, ruth, gwen):
        away(user)
    assert climb(0) == ["Sam"]


def test_whoever_goes_away_after_hearing_is_passed_at_once(climb, away, tom, amara):
    climb(0)
    for user in (amara, tom):
        away(user, since=DUE + 10 * MINUTE)
    assert climb(10) == ["Ruth"]
    assert climb(60) == []
    assert climb(120) == ["Gwen"]


def test_whoever_is_back_hears_late_but_once(climb, away, tom):
    away(tom, until=DUE + 30 * MINUTE)
    assert climb(0) == ["Amara", "Ruth"]
    assert climb(30) == ["Tom"]
    assert climb(31) == []


def test_whoever_is_kept_out_never_hears(climb, case, ruth):
    with event("recuse", by="the chair", about=case):
        Recusal.objects.create(case=case, user=ruth)
    assert climb(0) == ["Amara", "Tom"]
    assert climb(60) == ["Gwen"]


def test_one_person_on_two_rungs_hears_once_and_the_next_comes_at_its_own_share(climb, amara, ruth, gwen):
    small = Ladder(
        "anything",
        "wait",
        "case_late",
        Rung(0.0, people(ruth)),
        Rung(0.5, people(ruth)),
        Rung(1.0, people(gwen)),
    )
    assert climb(0, small) == ["Ruth"]
    assert climb(60, small) == []  # she has heard: that is not being away
    assert climb(119, small) == []
    assert climb(120, small) == ["Gwen"]
    assert climb(10_000, small) == []


def test_only_the_first_who_is_there(climb, away, amara, tom):
    one = Ladder("anything", "wait", "case_late", Rung(0.0, people(amara, tom), only_first=True))
    assert climb(0, one) == ["Amara"]
    away(amara, since=DUE + HOUR)
    assert climb(60, one) == ["Tom"]


def test_an_answer_ends_it(climb, case, amara):
    climb(0)
    with event("acknowledge", by=amara, about=case):
        Notice.objects.of(case, "wait").stop(DUE + MINUTE)
    assert climb(10_000) == []


def test_shares_may_count_another_time(climb):
    nights_apart = {0.0: DUE, 0.5: DUE + 20 * HOUR, 1.0: DUE + 40 * HOUR, 1.5: DUE + 60 * HOUR}.get
    climb(0, when=nights_apart)
    assert climb(60, when=nights_apart) == []
    assert climb(20 * 60, when=nights_apart) == ["Ruth"]


def test_what_opens_the_record_is_done_once_somebody_is_there(climb, away, amara, tom, case):
    opened = []
    ladder = Ladder(
        "anything",
        "wait",
        "case_late",
        Rung(0.0, people(amara), opens=lambda record, at: opened.append("amara")),
        Rung(0.0, people(tom), opens=lambda record, at: opened.append("tom")),
    )
    away(amara)
    climb(0, ladder)
    climb(1, ladder)
    assert opened == ["tom"]


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_tell_each_once(ladder, case):
    def work(n):
        try:
            return len(ladder.climb(case, started=STARTED, due=DUE, at=DUE + 200 * MINUTE))
        finally:
            connection.close()

    at_once(work, 4, people=4)
    ladder.climb(case, started=STARTED, due=DUE, at=DUE + 200 * MINUTE)
    told = list(Notice.objects.filter(clock="wait").values_list("rung", "recipient"))
    assert len(told) == len(set(told)) == 4 + 5


# any ladder, any absences, any beats

MINUTES = st.integers(0, 400)


@st.composite
def worlds(draw):
    """Rungs with shares and people (by number), who is away when, who is kept out, when somebody answers, the beats."""
    shares = sorted(draw(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0, 1.5]), min_size=1, max_size=4)))
    rungs = [(share, draw(st.lists(st.integers(0, 4), unique=True, max_size=3))) for share in shares]
    absences = draw(st.lists(st.tuples(st.integers(0, 4), MINUTES, st.integers(1, 200)), max_size=4))
    return {
        "rungs": rungs,
        "absences": absences,
        "out": draw(st.sets(st.integers(0, 4), max_size=2)),
        "answered": draw(st.none() | MINUTES),
        "beats": sorted(draw(st.lists(MINUTES, min_size=1, max_size=8))),
    }


def test_whatever_happens_nobody_hears_too_early_twice_or_for_nothing(person, sam, case):
    cast = [person(f"Person {number}") for number in range(5)]

    @given(worlds())
    @settings(max_examples=60, deadline=None)
    def play(world):
        with transaction.atomic():
            try:
                _play(world, cast, sam, case)
            finally:
                transaction.set_rollback(True)

    play()


def _play(world, cast, sam, case):
    with event("away", by="the tests", about=case):
        for who, since, length in world["absences"]:
            begins = DUE + since * MINUTE
            Away.objects.create(user=cast[who], starts_at=begins, ends_at=begins + length * MINUTE)
        for who in world["out"]:
            Recusal.objects.create(case=case, user=cast[who])
    rungs = [Rung(share, people(*(cast[who] for who in group))) for share, group in world["rungs"]]
    ladder = Ladder("anything", "wait", "case_late", *rungs, beside=lambda record: [Beside("anything", record, [sam])])
    answered = world["answered"]
    for beat in world["beats"]:
        at = DUE + beat * MINUTE
        if answered is not None and answered <= beat and Notice.objects.exists():
            with event("acknowledge", by="the tests", about=case):
                Notice.objects.of(case, "wait").stop(at)
            assert ladder.climb(case, started=STARTED, due=DUE, at=at) == []
            continue
        new = ladder.climb(case, started=STARTED, due=DUE, at=at)
        _check(new, at, world, cast)
        assert ladder.climb(case, started=STARTED, due=DUE, at=at) == []
    everyone = list(Notice.objects.values_list("rung", "recipient"))
    assert len(everyone) == len(set(everyone))


def _check(new, at, world, cast):
    """Those who hear are there and may; and everybody hears whose turn has come."""
    numbers = {user.pk: number for number, user in enumerate(cast)}
    gone = {who for who, since, length in world["absences"] if since <= (at - DUE) / MINUTE < since + length}
    for notice in new:
        who = numbers.get(notice.recipient_id)
        if notice.sentence == "case_late":
            assert who not in gone | world["out"]
    heard, passed = set(), False
    for number, (share, group) in enumerate(world["rungs"], start=1):
        told = set(Notice.objects.filter(rung=number).values_list("recipient", flat=True))
        is_time = at >= DUE + 2 * HOUR * share
        if not is_time and not passed:
            assert not [notice for notice in new if notice.rung >= number]
            return
        there = {cast[who].pk for who in group if who not in gone | world["out"]}
        assert there - heard <= told
        heard |= told
        passed = not there


# reminders


@pytest.fixture
def reminder(amara):
    return Reminder(
        "anything",
        "nudge",
        "case",
        times=lambda record: [STARTED + HOUR, STARTED + 24 * HOUR],
        people=people(amara),
    )


def test_a_reminder_comes_at_each_of_its_times(reminder, case):
    heard = [len(reminder.climb(case, at=STARTED + hours * HOUR)) for hours in (0, 1, 2, 23, 24, 25, 100)]
    assert heard == [0, 1, 0, 0, 1, 0, 0]


def test_what_was_missed_comes_once(reminder, case):
    assert len(reminder.climb(case, at=STARTED + 50 * HOUR)) == 1
    assert reminder.climb(case, at=STARTED + 51 * HOUR) == []


def test_an_answer_ends_reminders_too(reminder, case, amara):
    reminder.climb(case, at=STARTED + HOUR)
    with event("acknowledge", by=amara, about=case):
        Notice.objects.of(case, "nudge").stop()
    assert reminder.climb(case, at=STARTED + 50 * HOUR) == []
