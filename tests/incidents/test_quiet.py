"""A case in which nobody writes: who is told, when, and what ends it (practice.md 2.3; decision 0150)."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from harmony.audit import book
from harmony.audit.events import event
from harmony.notifications import waits
from harmony.notifications.models import Notice
from incidents.models import Case
from incidents.waits import CASES

from .conftest import AT, DAY, HOUR, MINUTE, WEIGHED, said
from .planning import LASTS, end, plan_for

pytestmark = pytest.mark.django_db
WEIGHED_AT = AT + HOUR
QUIET = WEIGHED_AT + 14 * DAY  # twice High's first seven days


def fresh(case):
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def weighed(report, line, amara):
    """weighed("high"): Amara has it, and its reporter knows; nothing but its reviews is due."""

    def make(severity="high", by=amara, **answers):
        case = report(at=AT).case
        case.triage(**WEIGHED | {"severity": severity} | answers, by=by, at=WEIGHED_AT)
        case.tell_reporter("We are on it.", by=by, at=WEIGHED_AT)
        return fresh(case)

    return make


@pytest.fixture
def quiet_sweep():
    """quiet_sweep(QUIET): who is told that a case is quiet, at that moment. (Late reviews have a ladder of their own.)"""

    def run(at):
        before = set(Notice.objects.values_list("pk", flat=True))
        waits.climb(at, CASES)
        return said(Notice.objects.filter(clock="quiet").exclude(pk__in=before))

    return run


# when


@pytest.mark.parametrize(
    ("severity", "days"), [("critical", 2), ("high", 14), ("medium", 56), ("low", 180)]
)  # twice the first gap
def test_from_the_weighing_on_it_may_grow_quiet(weighed, severity, days):
    assert weighed(severity).quiet_due == WEIGHED_AT + days * DAY


def test_before_it_is_weighed_its_other_clocks_run(report, amara):
    case = report(at=AT).case
    case.acknowledge(by=amara, at=AT)
    case.write("call", "Rang his mum.", AT, by=amara, at=AT)
    assert fresh(case).quiet_due is None


@pytest.mark.parametrize("kind", ["note", "call", "contact", "meeting", "decision", "child"])
def test_an_entry_moves_it(weighed, amara, kind):
    case = weighed()
    written = WEIGHED_AT + 3 * DAY
    case.write(kind, "He is well.", WEIGHED_AT + HOUR, by=amara, at=written)
    assert fresh(case).quiet_due == written + 14 * DAY  # from when it was written, not from when it happened


def test_an_entry_sent_twice_moves_it_once(weighed, amara):
    case = weighed()
    for days in (1, 9):
        case.write("note", "He is well.", WEIGHED_AT, by=amara, at=WEIGHED_AT + days * DAY)
    assert fresh(case).quiet_due == WEIGHED_AT + 15 * DAY


def test_reviews_widen_it_and_after_the_last_it_is_four_weeks(weighed, amara):
    case = weighed("medium")
    plan_for(case, by=amara, at=WEIGHED_AT)
    first = WEIGHED_AT + 28 * DAY
    case.review("Calm.", by=amara, at=first)
    assert fresh(case).quiet_due == first + 2 * 62 * DAY
    last = WEIGHED_AT + 90 * DAY
    case.review_for_good("Still calm.", True, **LASTS, by=amara, at=last)
    assert fresh(case).review_due is None
    assert fresh(case).quiet_due == last + 28 * DAY


def test_another_level_counts_from_the_line_it_writes(weighed, amara, tom):
    case = weighed("medium")
    case.reweigh("critical", refer=False, refer_reason="No", by=amara, at=WEIGHED_AT + DAY, why="A threat")
    assert fresh(case).quiet_due == WEIGHED_AT + 3 * DAY
    case.ask_to_lower("low", by=amara, at=WEIGHED_AT + DAY, why="It was a joke")
    case.agree(by=tom, at=WEIGHED_AT + 2 * DAY)
    assert fresh(case).quiet_due > WEIGHED_AT + 100 * DAY


def test_raising_with_a_review_late_leaves_time_to_answer(weighed, amara):
    """The late review stays due when it was; quiet, and its ladder, count the new level's first gap, not a negative one."""
    case = weighed("medium")
    raised_at = case.review_due + 3 * DAY
    case.reweigh("high", refer=False, refer_reason="No", by=amara, at=raised_at, why="It began again")
    case = fresh(case)
    assert case.review_due < raised_at
    assert case.quiet_due == raised_at + 14 * DAY
    waits.climb(raised_at, CASES)
    assert said(Notice.objects.filter(clock="review")) == [("Amara", "case_late"), ("Tom", "case_late")]


def test_closing_ends_it_and_reopening_begins_it(weighed, amara, quiet_sweep):
    case = weighed()
    end(case, "safe", "Over.", by=amara, at=WEIGHED_AT + DAY)
    assert fresh(case).quiet_due is None
    case.write("note", "A letter came.", WEIGHED_AT + 2 * DAY, by=amara, at=WEIGHED_AT + 2 * DAY)
    assert fresh(case).quiet_due is None
    assert quiet_sweep(QUIET + 400 * DAY) == []
    case.reopen(by=amara, at=WEIGHED_AT + 30 * DAY, why="Again")
    assert fresh(case).quiet_due == WEIGHED_AT + 44 * DAY


