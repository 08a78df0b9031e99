"""The people in a case in depth: how to reach them, what not to tell, brothers and sisters, and what each of them wants (S10, S28)."""

import re

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from harmony.audit.events import event
from harmony.people.models import Care, Carer, YoungPerson
from incidents.heard import unheard
from incidents.models import Case, CasePerson, Voice

from .conftest import DAY, HOUR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
KNOWN = {"age": "", "handle": "", "notes": "", "young_person": None}


@pytest.fixture
def zed(triaged, amara):
    triaged.add_person(part="affected", name="Zed A", grown="child", **KNOWN, by=amara)
    return triaged.people.get()


def hear(person, words, by, at):
    Voice(case=person.case, person=person).hear(words, "Leah", at, by=by, at=at)


def test_each_child_is_asked_again_at_each_review(triaged, zed, amara):
    triaged.add_person(part="caused", name="A boy", grown="child", **KNOWN, by=amara)
    triaged.add_person(part="caused", name="A stranger", **KNOWN, by=amara)
    case = Case.objects.get(pk=triaged.pk)
    later = case.filed_at + HOUR
    assert {one.name for one in unheard(case)} == {"Zed A", "A boy"}
    hear(zed, "I want it deleted.", amara, later)
    boy = case.people.get(part="caused", grown="child")
    Voice(case=case, person=boy).pass_over("The police ask us to wait.", by=amara, at=later)
    assert unheard(case) == []
    assert case.entries.get(kind="child").words == "I want it deleted."
    case.review("It is calmer.", by=amara, at=later + DAY)
    assert {one.name for one in unheard(Case.objects.get(pk=case.pk))} == {"Zed A", "A boy"}
    voice = zed.voices.get()
    for attempt in (lambda: Voice.objects.filter(pk=voice.pk).update(asked=False), voice.delete):
        with pytest.raises(DatabaseError), transaction.atomic(), event("try", by=amara):
            attempt()


def test_an_adult_who_was_harmed_has_a_way_of_their_own(triaged, sign_in, amara):
    triaged.add_person(part="affected", name="Hana M", grown="adult", **KNOWN, by=amara)
    hana = triaged.people.get()
    client = sign_in(amara)
    page = client.get(reverse("incidents:add_referral", args=[triaged.pk])).content.decode()
    assert "The person who was harmed is an adult" in page
    assert re.search(r'value="adults"[^>]*checked', page)
    hear(hana, "No police, not yet.", amara, triaged.filed_at)
    [entry] = triaged.entries.filter(kind="note")
    assert entry.words == "Hana M, asked what they want by Leah:\n\nNo police, not yet."


def test_what_must_not_be_told_stands_in_red_and_brothers_and_sisters_are_offered(triaged, zed, sign_in, amara):
    made = {}
    for name in ("Zed A", "Ada A", "Otis B"):
        made[name] = YoungPerson()
        made[name].add(name, "", None, "young", by=amara)
    mum = Carer()
    mum.add("Mum", "", "", by=amara)
    for name in ("Zed A", "Ada A"):
        Care(young_person=made[name], carer=mum).link("mother", True, by=amara)
    client = sign_in(amara)
    change = reverse("incidents:change_person", args=[triaged.pk, zed.pk])
    answers = {
        "part": "affected", "name": "Zed A", "grown": "child", "young_person": str(made["Zed A"].pk), "plan": "protection",
        "not_to_tell": "His dad must not learn where they live.", "reach": "Mum's work phone, before 3pm.",
        "collects": "Mum or gran. Never dad.", "seen": zed.changed_at.isoformat(), "why": "Mum rang.",
    }  # fmt: skip
    assert client.post(change, answers).status_code == 302
    page = client.get(reverse("incidents:people", args=[triaged.pk])).content.decode()
    for words in ("His dad must not learn", "before 3pm", "Never dad", "Child protection plan", "Ada A"):
        assert words in page
    assert "Otis B" not in page
    sibling = reverse("incidents:add_person", args=[triaged.pk]) + f"?sibling={made['Ada A'].pk}"
    form = " ".join(client.get(sibling).content.decode().split())
    assert 'value="Ada A"' in form and '<option value="sibling" selected>' in form
    ask = reverse("incidents:ask_voice", args=[triaged.pk, zed.pk])
    refused = client.post(ask, {"asked": "yes", "words": "I want to stay at home."})
    assert "Write who asked them." in refused.content.decode() and "I want to stay at home." in refused.content.decode()
    assert client.post(ask, {"asked": "no", "words": "He is ill."}).status_code == 302
    assert CasePerson.objects.get(pk=zed.pk).voices.get().asked is False
    client.get(reverse("incidents:review", args=[triaged.pk]))
