"""The taxonomy (practice.md 2.2): every kind has a family, is behind a door, and can be chosen at triage, with what goes with it."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from harmony.audit.events import event
from incidents import documents, kinds
from incidents.kinds import Kind
from incidents.models import Case

from .conftest import WEIGHED

ABUSE = ("PHY", "EMO", "SEX", "NEG", "DOM", "EXP", "FAI", "DIS", "SHM", "RAD", "MIS")


def test_every_kind_has_one_family():
    assert sorted(kind for family in kinds.FAMILIES for kind in family.kinds) == sorted(Kind)
    assert {Kind(code) for code in ABUSE} <= set(kinds.FAMILY)


def test_about_eleven_doors_in_plain_words_lead_to_every_kind():
    assert len(kinds.DOORS) <= 12  # eleven, and “I'm not sure”
    assert all(len(str(door.says).split()) <= 9 and door.hint and len(door.code) < 12 for door in kinds.DOORS)
    reached = {kind for door in kinds.DOORS for kind in door.leads_to}
    assert [kind for kind in Kind if kind not in reached] == []
    ways = {door.code: set(door.leads_to) for door in kinds.DOORS}
    assert Kind.MULE in ways["money"] and Kind.MISSING in ways["missing"] and Kind.SELF_HARM in ways["self-harm"]
    assert ways["one-of-us"] == kinds.ABOUT_ONE_OF_US


def test_no_code_of_a_door_is_used_twice():
    doors = (*kinds.DOORS, *kinds.RETIRED_DOORS)
    assert len(kinds.DOORS_NAMED) == len(doors)


@pytest.mark.parametrize("doors", ["", *(door.code for door in kinds.DOORS), "contact images", "hate bullying"])
def test_triage_offers_every_kind_once_whatever_the_reporter_chose(doors):
    offered = [kind for _title, group in kinds.grouped(kinds.doors_of(doors)) for kind in group]
    assert sorted(offered) == sorted(Kind)


@pytest.mark.django_db
@pytest.mark.usefixtures("organisation")
def test_at_triage_what_the_reporter_chose_comes_first(report, client, amara):
    client.force_login(amara)
    page = client.get(reverse("incidents:triage", args=[report(doors="missing threats").case.pk])).text
    groups = re.findall(r'<optgroup label="([^"]+)"', page)
    assert groups[:3] == ["Missing, or may go missing", "Threats or blackmail", "Any harm"]
    assert page.count('<option value="MIS"') == 1
    plain = client.get(reverse("incidents:triage", args=[report().case.pk])).text
    assert re.findall(r'<optgroup label="([^"]+)"', plain)[0] == "Any harm"
    assert "What the reporter chose" in page and "What the reporter chose" not in plain


# what triage says beside the kind

WHERE_IT_STANDS = ("Also", "Online risk", "Caused by")


@pytest.mark.django_db
def test_triage_keeps_any_number_of_kinds_and_who_caused_it(report, amara):
    case = report().case
    also = "SHM CT-GROOM ON-IMAGE CT-GROOM"
    case.triage(**WEIGHED | {"kind": "CT-GROOM", "secondary": also, "caused_by": "stranger"}, by=amara)
    case = Case.objects.get(pk=case.pk)
    assert case.secondary_kinds == [Kind.SELF_HARM, Kind.IMAGES]  # each once, and not its own kind again
    assert (case.caused_by, case.track) == ("stranger", "child")


@pytest.mark.parametrize(
    ("kind", "letter"),
    [
        ("CT-GROOM", "Contact"),
        ("ON-BULLY", "Conduct"),
        ("CN-BOT", "Content"),
        ("CM-MULE", "Commerce"),
        ("NEG", ""),
        ("", ""),
    ],
)
def test_the_four_cs_follow_from_the_kind(kind, letter):
    assert str(kinds.four_c(kind)).split(":")[0] == letter


@pytest.mark.django_db
@pytest.mark.parametrize(
    "answer", [{"caused_by": "worker"}, {"caused_by": "trustee"}, {"secondary": "AD-GIFTS"}, {"kind": "AD-GIFTS"}]
)
def test_what_turns_out_to_be_about_one_of_us_moves_to_that_line(report, tom, amara, ruth, answer):
    case = report().case
    case.triage(**WEIGHED | {"kind": "PHY"} | answer, by=tom)
    assert Case.objects.get(pk=case.pk).track == "worker"
    assert not Case.objects.visible_to(tom).exists() and Case.objects.visible_to(ruth).exists()


@pytest.mark.django_db
def test_the_database_keeps_that_a_weighed_case_says_who_caused_it(triaged):
    with pytest.raises(IntegrityError, match="triaged_means_weighed"), event("try", by="tests"), transaction.atomic():
        Case.objects.filter(pk=triaged.pk).update(caused_by="")


@pytest.mark.django_db
@pytest.mark.usefixtures("organisation")
def test_triage_through_its_page_and_what_stands_on_the_case(report, client, amara):
    client.force_login(amara)
    case = report().case
    address = reverse("incidents:triage", args=[case.pk])
    answers = WEIGHED | {"kind": "CN-BOT", "refer": "no", "secondary": ["SHM", "CT-FALSE"], "caused_by": "machine"}
    wrong = client.post(address, answers | {"secondary": ["SHM", "NOTHING"], "caused_by": ""}).text
    assert re.search(r'value="SHM"[^>]* checked', wrong)
    assert "Choose who caused it, or that it is not known yet." in wrong
    assert client.post(address, answers).url == case.get_absolute_url()
    page = client.get(case.get_absolute_url()).text
    assert "Also: Self-harm or suicide; Somebody pretending to be somebody else" in page
    assert "Online risk: Content" in page and "Caused by: A machine, like a chatbot" in page
    rows = dict(documents.facts(Case.objects.get(pk=case.pk)))
    assert [bool(rows[name]) for name in WHERE_IT_STANDS] == [True, True, True]


# once somebody knows better


@pytest.mark.django_db
@pytest.mark.usefixtures("organisation")
def test_who_caused_it_can_be_said_later_and_what_it_was_stays_in_the_chronology(triaged, client, amara):
    client.force_login(amara)
    address = reverse("incidents:kind", args=[triaged.pk])
    assert address in client.get(triaged.get_absolute_url()).text
    page = client.get(address).text
    assert re.search(r'value="ON-BULLY"[^>]* selected', page) and re.search(r'value="peer"[^>]* checked', page)
    now_known = {"kind": "ON-BULLY", "secondary": ["SHM"], "caused_by": "stranger", "why": "The police told us."}
    assert client.post(address, now_known).url == triaged.get_absolute_url()
    case = Case.objects.get(pk=triaged.pk)
    assert (case.secondary_kinds, case.caused_by, case.status) == ([Kind.SELF_HARM], "stranger", "triaged")
    words = case.entries.get(kind="decision").words
    assert "Before: Bullying online. A child or young person of ours." in words and "The police told us." in words
    assert "Nothing is different." in client.post(address, now_known).text


@pytest.mark.django_db
def test_what_turns_out_later_to_be_about_one_of_us_moves_to_that_line_for_good(triaged, tom, ruth):
    triaged.turn_out("ON-BULLY", "", "worker", by=tom, why="It was one of our drivers.")
    assert not Case.objects.visible_to(tom).exists() and Case.objects.visible_to(ruth).exists()
    Case.objects.get().turn_out("ON-BULLY", "", "unknown", by=ruth, why="It was not him after all.")
    assert Case.objects.get().track == "worker"
