"""Numbers for those who answer for the whole: no case, no figure under five, and none that gives one away."""

from collections import defaultdict
from datetime import timedelta
from itertools import product

import pytest
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as some

from harmony.audit.events import event
from harmony.home.parts.numbers import _beside
from harmony.look.figures import SMALL, is_small, kept_in_words, shown, to_hide
from harmony.organisation.beginning import begin
from harmony.organisation.models import Organisation
from incidents.models import Case

pytestmark = pytest.mark.django_db
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
WEIGHED = ("medium", "ON-BULLY", "Since Sunday.", "told", "", False, "Below the threshold.", "peer")


@pytest.fixture(autouse=True)
def begun(db):
    begin(name="Harbour Youth", by="the tests")
    with event("set up", by="the tests"):
        Organisation.objects.update(hours="always")


@pytest.fixture
def dev(person):
    return person("Dev", "trustee", kind="trustee")


def test_those_who_answer_for_the_whole_see_numbers_and_no_case(home, report, dev, amara, slot):
    slot(amara, now() - 30 * DAY, 24 * 40)
    for n in range(6):
        case = report(at=now() - 2 * WEEK - timedelta(hours=n)).case
        case.triage(*WEIGHED, by=amara, at=now() - WEEK)
    page = home(dev)
    told = {promise["label"]: promise["says"] for promise in page.parts["numbers"]["promises"]}
    assert (told["Weighed in time"], told["Read in time"]) == ("None of them", "None of them")
    assert dict(page.parts["numbers"]["levels"])["Medium"] == "6"
    assert "6 concerns were reported in the 12 weeks up to Sunday" in page.words
    for case in Case.objects.all():
        assert case.reference not in page.words
    assert "Bullying" not in page.words


def test_no_small_figure_stands_on_the_page_and_the_heading_keeps_to_that(home, report, dev, amara, slot):
    slot(amara, now() - DAY, 24 * 10)
    for _n in range(2):
        report(at=now() - 2 * WEEK).case.triage(*WEIGHED, by=amara, at=now() - WEEK)
    page = home(dev)
    figures = page.parts["numbers"]
    assert {promise["says"] for promise in figures["promises"]} == {"Too few to show"}
    assert (figures["open"], figures["late"], figures["levels"]) == ("Fewer than 5", "Fewer than 5", [])
    assert page.context["finding"] == "Something is late"
    assert figures["trend"].startswith("Fewer than 5 concerns were reported")
    assert "There are too few to tell the levels apart." in page.words


def test_a_small_bar_is_as_tall_as_any_other_and_says_no_number(home, report, dev):
    report(at=now() - 2 * WEEK)
    for _n in range(3):
        report(at=now() - 14 * WEEK)
    before, last = home(dev).parts["numbers"]["chart"].bars[-2:]
    assert (before.height, before.says) == (last.height, last.says)
    assert last.says == "Fewer than 5"


def test_what_is_reported_this_week_is_in_no_figure_of_twelve_weeks_yet(home, report, dev):
    before = home(dev).parts["numbers"]
    for _n in range(6):
        report()
    after = home(dev).parts["numbers"]
    assert (after["trend"], after["chart"]) == (before["trend"], before["chart"])
    assert after["open"] == "6"


def test_the_trend_says_how_it_was_before_where_that_tells_no_small_figure():
    assert _beside(12, 9) == "That is 3 more than in the 12 weeks before."
    assert _beside(9, 12) == "That is 3 fewer than in the 12 weeks before."
    assert _beside(9, 9) == "That is as many as in the 12 weeks before."
    assert _beside(12, 2) == "That is more than in the 12 weeks before."
    assert _beside(1, 8) == "That is fewer than in the 12 weeks before."
    assert _beside(1, 0) == "That is more than in the 12 weeks before."
    assert _beside(1, 3) == _beside(3, 1) == ""


def test_a_case_about_the_chair_is_in_no_number_of_hers(home, report, gwen, ruth):
    before = home(gwen).parts["numbers"]
    for _n in range(SMALL):
        report(about=gwen, at=now() - 2 * WEEK)
    assert home(gwen).parts["numbers"] == before
    assert home(ruth).parts["numbers"]["open"] == "0"  # who lays hers beside Gwen's learns nothing


def test_a_case_about_the_dso_is_in_the_numbers_of_the_chair_alone(home, report, gwen, ruth, amara):
    for _n in range(SMALL):
        report(about=amara)
    assert home(ruth).parts["numbers"]["open"] == "0"
    assert home(gwen).parts["numbers"]["open"] == "5"
    for page in (home(ruth), home(gwen)):
        assert "Concerns that are kept apart are reported to the chair." in page.words


def test_what_came_to_a_trustee_because_nobody_answered_stands_on_their_page(home, report, dev):
    case = report().case
    assert "needs" not in home(dev).parts
    with event("set up", by="the tests"):
        Case.objects.filter(pk=case.pk).update(escalated_to="lead")
    assert [row["reference"] for row in home(dev).parts["needs"]["rows"]] == [case.reference]


@pytest.mark.parametrize(
    ("of", "kept", "says"),
    [
        (4, 4, "Too few to show"),
        (20, 20, "All of them"),
        (20, 19, "All but a few"),
        (20, 16, "All but a few"),
        (20, 15, "About 8 in 10"),
        (20, 4, "Only a few"),
        (20, 0, "None of them"),
        (6, 3, "Some of them"),
        (100, 95, "About 9 in 10"),
        (200, 5, "About 1 in 10"),
    ],
)
def test_how_promises_were_kept_is_told_in_words(of, kept, says):
    assert kept_in_words(of, kept) == says


@given(some.integers(0, 30), some.integers(0, 30), some.integers(0, 30), some.integers(0, 30))
def test_words_tell_small_numbers_of_broken_and_kept_promises_alike(kept, broken, more, fewer):
    """Whoever reads "all but a few" cannot say how few; the same words stand for each of them."""
    if is_small(broken) and kept >= SMALL:
        assert {kept_in_words(kept + few, kept) for few in range(1, SMALL)} == {kept_in_words(kept + broken, kept)}
    if is_small(kept) and broken >= SMALL:
        assert {kept_in_words(few + broken, few) for few in range(1, SMALL)} == {kept_in_words(kept + broken, kept)}


def test_a_figure_that_stands_alone_is_nought_or_five_at_least():
    assert [shown(count) for count in (0, 1, 4, 5)] == ["0", "Fewer than 5", "Fewer than 5", "5"]


@pytest.mark.parametrize(("cells", "most"), [(2, 16), (3, 13), (4, 9), (5, 7)])
def test_no_hidden_figure_can_be_worked_out_by_whoever_knows_the_total_and_this_rule(cells, most):
    """All tables of that size: what is shown of one is shown of another with another figure in each hidden place."""
    alike = defaultdict(list)
    for table in product(range(most), repeat=cells):
        hidden = to_hide(dict(enumerate(table)))
        alike[sum(table), tuple(None if place in hidden else table[place] for place in range(cells))].append(table)
    for (_total, seen), tables in alike.items():
        if max(map(max, tables)) == most - 1:
            continue  # some tables that look the same were left out
        for place in range(cells):
            assert seen[place] is not None or len({table[place] for table in tables}) > 1, tables
