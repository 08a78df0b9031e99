"""What is not about safety is passed on, and somebody else looks at it again within a week: nobody decides that alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.audit.transitions import ReasonOwed, Refused, StateMoved
from harmony.home.todo import tasks
from harmony.notifications.models import Notice

from .conftest import AT, DAY, HOUR, WEIGHED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
PASSED = {"to_whom": "Leah, who leads the programme.", "why": "He is bored, and well. Leah asked him herself."}
NO_REFERRAL = {"severity": "low", "refer": False, "refer_reason": "Nothing to refer.", "kind": "OTH"}


def fresh(record):
    return type(record).objects.get(pk=record.pk)


@pytest.fixture
def weighed(report, amara):
    def make(**changes):
        case = report(at=AT).case
        case.triage(**WEIGHED | NO_REFERRAL | changes, by=amara, at=AT + HOUR)
        return case

    return make


@pytest.fixture
def passed_on(weighed, amara, tom):
    case = weighed()
    case.redirect(**PASSED, by=amara, at=AT + DAY)
    return case


def test_somebody_else_looks_again_and_then_it_is_closed(passed_on, amara, tom):
    case = fresh(passed_on)
    assert (case.status, case.owner, case.recheck_due) == ("redirected", amara, AT + 8 * DAY)
    assert case.next_due()[0] == case.tell_due  # its reporter is still owed an answer; no plan and no review is
    assert (case.plan_due, case.review_due, case.quiet_due) == (None, None, None)
    assert [one.recipient for one in Notice.objects.filter(clock="close")] == [tom]
    with pytest.raises(PermissionDenied):
        case.agree_to_redirect(by=amara, at=AT + 2 * DAY)
    case.agree_to_redirect(by=tom, at=AT + 2 * DAY)
    case = fresh(case)
    assert (case.status, case.outcome, case.closed_by, case.close_agreed_by) == ("closed", "redirected", amara, tom)
    assert "Leah, who leads" in case.closing_reason and case.recheck_due is None
    with pytest.raises(StateMoved, match="agreed that it is not about safety"):
        case.bring_back(by=tom, why="Late", at=AT + 3 * DAY)


def test_brought_back_it_is_worked_on_and_owes_a_plan_and_reviews_again(passed_on, tom):
    with pytest.raises(ReasonOwed):
        passed_on.bring_back(by=tom, at=AT + 2 * DAY)
    passed_on.bring_back(by=tom, why="His brother was named twice.", at=AT + 2 * DAY)
    case = fresh(passed_on)
    assert (case.status, case.owner, case.close_as, case.recheck_due) == ("triaged", tom, "", None)
    assert case.plan_due > AT + 2 * DAY and case.review_due == AT + 92 * DAY and case.quiet_due
    assert "brother was named twice" in case.entries.order_by("written_at").last().words
    assert not Notice.objects.filter(clock="close", stopped_at=None).exists()


def test_what_weighs_more_or_owes_something_is_not_passed_on(weighed, amara, tom, leah):
    for changes, says in (
        ({"severity": "high"}, "At this level"),
        ({"refer": True}, "was to be referred"),
        ({"kind": "SEX"}, "sexual abuse"),
    ):
        with pytest.raises(Refused, match=says):
            weighed(**changes).redirect(**PASSED, by=amara, at=AT + DAY)
    case = weighed()
    case.give("Ring home", leah, AT.date() + 9 * DAY, by=amara)
    with pytest.raises(Refused, match="1 action is still open"):
        case.redirect(**PASSED, by=amara, at=AT + DAY)
    with pytest.raises(ReasonOwed):
        case.redirect(to_whom="Leah", by=amara)
    how = {"police_outcome": "none", "view_asked": True, "childs_view": "Well", "early_why": "Calm"}
    with pytest.raises(Refused, match="page of its own"):  # and never by the way that other cases end
        weighed().ask_to_close("redirected", "Not ours", **how, by=amara, at=AT + DAY)


def test_the_database_lets_nobody_go_round_the_second_look(weighed, passed_on, amara, tom):
    def force(case, **changes):
        """As a shell, or raw SQL, would."""
        rushed = fresh(case)
        for name, value in changes.items():
            setattr(rushed, name, value)
        with event("try", by=amara), transaction.atomic():
            rushed.save()

    with pytest.raises(IntegrityError, match="passed_on_waits_for_a_look"):
        force(passed_on, recheck_due=None)
    with pytest.raises(IntegrityError, match="At this level"):
        force(passed_on, severity="critical")
    over = {"status": "closed", "closed_at": AT, "closed_by": amara, "outcome": "redirected", "recheck_due": None}
    over |= {
        "closing_reason": "Not ours",
        "quiet_due": None,
        "close_as": "",
        "close_asked_at": None,
        "close_asked_by": None,
    }
    with pytest.raises(IntegrityError, match="second person must agree"):
        force(passed_on, **over)
    with pytest.raises(IntegrityError, match="second person must agree"):
        force(passed_on, **over, close_agreed_by=amara)
    with pytest.raises(IntegrityError, match="a second time before it is closed"):
        force(weighed(), **over, close_agreed_by=tom)


def test_late_it_climbs_past_whoever_passed_it_on(passed_on, amara, tom, ruth, sweep):
    passed_on.tell_reporter("Leah has it.", by=amara, at=AT + DAY)
    due = passed_on.recheck_due
    sweep(due + HOUR)
    assert {one.recipient for one in Notice.objects.filter(clock="recheck")} == {tom}
    sweep(due + 4 * DAY)
    assert {one.recipient for one in Notice.objects.filter(clock="recheck")} == {tom, ruth}
    fresh(passed_on).agree_to_redirect(by=ruth, at=due + 4 * DAY)  # nobody answered, so it was opened to her


def test_where_nobody_else_of_the_line_is_left_those_above_are_asked_at_once(weighed, amara, ruth):
    case = weighed()
    case.redirect(**PASSED, by=amara, at=AT + DAY)
    assert fresh(case).escalated_to == "lead"
    assert [one.recipient for one in Notice.objects.filter(clock="close")] == [ruth]


def test_a_word_written_meanwhile_lets_it_rest_and_an_image_brings_it_back(passed_on, amara):
    passed_on.write("note", "Leah rang.", AT + DAY, by=amara, at=AT + DAY + HOUR)
    assert fresh(passed_on).quiet_due is None
    passed_on.find_image_after(by=amara, at=AT + 2 * DAY)
    case = fresh(passed_on)
    assert (case.status, case.severity, case.recheck_due, case.close_as) == ("triaged", "critical", None, "")


def test_its_reporter_reads_that_it_was_right_to_tell_us(passed_on, sign_in):
    mine = sign_in(passed_on.reports.get().author).get(passed_on.reports.get().get_absolute_url()).text
    assert "A second person looks at it again within a week" in mine and "It was right to tell us" in mine
    assert "bored" not in mine and "Leah" not in mine


def test_it_stands_in_the_lists_and_to_do_of_whoever_looks_and_is_taken_on_its_page(weighed, amara, tom, sign_in):
    case = weighed()
    asks = sign_in(amara)
    page = reverse("incidents:not_about_safety", args=[case.pk])
    said = asks.post(page, {"why": "He is bored.", "to_whom": ""}).text
    assert "Say who looks after it now." in said and "He is bored." in said
    said = asks.post(page, {"why": "He is bored.", "to_whom": "Leah"}, follow=True).text
    assert "Tom" in said and "I agree" not in said
    second = "to look at a second time"
    assert not any(second in task.what for task in tasks(amara)) and any(second in task.what for task in tasks(tom))
    looks = sign_in(tom)
    assert case.reference in looks.get(reverse("incidents:cases") + "?show=passed-on").text
    page = reverse("incidents:passed_on", args=[case.pk])
    assert "He is bored." in looks.get(page).text and "Passed on to: Leah" in looks.get(page).text
    looks.post(page)
    assert fresh(case).status == "closed"
    assert looks.post(page).status_code == 409
    assert fresh(case).recheck_due is None and fresh(case).closed_at < now() + timedelta(minutes=1)
    assert "Looked at again" in looks.get(reverse("incidents:chronology", args=[case.pk])).text


def test_whoever_it_is_about_meets_nothing(passed_on, leah, sign_in):
    for name in ("not_about_safety", "passed_on", "bring_back"):
        assert sign_in(leah).get(reverse(f"incidents:{name}", args=[passed_on.pk])).status_code == 404
