"""Every clock of a case is watched: who hears when something was not read, weighed, told or reviewed in time."""

import logging

import pytest

from harmony.audit import book
from harmony.audit.events import event
from harmony.notifications import inbox, waits
from harmony.notifications.models import Notice
from harmony.notifications.sweeps import SweepFailed
from incidents.models import Case

from .conftest import AT, DAY, HOUR, MINUTE, WEIGHED, said
from .planning import end, plan_for

pytestmark = pytest.mark.django_db
REFERRED = WEIGHED | {"refer": True, "refer_reason": "To the front door, today."}


@pytest.fixture
def weighed(report, line, on_call, amara, tom):
    """weighed("high"): filed at ten, Amara on call; Tom has weighed it at eleven, and has it."""

    def make(severity="high", **answers):
        on_call(amara)
        case = report(at=AT).case
        case.triage(**REFERRED | {"severity": severity} | answers, by=tom, at=AT + HOUR)
        return Case.objects.get(pk=case.pk)

    return make


def told(clock):
    return said(Notice.objects.filter(clock=clock))


# read, and not weighed, where no time was promised


def test_what_was_read_and_has_no_time_to_be_weighed_by_waits_at_once(report, line, sweep, amara, tom):
    case = report(at=AT).case
    case.acknowledge(by=tom, at=AT + 10 * MINUTE)
    assert case.triage_due is None
    assert list(Case.objects.needing_somebody(AT + 10 * MINUTE)) == [case]
    assert Case.objects.urgent_first(AT + 10 * MINUTE).first() == case
    assert str(case.next_clock(AT + HOUR).label) == "Weigh it: no time was promised"
    assert sweep(AT + 11 * MINUTE) == [("Amara", "case")]  # Tom has just read it
    assert sweep(AT + 4 * HOUR) == []
    assert sweep(AT + 10 * MINUTE + 4 * HOUR) == [("Ruth", "case_late")]
    assert sweep(AT + 10 * MINUTE + 8 * HOUR) == [("Gwen", "case_late")]
    case.triage(**WEIGHED, by=tom, at=AT + 9 * HOUR)
    assert list(Case.objects.needing_somebody(AT + 9 * HOUR)) == []
    assert sweep(AT + 12 * HOUR) == []


def test_too_little_cover_to_promise_the_weighing_counts_from_the_reading(report, line, on_call, sweep, amara, tom):
    on_call(amara, until=AT + 3 * HOUR)
    case = report(at=AT).case
    assert case.acknowledge_due and not case.triage_due
    assert sweep(AT + MINUTE) == []  # it is not late to be read
    case.acknowledge(by=amara, at=AT + HOUR)
    assert case in Case.objects.needing_somebody(AT + HOUR)
    assert sweep(AT + HOUR + MINUTE) == [("Tom", "case")]


# contact outside, a word to the reporter, reviews


def test_nobody_outside_was_told_in_time(weighed, sweep, amara, tom):
    case = weighed()
    five = case.contact_due
    assert sweep(five - MINUTE) == []
    assert sweep(five) == [("Tom", "case_late"), ("Amara", "case_late")]
    assert told("contact") == [("Tom", "case_late"), ("Amara", "case_late")]
    assert sweep(five + MINUTE) == []
    case.write("contact", "Rang the front door.", five + HOUR, by=tom, at=five + HOUR)
    assert not Notice.objects.waiting().filter(clock="contact").exists()
    for hours in range(2, 17):  # until its reporter should have been told
        assert sweep(five + hours * HOUR) == []


def test_contact_is_judged_again_when_it_is_raised_and_climbs_again(weighed, sweep, amara, tom):
    case = weighed()
    five = case.contact_due
    sweep(five)
    case.write("contact", "Rang.", five + HOUR, by=tom, at=five + HOUR)
    case.tell_reporter("We are on it.", by=tom, at=five + HOUR)
    case.reweigh("critical", refer=True, refer_reason="Now", by=tom, at=five + 2 * HOUR, why="A threat")
    midnight = Case.objects.get(pk=case.pk).contact_due
    assert midnight > five
    assert sweep(midnight) == [("Tom", "case_late"), ("Amara", "case_late")]
    assert Notice.objects.filter(clock="contact").count() == 4
    assert list(book.breaks()) == []


