"""A concern written down for somebody who rang: theirs is the account, the writer is its reporter, and all else is as ever."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from incidents.models import Case, Report

from .test_reporting_pages import at, post, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]

FOR_ANOTHER = reverse("incidents:begin") + "?for=somebody"
TOLD = {
    "teller": "Bea Marlow",
    "teller_is": "Her aunt",
    "teller_reach": "01632 960 777, after six",
    "teller_words": "She comes home with no coat and will not say why.",
    "teller_at_day": "3",
    "teller_at_month": "3",
    "teller_at_year": "2026",
    "teller_at_time": "17:00",
}
SECRET = ("Bea Marlow", "01632 960 777")


def taken_down(client, first="neither", named=(), **told):
    """Begun for somebody, and sent: the pages in the order that somebody without JavaScript meets them."""
    page, pages = client.post(FOR_ANOTHER, {"first": first, "form_key": uuid4()}), []
    answers = {"teller": told, "who": {"who": "Zed A (12)"}, "what": {"facts": "A call at five.", "check": ""}}
    answers |= {"which-of-us": {"named": named}, "call-999": {}, "about-us": {"about_us": "no"}}
    while not page.url.endswith("/check/"):
        pages.append(page.url.rstrip("/").rsplit("/", 1)[1])
        page = client.post(page.url, answers[pages[-1]])
    return page.url, pages


@pytest.mark.parametrize(
    ("first", "asked"),
    [
        ("neither", ["teller", "who", "what"]),
        ("us", ["which-of-us", "teller", "who", "what"]),
        ("danger", ["call-999", "about-us", "teller", "who", "what"]),  # 999 comes before everything
    ],
)
def test_who_told_is_asked_once_and_may_stay_empty(staff, leah, first, asked):
    check, pages = taken_down(staff, first, [str(leah.pk)])
    assert pages == asked
    assert "No name written" in words(staff.get(check))
    staff.post(check.replace("/check/", "/send/"))
    assert Case.objects.count() == 1


def test_the_ways_to_it(staff):
    begin = words(staff.get(reverse("incidents:begin")))
    assert f'href="{FOR_ANOTHER}"' in begin
    assert f'href="{FOR_ANOTHER}"' in words(staff.get(reverse("incidents:contacted")))
    assert "You write down what somebody else told you." in words(staff.get(FOR_ANOTHER))


def test_whoever_told_it_is_never_asked_for_in_ones_own_concern(staff):
    assert post(staff, "begin", first="neither", form_key=uuid4()).url.endswith("/who/")
    assert not Report.objects.get().is_told_by_another


def test_the_writer_is_the_reporter_and_the_account_is_marked(staff, sign_in, sam, amara):
    check, _pages = taken_down(staff, **TOLD)
    assert all(said in words(staff.get(check)) for said in (*SECRET, "Her aunt", "3 March 2026, 5pm"))
    staff.post(check.replace("/check/", "/send/"))
    filed = Report.objects.get()
    assert (filed.author, filed.how_known) == (sam, "heard")
    client = sign_in(amara)
    page = words(client.get(filed.case.get_absolute_url()))
    for said in (*SECRET, "Told by somebody else", "Sam wrote it down", "Her aunt", TOLD["teller_words"]):
        assert said in page, said
    printed = words(client.post(reverse("incidents:print_case", args=[filed.case.pk]), {"purpose": "Strategy"}))
    assert TOLD["teller_words"] in printed and "Written in the case, and not printed." in printed
    assert not [said for said in SECRET if said in printed]


def test_clocks_and_triage_are_those_of_any_report(staff, report, on_call, amara):
    on_call(amara)
    check, _pages = taken_down(staff, **TOLD)
    staff.post(check.replace("/check/", "/send/"))
    told = Report.objects.get().case
    plain = report(at=told.filed_at).case
    for clock in ("acknowledge_due", "triage_due", "track", "pressing", "raised_to"):
        assert getattr(told, clock) == getattr(plain, clock)


def test_whom_the_caller_names_is_kept_out(staff, sign_in, amara):
    check, _pages = taken_down(staff, "us", [str(amara.pk)], **TOLD)
    staff.post(check.replace("/check/", "/send/"))
    case = Case.objects.get()
    assert not Case.objects.visible_to(amara).exists()
    assert sign_in(amara).get(case.get_absolute_url()).status_code == 404


def test_a_name_in_what_the_caller_said_is_asked_about(staff, sign_in, tom, amara):
    check, _pages = taken_down(staff, **TOLD | {"teller_words": "Tom Ellery shouted at her."})
    staff.post(check.replace("/check/", "/send/"))
    assert Case.objects.get().names_to_ask(amara) == [tom]


def test_what_was_told_stays_as_it_was_sent(report, sam):
    filed = report(how_known="heard", teller="Bea", teller_words="She was cold.", teller_at=now() - timedelta(hours=1))
    for name in ("teller", "teller_words", "teller_is", "teller_reach"):
        with pytest.raises(DatabaseError), transaction.atomic(), event("change", by=sam):
            setattr(filed, name, "Other words")
            filed.save(update_fields=[name])


def test_what_was_typed_is_kept_beside_the_mistake(staff):
    staff.post(FOR_ANOTHER, {"first": "neither", "form_key": uuid4()})
    draft = Report.objects.get()
    page = words(staff.post(at("report_teller", draft), TOLD | {"teller_at_day": "31", "teller_at_month": "2"}))
    assert "There is no such day." in page and "Bea Marlow" in page
    assert Report.objects.get().teller == "Bea Marlow"
