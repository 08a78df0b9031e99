"""Bars of a chart: as tall as what they stand for, inside the drawing, and readable without it."""

from itertools import pairwise

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from harmony.look.charts import HEIGHT, WIDTH, bars

values = st.lists(st.integers(0, 10_000), min_size=1, max_size=60)


def chart(*figures):
    return bars("Reports a week", [(f"{n} March", value) for n, value in enumerate(figures)], label_heading="Week")


def test_a_bar_is_as_tall_as_what_it_stands_for():
    half, whole = chart(5, 10).bars
    assert (float(half.height), float(whole.height)) == (HEIGHT / 2, HEIGHT)
    assert float(half.y) == HEIGHT / 2 and float(whole.y) == 0
    assert (half.is_last, whole.is_last) == (False, True)


def test_a_week_without_any_is_drawn_as_a_line():
    assert float(chart(0, 0).bars[0].height) > 0
    assert bars("Nothing", []).bars == ()


@given(values)
def test_bars_stand_beside_one_another_inside_the_drawing(figures):
    drawn = chart(*figures).bars
    edges = [(float(bar.x), float(bar.x) + float(bar.width)) for bar in drawn]
    assert edges[0][0] >= 0 and edges[-1][1] <= WIDTH
    assert all(before[1] <= after[0] for before, after in pairwise(edges))
    assert all(0 <= float(bar.y) <= HEIGHT for bar in drawn)


@given(values)
def test_more_is_never_drawn_smaller(figures):
    drawn = sorted(chart(*figures).bars, key=lambda bar: bar.value)
    heights = [float(bar.height) for bar in drawn]
    assert heights == sorted(heights)


def test_the_page_says_it_in_words_and_in_a_table_without_style():
    page = render_to_string("components/chart.html", {"chart": chart(3, 1200)})
    assert 'aria-label="Reports a week: 3, 1200"' in page
    assert '<th scope="row">0 March</th><td>3</td>' in page
    assert "style=" not in page
