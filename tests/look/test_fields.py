"""Dates in boxes and moments with a clock time, however people write them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime, now

from harmony.look.forms import DateField, Form, MomentField


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["27", "3", "2012"], date(2012, 3, 27)),
        (["7", "March", "2026"], date(2026, 3, 7)),
        ([" 07 ", "sept", "2026"], date(2026, 9, 7)),
        (["29", "02", "2024"], date(2024, 2, 29)),
    ],
)
def test_a_day_is_read_as_people_write_it(typed, meant):
    assert DateField().clean(typed) == meant


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (["", "3", "2012"], "day"),
        (["32", "3", "2012"], "day"),
        (["²", "3", "2012"], "day"),
        (["٣", "3", "2012"], "day"),
        (["9" * 5000, "3", "2012"], "day"),
        (["1", "Ma", "2012"], "month"),
        (["1", "13", "2012"], "month"),
        (["1", "\x00", "2012"], "month"),
        (["1", "3", "26"], "year"),
        (["1", "3", "0000"], "year"),
        (["1", "3", "-200"], "year"),
        (["31", "2", "2026"], "no_such_day"),
        (["29", "2", "2025"], "no_such_day"),
        ([None, None, None], "required"),
        ([], "required"),
        (["1"], "month"),
    ],
)
def test_a_day_that_cannot_be_read_says_which_part(typed, code):
    with pytest.raises(ValidationError) as refusal:
        DateField().clean([*typed, *[""] * (3 - len(typed))] if typed else typed)
    assert refusal.value.code == code


def test_a_day_to_come_is_refused_where_it_must_be_past():
    tomorrow = localtime(now()).date() + timedelta(days=1)
    typed = [str(tomorrow.day), str(tomorrow.month), str(tomorrow.year)]
    assert DateField().clean(typed) == tomorrow
    with pytest.raises(ValidationError, match="not come yet"):
        DateField(past=True).clean(typed)


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        ("4:30pm", (15, 30)),
        ("4.30 PM", (15, 30)),
        ("4pm", (15, 0)),
        ("16:30", (15, 30)),
        ("1630", (15, 30)),
        ("09:05", (8, 5)),
        ("12am", (23, 0)),
        ("12pm", (11, 0)),
        ("4 p.m.", (15, 0)),
    ],
)
def test_a_clock_time_is_local_however_it_is_written(typed, utc):
    moment = MomentField().clean(["10", "6", "2026", typed]).astimezone(UTC)
    assert (moment.hour, moment.minute) == utc


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "time"), ("25:00", "time"), ("13pm", "time"), ("noonish", "time"), ("4:30", "half"), ("4", "half")],
)
def test_a_clock_time_that_could_mean_two_things_is_asked_again(typed, code):
    with pytest.raises(ValidationError) as refusal:
        MomentField().clean(["10", "6", "2026", typed])
    assert refusal.value.code == code


def test_a_moment_to_come_is_refused_where_it_must_be_past():
    later = localtime(now() + timedelta(minutes=2))
    typed = [str(later.day), str(later.month), str(later.year), f"{later:%H:%M}"]
    assert MomentField().clean(typed)
    with pytest.raises(ValidationError, match="not come yet"):
        MomentField(past=True).clean(typed)


class When(Form):
    on = DateField(required=False)
    at = MomentField()


def test_what_was_typed_stands_in_the_boxes_again_wrong_or_right():
    form = When({"on_day": "31", "on_month": "2", "on_year": "2026", "at_day": "x", "at_time": "half four"})
    assert not form.is_valid()
    page = str(form)
    for typed in ("31", "2026", "half four"):
        assert f'value="{typed}"' in page


def test_boxes_start_with_what_is_known():
    page = str(When(initial={"on": date(2012, 3, 27), "at": datetime(2026, 6, 10, 15, 30, tzinfo=UTC)}))
    for known in ("27", "2012", "4:30pm"):
        assert f'value="{known}"' in page


def test_an_empty_date_may_be_left_out():
    form = When({"at_day": "10", "at_month": "6", "at_year": "2026", "at_time": "4pm"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["on"] is None


@pytest.mark.parametrize("typed", ["1:30am", "01:00", "1.59 am"])
def test_a_time_that_the_clocks_left_out_is_asked_again(typed):
    with pytest.raises(ValidationError) as refusal:
        MomentField(past=True).clean(["29", "3", "2026", typed])
    assert refusal.value.code == "left_out"
    [said] = refusal.value.messages
    assert said.startswith("The clocks went forward that night: 1") and said.endswith("Write the time before or after.")


def test_one_to_come_is_told_as_to_come():
    with pytest.raises(ValidationError, match="1:30am will not happen"):
        MomentField().clean(["29", "3", "2195", "1:30am"])


@pytest.mark.parametrize(("typed", "utc"), [("00:59", (0, 59)), ("02:00", (1, 0)), ("3am", (2, 0))])
def test_the_times_beside_it_are_taken(typed, utc):
    moment = MomentField().clean(["29", "3", "2026", typed]).astimezone(UTC)
    assert (moment.hour, moment.minute) == utc


def test_a_time_that_came_twice_is_the_earlier_one():
    moment = MomentField().clean(["25", "10", "2026", "1:30am"])
    assert moment.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
