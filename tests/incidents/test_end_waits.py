"""An end that waits for a second person: asked again, then of those above, until somebody says yes or no."""

import pytest

from harmony.notifications import waits
from harmony.notifications.models import Notice
from incidents.ladders import ASKED_TO_CLOSE
from incidents.models import Case
from incidents.waits import ENDS

from .conftest import AT, DAY, MINUTE
from .planning import EARLY, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
ASKED_AT = AT + DAY


@pytest.fixture
def asked(planned, amara, tom, ruth, gwen):
    """Amara, who has it, asks to close it; Tom could agree."""
    case = planned()
    case.decide_charity(False, "Nothing serious enough happened.", by=amara, at=ASKED_AT)
    case.ask_to_close(**EARLY, by=amara, at=ASKED_AT)
    return case


def told():
    return [one.recipient.name for one in Notice.objects.filter(clock="close_late").order_by("pk")]


def names(*people):
    return {user.name for user in people}


def test_the_second_person_is_asked_again_and_then_those_above(asked, tom, ruth, gwen):
    late = ASKED_AT + ASKED_TO_CLOSE
    waits.climb(late - MINUTE, ENDS)
    assert told() == []
    waits.climb(late, ENDS)
    waits.climb(late, ENDS)  # twice is once
    assert told() == [tom.name]  # never Amara, who has it and asked
    assert not Case.objects.visible_to(ruth).exists()
    waits.climb(late + ASKED_TO_CLOSE, ENDS)
    assert set(told()) == names(tom, ruth)
    assert Case.objects.visible_to(ruth).exists()
    waits.climb(late + 2 * ASKED_TO_CLOSE, ENDS)
    assert set(told()) == names(tom, ruth, gwen)
    assert {one.sentence for one in Notice.objects.filter(clock="close_late")} == {"case_second"}
    fresh(asked).agree_to_close(by=ruth, at=late + 3 * ASKED_TO_CLOSE)
    assert fresh(asked).status == "closed"


def test_who_asked_for_another_is_not_asked_nor_is_who_has_it(planned, amara, tom, ruth, gwen):
    case = planned()
    case.decide_charity(False, "Nothing serious enough happened.", by=amara, at=ASKED_AT)
    case.ask_to_close(**EARLY, by=tom, at=ASKED_AT)
    waits.climb(ASKED_AT + 2 * ASKED_TO_CLOSE, ENDS)
    assert not set(told()) & names(amara, tom)
    assert ruth.name in told()


@pytest.mark.parametrize("says", ["agree", "keep"])
def test_an_answer_ends_it_and_nobody_hears_more(asked, amara, tom, says):
    waits.climb(ASKED_AT + ASKED_TO_CLOSE, ENDS)
    answered_at = ASKED_AT + ASKED_TO_CLOSE + MINUTE
    if says == "agree":
        fresh(asked).agree_to_close(by=tom, at=answered_at)
    else:
        fresh(asked).keep_open(by=tom, at=answered_at, why="Too soon.")
    assert not Notice.objects.filter(clock="close_late", stopped_at=None).exists()
    waits.climb(answered_at + 5 * ASKED_TO_CLOSE, ENDS)
    assert told() == [tom.name]


def test_who_is_kept_out_is_not_asked(asked, amara, tom, ruth):
    asked.recuse(tom, by=amara, at=ASKED_AT, why="They are close.")
    waits.climb(ASKED_AT + 2 * ASKED_TO_CLOSE, ENDS)
    assert tom.name not in told() and ruth.name in told()
