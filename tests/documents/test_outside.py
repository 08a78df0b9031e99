"""What goes out to others: a referral that holds the chosen facts alone, and a summary that is one page, whatever the case."""

import io
from datetime import timedelta

import pikepdf
import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from harmony.documents import making
from incidents.models import Referral

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation"), pytest.mark.needs("Pango", "pdftotext")]


def made(export):
    making.make_waiting()
    export.refresh_from_db()
    assert export.status == "ready", export.failure
    return export.file


def test_a_referral_holds_what_was_chosen_for_it_and_nothing_else(client, zeds_case, amara, ask, text_of):
    zeds_case.add_person(part="affected", name="Zed A", age="12", handle="", notes="", young_person=None, by=amara)
    zeds_case.add_person(part="bystander", name="Otis B", age="", handle="", notes="", young_person=None, by=amara)
    referral = Referral(case=zeds_case)
    referral.consider("children", None, why="It goes on at home.", informed="parents", by=amara)
    client.force_login(amara, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = reverse("incidents:choose_facts", args=[zeds_case.pk, referral.pk])
    zed, report, call = zeds_case.people.first(), zeds_case.reports.get(), zeds_case.entries.filter(kind="call").get()
    chosen = {
        "people": [f"person:{zed.pk}"],
        "reported": [f"report:{report.pk}:facts"],
        "entries": [f"entry:{call.pk}"],
    }
    assert client.post(page, chosen).status_code == 302
    assert client.post(page, {"people": ["person:7"]}).status_code == 200  # none of those that were offered
    assert b"checked" in client.get(page).content
    out = reverse("incidents:black_out", args=[zeds_case.pk, referral.pk])
    masked = {"masks": "his  arm\nSEVEN", "masks_why": ""}
    assert "Say why, in a sentence." in client.post(out, masked).content.decode()
    client.post(out, masked | {"masks_why": "It tells where they live."})
    assert "A bruise on [blacked out]." in client.get(out).content.decode()
    referral.refresh_from_db()
    text = text_of(made(ask(amara, referral, kind="referral")))
    for words in (
        "It goes on at home.",
        "Zed A",
        "A bruise on [blacked out].",
        "Rang his dad at [blacked out].",
    ):
        assert words in text
    for words in (
        "Otis B",
        "his arm",
        "seven",
        "He is frightened.",
        "They made a group",
        "I just want it to stop.",
        "Repeated, by several.",
    ):
        assert words not in text


def test_a_summary_is_one_page_and_each_copy_has_its_number(zeds_case, amara, ask, text_of):
    for number in range(12):
        at = now() - timedelta(days=40 - number)
        zeds_case.write(
            "decision", f"Decision {number}. " + "A long reason goes here. " * 40, at, True, by=amara, at=at
        )
        zeds_case.add_person(
            part="witness", name=f"Witness {number} Longname", age="", handle="", notes="", young_person=None, by=amara
        )
        zeds_case.give(f"Do thing {number}. " + "In detail. " * 40, amara, localdate(), by=amara)
    first, second = (ask(amara, zeds_case, kind="summary") for _copy in range(2))
    text = text_of(made(first))
    second.refresh_from_db()
    assert "copy 1" in text and "copy 2" in text_of(second.file)
    assert first.fingerprint == second.fingerprint
    with pikepdf.open(io.BytesIO(first.file)) as file:
        assert len(file.pages) == 1
    assert "I just want it to stop." in text and "Decision 11." in text and "Decision 0." not in text
