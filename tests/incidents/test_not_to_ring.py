"""Whoever told of somebody is not offered them on any page, for as long as the case is open (decision 0191)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from harmony import between
from harmony.audit.events import event
from harmony.people.models import OnCall
from incidents.models import Case, Report

from .conftest import WEIGHED
from .planning import end

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
PAGES = ("home:front", "incidents:my_reports", "incidents:begin", "home:help", "notifications:inbox")
HERS, HIS = "01632 960 101", "01632 960 102"


@pytest.fixture
def amara(person):
    return person("Amara Okafor", "dso", phone=HERS)


@pytest.fixture
def tom(person):
    return person("Tom Ellery", "deputy", phone=HIS)


@pytest.fixture(autouse=True)
def _on_call(amara, tom):
    with event("set up", by="the tests"):
        for user in (amara, tom):
            since = now() - timedelta(hours=1)
            OnCall.objects.create(user=user, phone=user.phone, starts_at=since, ends_at=since + timedelta(days=9))


def offered(client):
    """The numbers of our own people on each page, and on one that is not there."""
    pages = [*(reverse(name) for name in PAGES), "/nowhere/"]
    words = [client.get(page).content.decode() for page in pages]
    return [{number for number in (HERS, HIS) if f"tel:{number.replace(' ', '')}" in page} for page in words]


def test_no_page_of_the_reporter_offers_whom_they_told_of_and_the_next_one_stands_there(sign_in, report, sam, amara):
    client = sign_in(sam)
    assert all(numbers == {HERS, HIS} for numbers in offered(client))
    report(about=amara)
    assert all(numbers == {HIS} for numbers in offered(client))


def test_everybody_else_is_offered_them_as_before(sign_in, report, sam, leah, amara):
    report(about=amara)
    for someone in (leah, amara):
        assert all(numbers == {HERS, HIS} for numbers in offered(sign_in(someone)))
    assert HERS.replace(" ", "") in Client().get(reverse("account_login")).content.decode()


def test_from_the_routing_answer_on_a_draft_counts_too(sign_in, sam, amara, declare, tom):
    report = Report.begin(sam, uuid4(), danger="no", about_us=True)
    assert between.not_to_ring(sam) == []
    report.answer(by=sam, named=str(amara.pk))
    assert between.not_to_ring(sam) == [amara]
    assert all(numbers == {HIS} for numbers in offered(sign_in(sam)))
    declare(tom, "partner", amara)
    assert set(between.not_to_ring(sam)) == {amara, tom}


def test_whoever_is_kept_out_later_is_not_offered_either(report, sam, amara, tom):
    case = report().case
    case.recuse(tom, by=amara, why="He coaches the boy")
    assert between.not_to_ring(sam) == [tom]


def test_when_the_case_is_closed_they_are_offered_again(report, sam, amara, ruth):
    case = report(about=amara).case
    case.triage(**WEIGHED | {"kind": "AD-CONDUCT"}, by=ruth)
    end(case, "safe", "Over", by=ruth)
    assert between.not_to_ring(sam) == []


def test_a_page_costs_one_question_more_and_no_more_for_many_reports(
    sign_in, report, sam, amara, django_assert_num_queries
):
    for _n in range(4):
        report()
    with django_assert_num_queries(1):
        assert between.not_to_ring(sam) == []
    for _n in range(4):
        report(about=amara)
    with django_assert_num_queries(2):
        assert between.not_to_ring(sam) == [amara]
    assert Case.objects.count() == 8
