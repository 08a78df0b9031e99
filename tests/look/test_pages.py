"""The numbers below a long list: where one is, what is next to it, and both ends."""

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string

from harmony.look.templatetags.look import few_numbers


def page(number, *, of):
    return Paginator(range(of), 1).page(number)


@pytest.mark.parametrize(
    ("number", "of", "numbers"),
    [
        (1, 3, [1, 2, 3]),
        (1, 40, [1, 2, None, 40]),
        (20, 40, [1, None, 19, 20, 21, None, 40]),
        (40, 40, [1, None, 39, 40]),
    ],
)
def test_however_many_pages_there_are_few_numbers_stand_there(number, of, numbers):
    assert few_numbers(page(number, of=of)) == numbers


def test_each_number_keeps_what_was_chosen_and_what_is_left_out_leads_nowhere():
    drawn = render_to_string("components/pages.html", {"page": page(20, of=40), "query": "level=high&"})
    assert drawn.count('href="?level=high&amp;page=') == 7  # five numbers, the one before and the one after
    assert drawn.count("&ctdot;") == 2
    assert drawn.count('aria-current="page"') == 1


def test_one_page_needs_no_numbers():
    assert render_to_string("components/pages.html", {"page": page(1, of=1)}).strip() == ""