def test_the_database_lets_no_open_case_go_without(weighed):
    case = weighed()
    for wrong in ({"quiet_due": None}, {"status": "acknowledged"}):
        with pytest.raises(IntegrityError), event("try", by="the tests"), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**wrong)


# who


def test_the_deputy_hears_then_the_lead_then_the_chair(weighed, quiet_sweep, ruth, gwen):
    case = weighed()
    assert quiet_sweep(QUIET - MINUTE) == []
    assert quiet_sweep(QUIET) == [("Tom", "case_quiet")]
    assert quiet_sweep(QUIET + MINUTE) == []
    notice = Notice.objects.get(clock="quiet")
    assert (notice.urgent, notice.kind, notice.about) == (False, "case", case.pk)
    assert quiet_sweep(QUIET + 7 * DAY - MINUTE) == []
    assert quiet_sweep(QUIET + 7 * DAY) == [("Ruth", "case_quiet")]  # half of the fourteen days
    assert Case.objects.visible_to(ruth).filter(pk=case.pk).exists()
    assert quiet_sweep(QUIET + 14 * DAY) == [("Gwen", "case_quiet")]
    assert quiet_sweep(QUIET + 400 * DAY) == []  # nobody outside is named: nothing of it is late
    assert list(book.breaks()) == []


def test_a_deputy_who_has_it_is_not_asked_about_herself(weighed, tom, quiet_sweep):
    weighed(by=tom)
    assert quiet_sweep(QUIET) == [("Amara", "case_quiet")]


def test_where_the_deputy_is_away_whoever_has_it_hears(weighed, away, tom, quiet_sweep):
    away(tom, until=QUIET + 30 * DAY)
    weighed()
    assert quiet_sweep(QUIET) == [("Amara", "case_quiet")]
    assert quiet_sweep(QUIET + DAY) == []


def test_a_sole_dso_hears_of_her_own_case_before_the_lead(report, person, ruth, gwen, quiet_sweep):
    amara = person("Amara Okafor", "dso")
    case = report(at=AT).case
    case.triage(**WEIGHED, by=amara, at=WEIGHED_AT)
    assert quiet_sweep(QUIET) == [("Amara", "case_quiet")]
    assert quiet_sweep(QUIET + 7 * DAY) == [("Ruth", "case_quiet")]


def test_a_case_about_one_of_us_stays_with_its_line(report, line, leah, amara, quiet_sweep):
    case = report(about=leah, at=AT).case
    case.triage(**WEIGHED, by=amara, at=WEIGHED_AT)
    assert quiet_sweep(QUIET) == [("Ruth", "case_quiet")]  # the deputy has no part in it


def test_whoever_is_kept_out_hears_nothing(weighed, amara, tom, ruth, quiet_sweep):
    case = weighed()
    for one in (tom, ruth):
        case.recuse(one, by=amara, at=WEIGHED_AT + HOUR, why="Close to the family")
    heard = [name for days in range(14, 60) for name, _said in quiet_sweep(WEIGHED_AT + days * DAY)]
    assert heard == ["Gwen", "Dev"]  # raised past both, it is the chair's too, who does not lead it


def test_an_entry_ends_it_and_the_next_silence_is_another_round(weighed, tom, quiet_sweep):
    case = weighed()
    quiet_sweep(QUIET)
    case.write("call", "Rang: all is well.", QUIET + HOUR, by=tom, at=QUIET + HOUR)
    assert not Notice.objects.waiting().filter(clock="quiet").exists()
    assert quiet_sweep(QUIET + 7 * DAY) == []
    assert quiet_sweep(QUIET + HOUR + 14 * DAY) == [("Tom", "case_quiet")]
    assert list(Notice.objects.filter(clock="quiet").order_by("rung").values_list("rung", flat=True)) == [1, 11]


def test_what_was_written_as_the_sweep_ran_stops_it(weighed, amara):
    """The sweep has read it as quiet; before it tells anybody it asks again."""
    stale = weighed()
    stale.since = stale.quiet_due
    fresh(stale).write("note", "He is well.", QUIET, by=amara, at=QUIET)
    assert not stale.still_runs("quiet")
    assert fresh(stale).still_runs("quiet")


# where it is seen


def test_it_stands_in_the_list_and_on_its_pages(organisation, weighed, amara, sign_in, quiet_sweep):
    case = weighed()
    assert list(Case.objects.quiet(QUIET)) == [case]
    assert case in Case.objects.needing_somebody(QUIET)
    assert list(Case.objects.quiet(QUIET - MINUTE)) == []
    _move(case, datetime.now(UTC) - timedelta(minutes=1))
    dso = sign_in(amara)
    shown = words(dso.get("/cases/?show=quiet"))
    assert "Gone quiet" in shown
    assert case.reference in shown
    since = "Nobody has written in it since Tuesday 24 November 2026."
    for name in ("case", "chronology", "actions"):
        assert since in words(dso.get(reverse(f"incidents:{name}", args=[case.pk])))
    case.write("note", "He is well.", datetime.now(UTC), by=amara)
    assert "Nobody has written" not in words(dso.get(case.get_absolute_url()))
    assert case.reference not in words(dso.get("/cases/?show=quiet"))


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def _move(case, quiet_due):
    with event("wait", by="the tests", about=case):
        Case.objects.filter(pk=case.pk).update(quiet_due=quiet_due)


@pytest.mark.only("postgresql")
def test_it_is_found_by_its_partial_index(weighed):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "cases_by_quiet_due" in Case.objects.waiting("quiet", QUIET).order_by("since", "pk").explain()
