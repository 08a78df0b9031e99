"""Opening hours as people write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from harmony.organisation.hours import DAYS, open_at, opened, spans

LONDON = ZoneInfo("Europe/London")
clocks = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
days = st.sampled_from([day.title() for day in DAYS])
parts = st.builds("{}-{} {}-{}".format, days, days, clocks, clocks)
texts = st.lists(parts, min_size=1, max_size=4).map("; ".join)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


def london(*parts):
    return datetime(*parts, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("text", "moment", "is_open"),
    [
        ("Mon-Fri 09:00-17:00", london(2026, 11, 27, 16, 59), True),
        ("Mon-Fri 09:00-17:00", london(2026, 11, 27, 17), False),  # the minute they close
        ("Mon-Fri 09:00-17:00", london(2026, 11, 28, 12), False),
        ("Mon-Fri 9:00-17:00; sat 10:00–12:00", london(2026, 11, 28, 11), True),
        ("Fri 17:00-09:00", london(2026, 11, 28, 8, 59), True),  # past midnight, into Saturday
        ("Fri 17:00-09:00", london(2026, 11, 28, 9), False),
        ("Fri 17:00-09:00", london(2026, 11, 27, 8), False),  # the morning before is not that night
        ("Sat-Mon 10:00-11:00", london(2026, 11, 29, 10), True),  # round the weekend
        ("Sat-Mon 10:00-11:00", london(2026, 11, 25, 10), False),
        ("Mon 09:00-24:00", london(2026, 11, 23, 23, 59), True),
        ("always", london(2026, 12, 25, 3), True),
        ("", london(2026, 11, 27, 12), False),
        # the clocks go back on 25 October: 1:30 comes twice, and both are before half past two
        ("Sun 00:00-02:30", london(2026, 10, 25, 1, 30), True),
        ("Sun 00:00-02:30", london(2026, 10, 25, 1, 30).replace(fold=1), True),
        ("Sun 00:00-01:00", london(2026, 10, 25, 1, 30).replace(fold=1), False),
        # and forward on 29 March: nine o'clock is eight o'clock UTC
        ("Sun 09:00-10:00", datetime(2026, 3, 29, 8, tzinfo=UTC), True),
        ("Sun 09:00-10:00", datetime(2026, 3, 29, 9, tzinfo=UTC), False),
    ],
)
def test_hours_are_open_by_the_clock_on_the_wall(text, moment, is_open):
    assert open_at(text, moment) is is_open


@pytest.mark.parametrize(
    "text", ["Mo 09:00-17:00", "Mon 9-17", "Mon 09:00-25:00", "Mon-Fri", "Mon 09:00-17:00 ; x", "Mon ٠٩:00-17:00", "\0"]
)
def test_hours_that_make_no_sense_are_met_with_an_example(text):
    with pytest.raises(ValidationError, match="Mon-Fri 09:00-17:00"):
        spans(text)


@given(texts, moments)
def test_open_means_inside_one_of_the_openings(text, moment):
    around = opened(text, moment - timedelta(days=1), moment + timedelta(days=1))
    assert open_at(text, moment) == any(opens <= moment < closes for opens, closes in around)


@given(moments)
def test_always_has_no_gap_even_when_the_clocks_change(moment):
    assert open_at("always", moment)


@given(texts, moments)
def test_every_opening_touches_the_time_asked_about_and_lasts_at_most_a_day_and_an_hour(text, moment):
    until = moment + timedelta(days=3)
    for opens, closes in opened(text, moment, until):
        assert opens <= until and closes > moment
        assert closes - opens <= timedelta(hours=25)
