"""What goes on paper: the record of one young person, and the sheet for an event, which is true for a day."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from consent.models import NeverShown
from consent.sheets import sheet
from harmony.documents import kinds, making
from harmony.documents.models import Export
from harmony.people.models import Group, GroupMember, GroupWorker
from tests.documents import conftest as papers

pytestmark = pytest.mark.django_db
text_of, _files_of_their_own = papers.text_of, papers._files_of_their_own


@pytest.fixture
def makers(sol, sam):
    group = Group()
    group.add("Tuesday Makers", "11-13", by=sol)
    GroupWorker(group=group, user=sam).join(localdate(), by=sol)
    return group


def join(group, *people, sol):
    for one in people:
        GroupMember(group=group, young_person=one).join(localdate(), by=sol)


def test_a_sheet_says_what_is_agreed_for_as_long_as_it_holds(
    client, makers, young, use, agreed, say, sam, sol, amara, leah
):
    website, at = use(), now()
    ada, ben, cal, zed = (young(name) for name in ("Ada", "Ben", "Cal", "Zed"))
    join(makers, ada, ben, cal, zed, sol=sol)
    for one in (ada, ben, cal):
        agreed(one, website)
    say(ben, website, parent="yes", until=localdate(at))  # ends before the sheet does
    NeverShown(young_person=cal).flag("A court order", by=amara)
    found = sheet(makers, at)
    assert [(one["name"], one["yes"]) for one in found["people"]] == [
        ("Ada", [str(website)]),
        ("Ben", []),
        ("Cal", []),
        ("Zed", []),
    ]
    client.force_login(sam)
    shown = client.get(reverse("consent:event_sheet", args=[makers.pk])).content.decode()
    assert found["until"].split(",")[0] in shown and "Made by" in shown
    rows = list(shown.split("<tr")[2:])
    assert rows[1].split("<td")[1:] == rows[2].split("<td")[1:]  # a no is the same whatever it is of
    client.force_login(leah)
    assert client.get(reverse("consent:event_sheet", args=[makers.pk])).status_code == 404


@pytest.mark.parametrize("many", [1, 12])
def test_a_sheet_asks_the_same_however_many_there_are(many, makers, young, use, agreed, sol, django_assert_num_queries):
    website = use()
    people = [young(f"Young {number}") for number in range(many)]
    join(makers, *people, sol=sol)
    for one in people:
        agreed(one, website)
    with django_assert_num_queries(6):
        assert len(sheet(makers, now())["people"]) == many


@pytest.mark.needs("Pango", "pdftotext")
def test_both_are_made_as_a_pdf(
    makers, zed, website, agreed, picture, publish, noor, sol, amara, organisation, text_of
):
    agreed(zed, website)
    join(makers, zed, sol=sol)
    publish(picture(zed), website)
    NeverShown(young_person=zed).flag("Her father must not find her", by=amara)
    asked = [(kinds.get("permission"), zed), (kinds.get("event-sheet"), makers)]
    record, sheets = (Export.of(*one, uuid4(), "inspection", "They asked.", by=noor) for one in asked)
    assert making.make_waiting() == 2
    for one in (record, sheets):
        one.refresh_from_db()
    text = text_of(record.file)
    for words in (
        "Pictures of Zed",
        "Blue folder",
        "Signed on paper",
        "Words no. 1",
        "Canoe day",
        "It is out",
        "Never to be shown",
    ):
        assert words in text
    assert "father" not in text
    text = text_of(sheets.file)
    assert "Photos at Tuesday Makers" in text and "This sheet ends" in text and "No picture" in text
    assert sheets.expires_at - sheets.made_at <= timedelta(hours=24)
