"""What a reporter is promised before sending is what the clocks keep after it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.audit.events import event
from harmony.organisation.worktime import WorkingTime
from harmony.people.models import Away, OnCall
from incidents.clocks import Clocks
from incidents.levels import DEFAULTS
from incidents.promises import promise_for, promised

LONDON = ZoneInfo("Europe/London")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 11, 23, 10, tzinfo=LONDON)
NIGHT = MONDAY - 8 * HOUR


@pytest.fixture
def slot(db):
    def make(user, since, until):
        with event("add", by="the tests"):
            return OnCall.objects.create(user=user, phone="01632 960 001", starts_at=since, ends_at=until)

    return make


@pytest.mark.django_db
class TestFromTheRota:
    def test_somebody_is_on_call(self, amara, tom, slot):
        slot(amara, MONDAY - HOUR, MONDAY + 7 * HOUR)
        promise = promise_for("child", at=MONDAY)
        assert promise.covered_now and promise.next_cover == MONDAY
        assert promise.by == MONDAY + 2 * HOUR
        assert promise.tell_by is None  # seven hours of cover are not eight
        assert set(promise.readers) == {amara, tom}

    def test_out_of_hours_nobody_reads_it_until_then(self, amara, slot):
        slot(amara, MONDAY - HOUR, MONDAY + 9 * HOUR)
        promise = promise_for("child", at=NIGHT)
        assert not promise.covered_now and promise.next_cover == MONDAY - HOUR
        assert promise.by == MONDAY + HOUR
        pressing = promise_for("child", pressing=True, at=NIGHT)
        assert pressing.by is None  # half an hour from now nobody is there
        assert pressing.next_cover == MONDAY - HOUR

    def test_with_nobody_on_the_rota_nothing_is_promised(self, amara):
        promise = promise_for("child", at=MONDAY)
        assert (promise.by, promise.tell_by, promise.covered_now, promise.next_cover) == (None, None, False, None)
        assert promise.readers == [amara]

    def test_whoever_it_is_about_keeps_no_promise(self, amara, ruth, slot):
        slot(amara, MONDAY - HOUR, MONDAY + DAY)
        slot(ruth, MONDAY + 5 * HOUR, MONDAY + 2 * DAY)
        promise = promise_for("worker", [amara], at=MONDAY)
        assert promise.by == MONDAY + 7 * HOUR
        assert promise.readers == [ruth]

    def test_away_with_nobody_to_stand_in_is_no_cover(self, amara, slot):
        slot(amara, MONDAY - HOUR, MONDAY + DAY)
        Away(user=amara).say(MONDAY + 3 * HOUR, None, MONDAY - HOUR, by=amara)
        assert promise_for("child", at=MONDAY).by == MONDAY + 5 * HOUR

    def test_it_is_what_filing_then_keeps(self, report, amara, slot):
        slot(amara, MONDAY - HOUR, MONDAY + 12 * HOUR)
        for danger in ("yes", "no"):
            for at in (NIGHT, MONDAY, MONDAY + 11 * HOUR):
                promise = promise_for("child", pressing=danger == "yes", at=at)
                case = report(at=at, danger=danger).case
                assert promise.by is None or promise.by == case.acknowledge_due
                assert promise.tell_by is None or promise.tell_by == case.tell_due


moments = st.datetimes(datetime(2026, 11, 1), datetime(2026, 12, 31), timezones=st.just(LONDON))


@given(moments, moments, st.timedeltas(HOUR, 3 * DAY), st.booleans())
def test_nothing_is_promised_for_a_time_in_which_nobody_is_there(at, since, length, pressing):
    cover = ((since, since + length),)
    promise = promised(Clocks(DEFAULTS, WorkingTime(), cover), at, pressing=pressing, track="child", readers=[])
    assert promise.covered_now == (since <= at < since + length)
    if promise.by:
        assert since < promise.by and max(since, at) < since + length
    if promise.tell_by:
        assert promise.by <= promise.tell_by
