"""The taxonomy (practice.md 2.2): every kind has a family, is behind a door, and can be chosen at triage."""

import re

import pytest
from django.urls import reverse

from incidents import kinds
from incidents.kinds import Kind

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
    assert page.count('value="MIS"') == 1
    plain = client.get(reverse("incidents:triage", args=[report().case.pk])).text
    assert re.findall(r'<optgroup label="([^"]+)"', plain)[0] == "Any harm"
    assert "What the reporter chose" in page and "What the reporter chose" not in plain