def test_the_reporter_was_not_told_in_time(weighed, sweep, tom, gwen):
    case = weighed(refer=False)
    plan_for(case, by=tom, at=AT + 2 * HOUR)
    due = case.tell_due
    assert sweep(due - MINUTE) == []
    assert sweep(due) == [("Tom", "case_late"), ("Amara", "case_late")]
    assert sweep(due + 3 * HOUR) == []
    assert sweep(due + 4 * HOUR) == [("Ruth", "case_late")]  # half a working day
    assert sweep(due + DAY - MINUTE) == []
    assert sweep(due + DAY) == [("Gwen", "case_late")]
    assert Case.objects.visible_to(gwen).filter(pk=case.pk).exists()
    case.tell_reporter("He is safe.", by=tom, at=due + 25 * HOUR)
    assert sweep(due + 50 * HOUR) == []
    assert inbox.unread(tom) == 0


def test_reviews_climb_each_time_anew(weighed, sweep, sam, amara, tom):
    case = weighed(refer=False)
    case.tell_reporter("We are on it.", by=tom, at=AT + 2 * HOUR)
    plan_for(case, by=tom, at=AT + 2 * HOUR)
    first = case.review_due
    assert sweep(first - MINUTE) == []
    assert sweep(first) == [("Tom", "case_late"), ("Amara", "case_late")]
    case.review("He is back at the club.", by=tom, at=first + DAY)
    second = Case.objects.get(pk=case.pk).review_due
    assert second > first
    assert sweep(first + 12 * DAY) == []
    assert sweep(second) == [("Tom", "case_late"), ("Amara", "case_late")]
    assert sweep(second + 11 * DAY) == [("Ruth", "case_late")]  # half of three weeks
    assert sweep(second + 21 * DAY) == [("Gwen", "case_late")]
    assert sweep(second + 22 * DAY) == [("Amara", "case_quiet")]  # nor has anybody written in it since the first
    last = sweep(second + 32 * DAY)
    assert sorted(last) == [(name, "nobody") for name in ("Amara", "Gwen", "Ruth", "Tom")]
    assert "nobody" not in Notice.objects.filter(recipient=sam).values_list("sentence", flat=True)
    assert sweep(second + 33 * DAY) == []


def test_closing_ends_every_clock(weighed, sweep, tom):
    case = weighed(refer=False)
    sweep(case.tell_due)
    end(case, "safe", "Over.", by=tom, at=case.tell_due + MINUTE)
    assert sweep(case.tell_due + 400 * DAY) == []
    assert not Notice.objects.waiting().filter(kind="case").exists()


def test_triage_that_makes_a_time_late_does_not_wake_the_chair_at_once(report, line, on_call, sweep, amara, tom):
    """Critical's four hours to tell the reporter are over as it is weighed: rungs count from the weighing."""
    on_call(amara)
    case = report(at=AT).case
    case.triage(**WEIGHED | {"severity": "critical"}, by=tom, at=AT + 7 * HOUR)
    assert case.tell_due == AT + 4 * HOUR
    assert sweep(AT + 7 * HOUR + MINUTE) == [("Tom", "case_late"), ("Amara", "case_late")]
    assert sweep(AT + 9 * HOUR) == [("Ruth", "case_late")]


def test_whoever_is_kept_out_hears_of_no_clock(weighed, sweep, amara, tom, ruth):
    case = weighed()
    for one in (amara, ruth):
        case.recuse(one, by=tom, at=AT + 2 * HOUR, why="Close to the family")
    for hours in range(3, 24 * 60, 7):
        sweep(AT + hours * HOUR)
    heard = {name for name, _sentence in said(Notice.objects.filter(created_at__gt=AT + 2 * HOUR))}
    assert heard == {"Tom", "Dev", "Gwen", "Sam"}


# the people


def test_a_sole_dso_has_time_before_the_lead_hears(report, person, on_call, sweep, ruth, gwen):
    """She is there and has heard: her second rung is not empty, and the lead's comes at its own share."""
    on_call(person("Amara Okafor", "dso"))
    report(at=AT, danger="yes")
    due = AT + 30 * MINUTE
    assert sweep(due) == [("Amara", "case_late")]
    assert sweep(due + 14 * MINUTE) == []
    assert sweep(due + 15 * MINUTE) == [("Ruth", "case_late")]


def test_a_sole_dso_who_is_away_is_passed_at_once(report, on_call, away, sweep, amara, ruth, gwen):
    on_call(amara)
    report(at=AT, danger="yes")
    away(amara, since=AT + 10 * MINUTE)
    assert sweep(AT + 30 * MINUTE) == [("Ruth", "case_late")]


def test_whoever_takes_over_hears_before_it_is_late(report, line, on_call, away, sweep, amara, tom):
    on_call(amara)
    case = report(at=AT, danger="yes").case
    away(amara, since=AT + 5 * MINUTE, cover=tom)
    assert sweep(AT + 4 * MINUTE) == []
    with_phone(tom)
    assert sweep(AT + 5 * MINUTE) == [("Tom", "case")]
    assert Notice.objects.get(recipient=tom).due == case.acknowledge_due
    assert sweep(AT + 6 * MINUTE) == []


