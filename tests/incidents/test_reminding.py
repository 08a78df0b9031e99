"""Actions remind whoever has to do them, and second looks climb past whoever does not answer."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from harmony.audit import book
from harmony.notifications import waits
from harmony.notifications.models import Notice
from incidents.models import Case, SecondLook
from incidents.waits import ACTIONS, LOOKS

from .conftest import AT, DAY, HOUR, MINUTE, WEIGHED, said

pytestmark = pytest.mark.django_db
EIGHT = datetime(2026, 11, 30, 8, tzinfo=ZoneInfo("Europe/London"))  # a Monday
WORDS = "Nobody rang me back."


@pytest.fixture
def action(report, line, tom, leah):
    """Leah is to ring the school by that Monday; Tom has the case."""
    case = report(at=AT).case
    case.triage(**WEIGHED, by=tom, at=AT + HOUR)
    case.give("Ring the school", leah, date(2026, 11, 30), by=tom)
    return case.actions.get()


def remind(at):
    before = set(Notice.objects.values_list("pk", flat=True))
    waits.climb(at, [*ACTIONS, *LOOKS])
    return said(Notice.objects.exclude(pk__in=before))


def test_an_action_reminds_on_its_day_and_after_it_and_tells_whoever_has_the_case(action):
    assert remind(EIGHT - MINUTE) == []
    assert remind(EIGHT) == [("Leah", "action")]
    assert remind(EIGHT + HOUR) == []
    assert remind(EIGHT + DAY) == [("Leah", "action_late"), ("Tom", "case_action")]
    assert remind(EIGHT + DAY + HOUR) == []
    assert remind(EIGHT + 7 * DAY) == [("Leah", "action_late"), ("Tom", "case_action")]
    for days in (14, 28):
        assert len(remind(EIGHT + days * DAY)) == 2
    assert remind(EIGHT + 300 * DAY) == []
    assert not Notice.objects.filter(kind__in=["action", "case_action"], urgent=True).exists()


def test_what_is_done_or_not_needed_reminds_nobody(action, leah):
    remind(EIGHT)
    action.finish("They will ring back.", by=leah, at=EIGHT + HOUR)
    assert remind(EIGHT + 9 * DAY) == []
    assert not Notice.objects.waiting().filter(recipient=leah).exists()


def test_a_worker_that_slept_reminds_once(action):
    assert remind(EIGHT + 10 * DAY) == [("Leah", "action_late"), ("Tom", "case_action")]
    assert remind(EIGHT + 11 * DAY) == []


def test_one_who_does_it_and_has_the_case_hears_once(action, tom, leah):
    action.hand_over(tom, by=tom)
    assert remind(EIGHT + DAY) == [("Tom", "action_late")]


def test_kept_out_later_she_is_not_reminded(action, tom, leah):
    action.case.recuse(leah, by=tom, why="Her nephew")
    assert remind(EIGHT + DAY) == [("Tom", "case_action")]


def test_the_links_lead_to_the_action_and_to_the_case(action):
    remind(EIGHT + DAY)
    links = {notice.kind: notice.link for notice in Notice.objects.filter(kind__endswith="action")}
    assert links["action"] == f"/my-actions/{action.pk}/"
    assert links["case_action"] == f"/cases/{action.case_id}/actions/"


@pytest.fixture
def look(report, line, sam, tom):
    """Sam asked the lead; Tom works the case."""
    filed = report(at=AT)
    filed.case.triage(**WEIGHED, by=tom, at=AT + HOUR)
    filed.ask_above(WORDS, by=sam, at=AT + 2 * HOUR)
    return SecondLook.objects.get()


def test_a_late_second_look_climbs_to_the_next_above(look, gwen, ruth):
    assert remind(look.due_at - MINUTE) == []
    assert not SecondLook.objects.visible_to(gwen).exists()
    assert remind(look.due_at) == [("Ruth", "second_look_late"), ("Gwen", "second_look_late")]
    assert remind(look.due_at + MINUTE) == []
    assert SecondLook.objects.visible_to(gwen).get() == look
    for one in (ruth, gwen):
        assert Case.objects.visible_to(one).filter(pk=look.report.case_id).exists()
    look.reply("I have rung his mum.", by=gwen, at=look.due_at + HOUR)
    assert remind(look.due_at + 30 * DAY) == []
    assert list(book.breaks()) == []


def test_nobody_answers_at_all_and_its_reporter_sees_whom_to_ring(look):
    remind(look.due_at)
    half = (look.due_at - look.asked_at) / 2
    assert remind(look.due_at + half - MINUTE) == []
    assert sorted(remind(look.due_at + half)) == [(name, "nobody") for name in ("Gwen", "Ruth", "Sam")]
    assert remind(look.due_at + 9 * half) == []


def test_whoever_is_kept_out_or_away_is_passed(look, person, away, gwen, ruth, tom):
    vic = person("Vic", "vice", kind="trustee")
    away(gwen)
    look.report.case.recuse(ruth, by=tom, at=AT + 3 * HOUR, why="Her neighbour")
    assert remind(look.due_at) == [("Vic", "second_look_late")]
    assert SecondLook.objects.visible_to(vic).exists() and not SecondLook.objects.visible_to(ruth).exists()


def test_the_deputy_who_works_it_hears_nothing_of_a_look(look, tom):
    remind(look.due_at + timedelta(days=40))
    assert not Notice.objects.filter(recipient=tom, clock="look_late").exists()
