"""Nobody judges their own family: whoever declared a child is kept out of each case in which that child has a part."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit import book
from harmony.audit.models import Entry
from harmony.notifications.models import Notice
from harmony.people.models import Relationship, YoungPerson
from incidents.models import Action, Case, Recusal
from tests.clients import same_as_missing

from .planning import end
from .test_people import ZED, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
KNOWN = {"name": "Zed A", "age": "12", "handle": "", "notes": ""}


@pytest.fixture
def zed(sol):
    one = YoungPerson()
    one.add("Zed A", "", None, "young", by=sol)
    return one


@pytest.fixture
def belongs(zed, tom):
    """Tom has declared to be family of Zed, and the record is known."""
    held = Relationship(user=tom)
    held.declare("family", young_person=zed, by=tom)
    return held


def sees(user, case):
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


@pytest.mark.parametrize("part", ["affected", "caused", "witness"])
def test_a_relative_is_out_as_soon_as_the_child_is_linked(triaged, belongs, zed, amara, tom, part):
    assert sees(tom, triaged)
    triaged.add_person(part=part, young_person=zed, **KNOWN, by=amara)
    assert not sees(tom, triaged) and sees(amara, triaged)
    assert list(triaged.recusals.values_list("user__name", "because")) == [("Tom Ellery", "declared")]
    with pytest.raises(PermissionDenied):
        triaged.write("note", "x", now(), by=tom)


def test_so_is_one_whose_child_is_linked_when_a_person_is_put_right(triaged, belongs, zed, amara, tom):
    triaged.add_person(part="affected", young_person=None, **KNOWN, by=amara)
    assert sees(tom, triaged)
    person = triaged.people.get()
    triaged.change_person(person, person.changed_at, young_person=zed, by=amara, why="It is our Zed")
    assert not sees(tom, triaged)


def test_one_who_declares_later_is_out_of_cases_that_stand(triaged, zed, amara, tom):
    triaged.add_person(part="affected", young_person=zed, **KNOWN, by=amara)
    triaged.give("Ring home", tom, now().date(), by=amara)
    Relationship(user=tom).declare("friend", young_person=zed, by=tom)
    assert not sees(tom, triaged)
    assert not Action.objects.visible_to(tom).exists()


def test_and_so_is_one_whose_words_are_linked_later(triaged, zed, amara, tom):
    triaged.add_person(part="affected", young_person=zed, **KNOWN, by=amara)
    held = Relationship(user=tom)
    held.declare("family", named="Zed, my nephew", by=tom)
    assert sees(tom, triaged)  # nobody has said yet which record that is
    held.link(zed, by=amara)
    assert not sees(tom, triaged)
    assert list(book.breaks()) == []


def test_who_had_the_case_has_it_no_more_and_the_next_one_up_sees_it(triaged, zed, amara, ruth):
    """Amara is the only one of the line here."""
    triaged.add_person(part="affected", young_person=zed, **KNOWN, by=amara)
    Relationship(user=amara).declare("family", young_person=zed, by=amara)
    case = Case.objects.get()
    assert case.owner is None and not sees(amara, case) and sees(ruth, case)


def test_a_closed_case_is_shut_to_them_too(triaged, zed, amara, tom):
    triaged.add_person(part="affected", young_person=zed, **KNOWN, by=amara)
    end(triaged, "resolved", "Done", by=amara)
    Relationship(user=tom).declare("partner", young_person=zed, by=tom)
    assert not sees(tom, triaged)


@pytest.mark.parametrize("how", ["ended", "another child", "manager"])
def test_what_does_not_hold_keeps_nobody_out(triaged, zed, sol, amara, tom, how):
    other = YoungPerson()
    other.add("Mia D", "", None, "young", by=sol)
    held = Relationship(user=tom)
    held.declare("manager" if how == "manager" else "family", young_person=other if how[0] == "a" else zed, by=tom)
    if how == "ended":
        held.end(by=tom)
    triaged.add_person(part="affected", young_person=zed, **KNOWN, by=amara)
    assert sees(tom, triaged)
    assert not Recusal.objects.exists()


def test_to_them_it_is_as_if_there_had_never_been_a_case(triaged, belongs, zed, amara, tom, sign_in):
    triaged.add_person(part="affected", young_person=zed, **KNOWN, by=amara)
    client = sign_in(tom)
    assert same_as_missing(client, triaged.get_absolute_url(), reverse("incidents:case", args=[tom.pk]))
    assert triaged.reference not in client.get(reverse("incidents:cases")).content.decode()
    line = Entry.objects.filter(table_name="incidents_recusal").get()
    assert line.root == triaged.root.hex and json.loads(line.changes)["because"] == [None, "declared"]


def test_whoever_links_their_own_child_is_led_to_their_list(triaged, zed, amara, tom, sign_in):
    Relationship(user=amara).declare("family", young_person=zed, by=amara)
    answer = sign_in(amara).post(at("add_person", triaged), ZED | {"young_person": str(zed.pk)})
    assert answer.url == reverse("incidents:cases")
    assert not sees(amara, triaged) and sees(tom, triaged)


def test_the_log_of_the_case_says_so_to_those_who_work_it(triaged, zed, amara, tom, sign_in):
    triaged.add_person(part="affected", young_person=zed, **KNOWN, by=amara)
    Relationship(user=tom).declare("family", young_person=zed, by=tom)
    assert "kept somebody’s family out of this" in sign_in(amara).get(at("access_log", triaged)).content.decode()


def test_whoever_reads_that_it_is_too_close_steps_aside_and_the_rest_of_the_line_hears(
    report, client, person, organisation
):
    amara = person("Amara Okafor", "dso")
    tom = person("Tom Ellery", "deputy")
    case = report().case
    client.force_login(amara)
    page = reverse("incidents:step_aside", args=[case.pk])
    assert page in client.get(case.get_absolute_url()).content.decode()
    assert "Is anybody in this case family" in client.get(page).content.decode()
    assert client.post(page).url == reverse("incidents:cases")
    assert client.get(case.get_absolute_url()).status_code == client.post(page).status_code == 404
    recusal = case.recusals.get()
    assert (recusal.user, recusal.because) == (amara, "declared")
    assert [notice.recipient for notice in Notice.objects.filter(about=case.pk, clock="lost")] == [tom]
    assert list(Case.objects.visible_to(tom)) == [case]


def test_the_last_of_the_line_who_steps_aside_hands_it_up(report, person, organisation):
    amara, gwen = person("Amara Okafor", "dso"), person("Gwen Price", "chair")
    case = report().case
    case.acknowledge(by=amara)
    case.step_aside(by=amara)
    case.refresh_from_db()
    assert case.owner is None and case.raised_to == "chair"
    assert [notice.recipient for notice in Notice.objects.filter(about=case.pk, clock="lost")] == [gwen]


def test_whoever_only_sees_a_case_has_nothing_to_step_aside_from(report, client, person, amara, leah, organisation):
    case = report().case
    case.share(leah, by=amara, why="She knows him")
    client.force_login(leah)
    assert client.post(reverse("incidents:step_aside", args=[case.pk])).status_code == 403
    assert not case.recusals.exists()
