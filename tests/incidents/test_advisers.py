"""Where a rule takes two and nobody of the line is left, somebody from outside is asked into that one case (practice.md 2.3)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from harmony.audit.transitions import Refused
from harmony.notifications import waits
from harmony.notifications.models import Notice
from incidents.ladders import ASKED_TO_CLOSE
from incidents.models import Case
from incidents.waits import ENDS

from .conftest import AT, DAY, HOUR
from .planning import EARLY, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]


@pytest.fixture
def adviser(person):
    """An account without a post."""
    return person("Nadia Rahman")


@pytest.fixture
def alone(planned, amara, tom):
    """A High case that Amara has, with nobody else in its line: Tom, the deputy, is kept out of it."""
    case = planned()
    case.decide_charity(False, "No serious incident.", by=amara, at=AT + HOUR)
    case.recuse(tom, by=amara, why="He coaches the boy.")
    assert list(case.line()) == [amara]
    return case


@pytest.fixture
def asked_in(alone, amara, adviser):
    """asked_in: the adviser who was asked into that case; they hold no post."""
    alone.ask_in(adviser, by=amara, at=AT + 2 * HOUR, why="She leads safeguarding at the parish.")
    return adviser


def test_nobody_is_asked_in_while_somebody_of_the_line_is_left(report, amara, tom, adviser):
    case = report(at=AT).case
    case.acknowledge(by=amara, at=AT)
    with pytest.raises(PermissionDenied):
        case.ask_in(adviser, by=amara, why="She is wise.")
    assert not case.grants.exists()


def test_an_adviser_reads_this_case_and_no_other(alone, asked_in, report):
    other = report(at=AT).case
    assert set(Case.objects.visible_to(asked_in)) == {alone}
    assert other not in Case.objects.visible_to(asked_in)
    for step, told in (
        (alone.write, {"words": "I was here", "kind": "note", "happened_at": AT}),
        (alone.ask_in, {"colleague": asked_in, "why": "Me too"}),
        (alone.unshare, {"colleague": asked_in}),
    ):
        with pytest.raises(PermissionDenied):
            step(**told, by=asked_in)


def test_they_agree_that_it_is_closed_and_are_told_of_that(alone, asked_in, amara, adviser):
    told = Notice.objects.filter(about=alone.pk, recipient=adviser)
    before = told.count()
    alone.ask_to_close(**EARLY, by=amara, at=AT + DAY)
    assert told.count() == before + 1
    fresh(alone).agree_to_close(by=asked_in, at=AT + DAY + HOUR)
    case = fresh(alone)
    assert (case.status, case.close_agreed_by) == ("closed", adviser)


def test_they_are_asked_again_after_two_days_as_the_line_would_be(alone, asked_in, amara):
    alone.ask_to_close(**EARLY, by=amara, at=AT + DAY)
    waits.climb(AT + DAY + ASKED_TO_CLOSE, ENDS)
    assert {one.recipient for one in Notice.objects.filter(clock="close_late")} == {asked_in}


def test_they_may_say_no(alone, asked_in, amara):
    alone.ask_to_close(**EARLY, by=amara, at=AT + DAY)
    fresh(alone).keep_open(by=asked_in, at=AT + DAY + HOUR, why="Ask her first how she is.")
    assert fresh(alone).close_as == ""
    alone.ask_to_lower("medium", by=amara, at=AT + DAY, why="It is over.")
    fresh(alone).decline(by=asked_in, at=AT + DAY + HOUR, why="Not yet.")
    assert fresh(alone).severity == "high"


def test_they_agree_to_a_lower_level_and_to_letting_somebody_in(alone, asked_in, amara, tom):
    alone.ask_to_lower("medium", by=amara, at=AT + DAY, why="It is over.")
    fresh(alone).agree(by=asked_in, at=AT + DAY + HOUR)
    assert fresh(alone).severity == "medium"
    alone.ask_to_let_in(tom, by=amara, at=AT + DAY, why="It was another boy.")
    fresh(alone).let_in(tom, by=asked_in, at=AT + DAY + HOUR)
    assert not alone.recusals.filter(user=tom).exists()


def test_whoever_asked_or_has_the_case_never_agrees_to_their_own(alone, asked_in, amara):
    alone.ask_to_close(**EARLY, by=amara, at=AT + DAY)
    with pytest.raises(PermissionDenied):
        fresh(alone).agree_to_close(by=amara, at=AT + DAY)


def test_whoever_is_kept_out_is_not_asked_in_and_an_adviser_kept_out_later_sees_nothing(alone, asked_in, amara, tom):
    with pytest.raises(Refused, match="has no part"):
        alone.ask_in(tom, by=amara, why="He knows it.")
    with pytest.raises(Refused, match="works the case already"):
        alone.ask_in(amara, by=amara, why="Myself.")
    alone.ask_to_close(**EARLY, by=amara, at=AT + DAY)
    alone.recuse(asked_in, by=amara, why="She is his aunt.")
    assert not Case.objects.visible_to(asked_in).exists()
    with pytest.raises(PermissionDenied):
        fresh(alone).agree_to_close(by=asked_in, at=AT + DAY)


def test_it_can_be_stopped_and_their_word_counts_no_more(alone, asked_in, amara):
    alone.ask_to_close(**EARLY, by=amara, at=AT + DAY)
    alone.unshare(asked_in, by=amara)
    with pytest.raises(PermissionDenied):
        fresh(alone).agree_to_close(by=asked_in, at=AT + DAY)


def test_they_agree_that_a_file_is_destroyed_and_see_no_other_file(alone, asked_in, amara, keep, sign_in):
    kept, asked = keep(alone), keep(alone, "more.txt", b"Another one, in other words.")
    asked.lock_away(by=amara)
    window = sign_in(asked_in)
    assert window.get(asked.get_absolute_url()).status_code == 404
    asked.ask_to_destroy("42/118/26", by=amara, why="DC Shah says that they have it.")
    assert window.get(kept.get_absolute_url()).status_code == 404
    assert "I agree: destroy it for good" in window.get(asked.get_absolute_url()).text
    assert "may a file be destroyed" in window.get(alone.get_absolute_url()).text
    window.post(reverse("incidents:destroy", args=[asked.pk]))
    assert fresh(asked).destroyed_by == asked_in


def test_the_pages_ask_them_one_thing_and_offer_no_other(alone, asked_in, amara, sign_in):
    at = {
        name: reverse(f"incidents:{name}", args=[alone.pk])
        for name in ("case", "close", "level", "keep_open", "sharing")
    }
    window = sign_in(asked_in)
    page = window.get(at["case"]).content.decode()
    assert "asked in as an adviser" in page
    assert "You are asked" not in page
    assert [window.get(at[name]).status_code for name in ("close", "level", "keep_open", "sharing")] == [403] * 4
    alone.ask_to_close(**EARLY, by=amara, at=AT + DAY)
    page = window.get(at["case"]).content.decode()
    assert "You are asked: may this case be closed?" in page
    assert at["close"] in page
    assert "I agree: close this case" in window.get(at["close"]).content.decode()
    assert window.get(at["level"]).status_code == 403
    alone.ask_to_lower("medium", by=amara, at=AT + DAY, why="It is over.")
    page = window.get(at["level"]).text
    assert "I agree: lower it to Medium" in page
    assert "Save the level" not in page
    window.post(reverse("incidents:agree_to_close", args=[alone.pk]))
    assert fresh(alone).status == "closed"


def test_the_page_that_says_nobody_is_left_leads_to_it(alone, amara, adviser, sign_in):
    window = sign_in(amara)
    at = reverse("incidents:ask_in", args=[alone.pk])
    assert at in window.get(reverse("incidents:sharing", args=[alone.pk])).content.decode()
    alone.ask_to_close(**EARLY, by=amara, at=AT + DAY)
    assert at in window.get(reverse("incidents:close", args=[alone.pk])).content.decode()
    assert "Error" in window.post(at, {"colleague": adviser.pk, "why": ""}).text
    assert window.post(at, {"colleague": adviser.pk, "why": "She leads at the parish."}).status_code == 302
    shown = window.get(reverse("incidents:sharing", args=[alone.pk])).content.decode()
    assert "Adviser" in shown
    assert "She leads at the parish." in shown
    printed = window.post(reverse("incidents:print_case", args=[alone.pk]), {"purpose": "For the meeting."})
    assert "Nadia Rahman (adviser)" in printed.text


def test_while_somebody_is_left_there_is_no_such_page(report, amara, tom, sign_in):
    case = report(at=AT).case
    window = sign_in(amara)
    at = reverse("incidents:ask_in", args=[case.pk])
    assert window.get(at).status_code == 403
    assert at not in window.get(reverse("incidents:sharing", args=[case.pk])).content.decode()
