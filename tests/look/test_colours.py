"""Colours: measured as WCAG 2.2 measures them, and never worn where they could not be read."""

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from harmony.look import colours
from harmony.look.colours import DARK, MAIN, contrast, dark_of, dark_pairs, darker, failing, main_pairs, parse, worn

TOKENS = settings.BASE / "frontend/scss/_tokens.scss"
COLOURS = st.tuples(*3 * [st.integers(0, 255)]).map(lambda parts: "#{:02x}{:02x}{:02x}".format(*parts))


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#777777", "#ffffff", 4.48),
        ("#16262c", "#faf7f2", 14.58),
        ("#0b5c66", "#0b5c66", 1),
    ],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_our_own_colours_can_be_read_and_are_those_of_the_stylesheet():
    assert failing(main_pairs(MAIN) + dark_pairs(DARK)) is None
    tokens = TOKENS.read_text()
    assert f"--brand-700: {MAIN};" in tokens
    assert f"--brand-900: {DARK};" in tokens
    for _what, surface in colours.SURFACES:
        assert surface in tokens


def test_just_short_is_short():
    pair = next(pair for pair in main_pairs("#777777") if pair.back == "#777777")
    assert (pair.holds, pair.rounded) == (False, 4.4)


@given(COLOURS)
def test_whatever_is_typed_there_is_a_darker_one_that_works(typed):
    main = darker(typed, main_pairs)
    assert failing(main_pairs(main)) is None
    assert failing(dark_pairs(dark_of(main), main)) is None


@given(COLOURS)
def test_one_that_works_is_left_as_it_is(typed):
    if not failing(main_pairs(typed)):
        off = [abs(int(typed[at : at + 2], 16) - int(darker(typed, main_pairs)[at : at + 2], 16)) for at in (1, 3, 5)]
        assert max(off) <= 1  # rounding there and back


@pytest.mark.parametrize("typed", ["#0B5C66", "0b5c66", " #0b5c66 "])
def test_a_colour_is_read_as_people_write_it(typed):
    assert parse(typed) == "#0b5c66"


@pytest.mark.parametrize(
    "typed", ["teal", "#12", "#12345g", "#0b5c66;}body{", "rgb(1,2,3)", "#1234567", "\n#0b5c66\n}"]
)
def test_anything_else_is_none(typed):
    with pytest.raises(ValueError, match="no colour"):
        parse(typed)


def test_three_digits_are_six():
    assert parse("#abc") == "#aabbcc"


def test_what_is_left_empty_follows_from_the_other():
    assert worn("", "") is None
    assert worn("#6a1b9a", "") == ("#6a1b9a", dark_of("#6a1b9a"))
    assert worn("", "#1a1a1a") == (MAIN, "#1a1a1a")
    assert worn(MAIN, "") == (MAIN, DARK)


def test_every_colour_of_the_stylesheet_that_is_ours_is_put_in_place():
    """A brand property that this forgot would stay teal on a purple page."""
    ours = {
        line.split(":")[0].strip() for line in TOKENS.read_text().splitlines() if line.strip().startswith("--brand-")
    }
    assert ours <= set(colours.properties(MAIN, DARK))
