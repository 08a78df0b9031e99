"""Days, times and clocks in words."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.template import Context, Template

from harmony.look import words
from harmony.look.words import Clock

NOON = datetime(2026, 6, 10, 11, tzinfo=UTC)  # noon in London, a Wednesday


def hours(count):
    return timedelta(hours=count)


def test_a_moment_is_told_in_local_time():
    assert words.clock_time(datetime(2026, 3, 10, 10, 50, tzinfo=UTC)) == "Tuesday 10 March 2026, 10:50am"
    assert words.clock_time(datetime(2026, 6, 10, 23, 5, tzinfo=UTC)) == "Thursday 11 June 2026, 12:05am"
    assert words.day(date(2026, 3, 10)) == "Tuesday 10 March 2026"
    assert words.hour(NOON) == "12pm"
    assert words.hour(time(21, 2)) == "9:02pm"


@pytest.mark.parametrize(
    ("later", "said"),
    [
        (hours(1), "1pm today"),
        (hours(21.5), "9:30am tomorrow"),
        (hours(-24), "12pm yesterday"),
        (hours(48), "12pm on Friday 12 June"),
        (hours(24 * 365), "12pm on Thursday 10 June 2027"),
    ],
)
def test_a_due_time_is_said_as_people_say_it(later, said):
    assert words.by(NOON + later, at=NOON) == said


def test_midnight_is_told_by_the_day_that_it_ends():
    assert words.by(NOON + hours(12), at=NOON) == "midnight tonight"
    assert words.by(NOON - hours(12), at=NOON) == "midnight last night"
    assert words.by(NOON + hours(60), at=NOON) == "the end of Friday 12 June"


def test_a_row_of_a_list_says_it_in_brief():
    assert words.by(NOON + hours(48), at=NOON, brief=True) == "Fri 12 Jun"
    assert words.by(NOON + hours(24 * 365), at=NOON, brief=True) == "Thu 10 Jun 2027"
    assert words.by(NOON + hours(3), at=NOON, brief=True) == "3pm today"
    assert words.by(NOON + hours(12 + 48), at=NOON, brief=True) == "Fri 12 Jun"  # the midnight that ends it


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=20), "less than a minute"),
        (timedelta(minutes=31), "31 min"),
        (hours(1), "1 hour"),
        (timedelta(hours=2, minutes=10), "2 hours 10 min"),
        (timedelta(hours=12, minutes=10), "12 hours"),
        (timedelta(days=1, hours=5), "1 day"),
        (timedelta(days=6), "6 days"),
    ],
)
def test_a_length_of_time_is_rounded_to_what_matters(length, said):
    assert words.span(length) == words.span(-length) == said


@pytest.mark.parametrize(
    ("due", "tone", "said", "share"),
    [
        (NOON + hours(5), "ok", "5 hours left", 50),
        (NOON + hours(2), "soon", "2 hours left", 71),
        (NOON - hours(3), "late", "Late by 3 hours", 100),
    ],
)
def test_a_clock_says_in_words_what_its_colour_says(due, tone, said, share):
    clock = Clock.of(due, started=NOON - hours(5), label="First read", at=NOON)
    assert (clock.tone, clock.words, clock.share) == (tone, said, share)


@pytest.mark.parametrize(("name", "said"), [("Amara Okafor", "AO"), ("Sam", "S"), ("Ana de la Cruz", "AC"), ("", "")])
def test_a_badge_has_at_most_two_letters(name, said):
    assert words.initials(name) == said


def drawn(template, **context):
    return Template(template).render(Context(context))


def test_a_state_is_a_word_and_a_shape():
    page = drawn('{% pill "red" word icon="alert" %}', word="<Late>")
    assert "&lt;Late&gt;" in page
    assert "govuk-tag--red" in page
    assert 'aria-hidden="true"' in page
    with pytest.raises(ValueError, match="No tone"):
        drawn('{% pill "purple" "Late" %}')


def test_levels_have_their_four_words():
    page = drawn("{% for code in codes %}{% level code %}{% endfor %}", codes=["critical", "high", "medium", "low", ""])
    for word in ("Critical", "High", "Medium", "Low", "Not assessed"):
        assert f"{word}</strong>" in page


def test_a_card_is_named_by_its_heading_and_escapes_what_it_is_given():
    page = drawn('{% card title tone="amber" %}<p>{{ words }}</p>{% endcard %}', title="My <reports>", words="<b>")
    assert 'aria-labelledby="card-my-reports"' in page
    assert "My &lt;reports&gt;</h2>" in page
    assert "<p>&lt;b&gt;</p>" in page


def test_a_number_can_be_tapped_and_a_moment_read_by_machines():
    assert 'href="tel:08088005000"' in drawn("{{ number|tel }}", number="0808 800 5000")
    assert drawn("{{ number|tel }}", number="") == ""
    assert drawn("{{ at|when }}", at=NOON).startswith('<time datetime="2026-06-10T11:00:00+00:00">Wednesday')
    assert drawn("{{ at|when }}", at=None) == ""