def with_phone(user):
    user.change_details(user.name, "01632 960 555", by=user)


def test_nobody_stands_in_and_the_rest_of_the_line_hears(report, line, on_call, away, sweep, amara, tom):
    on_call(amara)
    report(at=AT)
    away(amara, since=AT + 5 * MINUTE)
    assert sweep(AT + 5 * MINUTE) == [("Tom", "case")]


def test_whoever_comes_on_call_next_hears_and_only_then(report, line, on_call, sweep, amara, tom):
    on_call(amara, until=AT + HOUR)
    on_call(tom, since=AT + 2 * HOUR)
    report(at=AT)
    assert sweep(AT + HOUR) == []  # nobody has a slot, and nobody is away
    assert sweep(AT + 2 * HOUR) == [("Tom", "case")]
    assert sweep(AT + 2 * HOUR + MINUTE) == []


def test_an_owner_who_is_away_is_stood_in_for_by_whoever_is_on_call(weighed, away, sweep, amara, tom):
    case = weighed()
    away(tom, since=AT + 2 * HOUR)
    assert sweep(case.contact_due) == [("Amara", "case_late")]


def test_whoever_works_it_hears_at_once_when_its_owner_is_kept_out(weighed, amara, tom, ruth):
    case = weighed()
    case.recuse(tom, by=amara, at=AT + 2 * HOUR, why="His nephew")
    assert case.owner is None
    assert told("lost") == [("Amara", "case")]
    case.recuse(amara, by=amara, at=AT + 3 * HOUR, why="Mine too")
    assert case.raised_to == "lead"
    assert told("lost") == [("Amara", "case")]  # she had not taken it on: nobody has lost it a second time


def test_the_post_above_hears_where_nobody_of_the_line_is_left(report, line, on_call, amara, tom, ruth):
    on_call(amara)
    case = report(at=AT).case
    case.recuse(tom, by=amara, at=AT + MINUTE, why="Close")
    case.acknowledge(by=amara, at=AT + 2 * MINUTE)
    case.recuse(amara, by=amara, at=AT + 3 * MINUTE, why="Close too")
    assert told("lost") == [("Ruth", "case")]
    assert Case.objects.visible_to(ruth).filter(pk=case.pk).exists()
    assert list(book.breaks()) == []


def test_a_case_that_turns_out_to_be_about_one_of_us_leaves_the_deputy_and_others_hear(report, line, tom, amara, ruth):
    case = report(at=AT).case
    case.triage(**WEIGHED | {"kind": "AD-CONTACT"}, by=tom, at=AT + HOUR)
    assert case.owner is None
    assert told("lost") == [("Amara", "case"), ("Ruth", "case")]


# what is urgent


@pytest.mark.parametrize(
    ("severity", "urgent"), [("critical", True), ("high", True), ("medium", False), ("low", False)]
)
def test_critical_and_high_break_quiet_hours_the_rest_does_not(weighed, sweep, severity, urgent):
    case = weighed(severity, refer=False)
    sweep(case.tell_due)
    assert set(Notice.objects.filter(clock="tell").values_list("urgent", flat=True)) == {urgent}


def test_what_nobody_has_weighed_is_urgent_from_the_first(report, line, on_call, sweep, amara, sam):
    on_call(amara)
    filed = report(at=AT)
    filed.add("More", by=sam, at=AT + MINUTE)
    sweep(filed.case.acknowledge_due)
    assert set(Notice.objects.exclude(recipient=sam).values_list("urgent", flat=True)) == {True}


# one bad case


def test_one_bad_case_stops_nobody_else_and_the_sweep_says_so(report, line, on_call, amara, caplog):
    on_call(amara)
    bad, good = (report(at=AT + number * MINUTE, danger="yes").case for number in range(2))
    with event("spoil", by="a bad migration", about=bad):
        Case.objects.filter(pk=bad.pk).update(severity="odd")  # no such level: how long its clock is, nobody knows
    with caplog.at_level(logging.ERROR), pytest.raises(SweepFailed):
        waits.climb(AT + HOUR)
    assert "Ruth" in [name for name, _sentence in said(Notice.objects.filter(about=good.pk))]
    assert "Ruth" not in [name for name, _sentence in said(Notice.objects.filter(about=bad.pk))]
    assert [record.ref for record in caplog.records if hasattr(record, "ref")] == [bad.pk]
    assert [record.count for record in caplog.records if hasattr(record, "count")] == [1]
