"""The pages where a case's times are met and changed, and what its reporter sees of them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.look.words import clock_time
from harmony.people.models import OnCall
from incidents.models import Case

from .conftest import WEIGHED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]


def at(name, case):
    return reverse(f"incidents:{name}", args=[case.pk])


def words(response):
    return response.content.decode()


@pytest.fixture
def dso(sign_in, amara):
    return sign_in(amara)


@pytest.fixture
def on_call(amara):
    with event("add", by="the tests"):
        day = timedelta(days=1)
        OnCall.objects.create(user=amara, phone="1", starts_at=now() - day, ends_at=now() + 5 * day)


def test_a_case_is_raised_with_contact_judged_again(dso, triaged, amara):
    triaged.tell_reporter("Thank you", by=amara)
    answers = {"severity": "critical", "why": "He was threatened", "refer": "", "refer_reason": ""}
    refused = words(dso.post(at("level", triaged), answers))
    assert "Choose yes or no." in refused and "Both are decisions." in refused and "He was threatened" in refused
    dso.post(at("level", triaged), answers | {"refer": "yes", "refer_reason": "The police"})
    case = Case.objects.get()
    assert (case.severity, case.refer, case.refer_reason) == ("critical", True, "The police")
    shown = words(dso.get(at("case", triaged)))
    assert "Level changed from High to Critical" in shown
    assert "Contact outside," in shown


def test_a_level_is_lowered_when_somebody_else_agrees(dso, sign_in, triaged, tom, client_elsewhere):
    assert "a second person must agree" in words(dso.get(at("level", triaged)))
    asked = words(dso.post(at("level", triaged), {"severity": "low", "why": "It was a game"}, follow=True))
    assert "Amara Okafor asks to lower it from High to Low" in asked
    assert "Tom Ellery, deputy safeguarding officer" in asked
    assert "I agree" not in asked
    assert dso.post(at("agree", triaged)).status_code == 403
    client_elsewhere.force_login(tom)
    assert "Somebody asks to lower it to Low" in words(client_elsewhere.get(at("case", triaged)))
    assert "I agree: lower it to Low" in words(client_elsewhere.get(at("level", triaged)))
    client_elsewhere.post(at("agree", triaged))
    assert Case.objects.get().severity == "low"
    assert client_elsewhere.post(at("agree", triaged)).status_code == 409


def test_with_nobody_left_it_waits_and_says_so(dso, triaged):
    asked = words(dso.post(at("level", triaged), {"severity": "low", "why": "It was a game"}, follow=True))
    assert "Nobody is left who may agree" in asked
    dso.post(at("keep_level", triaged), {"why": "I was wrong"})
    assert Case.objects.get().lower_to == ""
    assert dso.post(at("keep_level", triaged), {"why": "I was wrong"}).status_code == 409


def test_a_review_sets_the_next(dso, triaged):
    assert "A review is due by" in words(dso.get(at("review", triaged)))
    shown = words(dso.post(at("review", triaged), {"words": "He is back."}, follow=True))
    assert "He is back." in shown
    assert Case.objects.get().reviewed_at
    assert "Write how it is now" in words(dso.post(at("review", triaged), {"words": " "}))


def test_the_reporter_reads_what_they_are_told_and_by_when(dso, sam, report, amara, on_call, client_elsewhere):
    filed = report()
    client_elsewhere.force_login(sam)
    own = reverse("incidents:report", args=[filed.pk])
    assert "It should be read by" in words(client_elsewhere.get(own))
    assert "We tell you what we can by" in words(client_elsewhere.get(reverse("incidents:my_reports")))
    filed.case.triage(**WEIGHED, by=amara)
    assert "It was read on" in words(client_elsewhere.get(own))
    told = words(dso.post(at("tell", filed.case), {"words": "His dad knows."}, follow=True))
    assert "His dad knows." in told and "Sam reads these words" in told
    shown = words(client_elsewhere.get(own))
    assert "His dad knows." in shown and "We told you more on" in shown
    assert WEIGHED["rationale"] not in shown


def test_without_cover_the_reporter_is_promised_nothing(client_elsewhere, report, sam):
    filed = report()
    client_elsewhere.force_login(sam)
    shown = words(client_elsewhere.get(reverse("incidents:report", args=[filed.pk])))
    assert "no time is promised" in shown


def test_a_time_that_has_passed_is_said(client_elsewhere, report, sam, amara, on_call):
    report(at=now() - timedelta(hours=20))
    client_elsewhere.force_login(sam)
    assert "It should have been read by" in words(client_elsewhere.get(reverse("incidents:my_reports")))


def test_a_late_review_is_shown_as_late_in_the_chronology(dso, triaged, amara):
    due = triaged.review_due
    triaged.review("He is back.", by=amara, at=due + timedelta(days=3, hours=1))
    shown = words(dso.get(at("chronology", triaged)))
    assert f"It was due {clock_time(due)}. Late by 3 days." in shown


@pytest.mark.parametrize("name", ["level", "agree", "keep_level", "review", "tell"])
def test_a_case_one_may_not_see_answers_as_if_there_were_none(name, dso, report, amara):
    hidden, missing = report(about=amara).case, Case(pk="00000000-0000-4000-8000-000000000000")
    answers = [dso.post(at(name, case), {"words": "x", "why": "x", "severity": "low"}) for case in (hidden, missing)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize("name", ["level", "keep_level", "review", "tell"])
def test_who_only_reads_a_case_changes_nothing(name, sign_in, triaged, amara, leah):
    triaged.share(leah, by=amara, why="Her key worker")
    answers = {"words": "x", "why": "x", "severity": "critical", "refer": "no", "refer_reason": "x"}
    assert sign_in(leah).post(at(name, triaged), answers).status_code == 403
