"""A name that somebody typed looks like that of a colleague: the others are asked, never that person."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from harmony.audit.transitions import Refused
from harmony.notifications.models import Notice
from incidents.models import Case
from incidents.resembling import looks_like

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
CARTER = SimpleNamespace(name="Sam Carter")


@pytest.mark.parametrize(
    "typed",
    [
        "It was Sam Carter.",
        "sam CARTER",
        "Carter, Sam",
        "Sam J. Carter",
        "Sam Cartr said so",
        "Sám Carter",
        "Sam Cartier",
    ],
)
def test_a_name_is_found_however_it_is_typed(typed):
    assert looks_like([typed], [CARTER]) == [CARTER]


@pytest.mark.parametrize(
    "typed", ["Sam", "Mr Carter", "Sam and his dog met Ina Carter", "Sue Carter", "", "Sam Porter"]
)
def test_half_a_name_is_nobodys(typed):
    assert looks_like([typed], [CARTER]) == []


@pytest.fixture
def ask():
    return lambda case, user: reverse("incidents:say_of_name", args=[case.pk, user.pk])


def test_the_others_are_asked_and_yes_keeps_them_out(report, amara, tom, sign_in, ask):
    case = report(facts="Tom Ellery shouted at him.").case
    assert "Is this Tom Ellery who works here?" in sign_in(amara).get(case.get_absolute_url()).content.decode()
    assert "who works here?" not in sign_in(tom).get(case.get_absolute_url()).content.decode()
    assert sign_in(amara).post(ask(case, tom), {"is_them": "yes"}).status_code == 302
    assert not Case.objects.visible_to(tom).exists()
    assert "who works here?" not in sign_in(amara).get(case.get_absolute_url()).content.decode()


def test_no_is_asked_once(report, amara, tom, sign_in, ask):
    case = report(who="Tom Elery (12)").case
    assert sign_in(amara).post(ask(case, tom), {"is_them": "no"}).status_code == 302
    assert list(Case.objects.visible_to(tom)) == [case]
    assert case.names_to_ask(amara) == []


def test_nobody_says_it_of_themselves_nor_who_only_reads_it(report, amara, tom, leah):
    case = report(facts="Tom Ellery shouted.").case
    with pytest.raises(Refused):
        case.say_of_name(tom, False, by=tom)
    with pytest.raises(PermissionDenied):
        case.say_of_name(tom, False, by=leah)


def test_the_message_goes_past_them_while_another_can_have_it(report, amara, tom, on_call):
    on_call(tom)
    case = report(facts="Tom Ellery shouted at him.").case
    assert [one.recipient for one in Notice.objects.filter(about=case.pk)] == [amara]


def test_where_nobody_else_is_left_the_post_above_has_it_too(report, amara, ruth):
    case = report(facts="Amara Okafor shouted at him.").case
    assert case.raised_to == "lead"
    assert [one.recipient for one in Notice.objects.filter(about=case.pk)] == [ruth]


def test_whoever_reported_it_is_not_asked_about(report, amara, tom):
    case = report(author=tom, facts="I, Tom Ellery, saw it.").case
    assert case.names_to_ask(amara) == []
