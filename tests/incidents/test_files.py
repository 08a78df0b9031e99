"""The files of a case that are kept elsewhere are written down, and documents made of it stand there."""

from uuid import uuid4

import pytest
from django.urls import reverse

from harmony.documents import kinds
from harmony.documents.models import Export
from harmony.look.words import clock_time
from tests.clients import same_as_missing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
WHEN = {"happened_at_day": "3", "happened_at_month": "3", "happened_at_year": "2026", "happened_at_time": "4:30pm"}
NOTE = {"what": "Two pages of a chat", "where": "Locked cabinet", "holder": "Tom; nobody else has seen it"} | WHEN


def address(case):
    return reverse("incidents:files", args=[case.pk])


def test_where_a_file_is_kept_is_an_entry_of_the_chronology(report, sign_in, amara):
    case, client = report().case, sign_in(amara)
    for _press in range(2):
        assert client.post(address(case), NOTE).url == address(case)
    entry = case.entries.get()
    said = "What it is: Two pages of a chat\nWhere it is kept: Locked cabinet\nWho has it: Tom; nobody else has seen it"
    assert (entry.kind, entry.words) == ("file", said)
    at = clock_time(entry.happened_at)
    for page in (address(case), reverse("incidents:chronology", args=[case.pk]) + "?show=files"):
        text = client.get(page).text
        assert "Where it is kept: Locked cabinet" in text and at in text


def test_such_an_entry_is_put_right_by_another(report, sign_in, amara):
    case, client = report().case, sign_in(amara)
    client.post(address(case), NOTE)
    entry = case.entries.get()
    page = reverse("incidents:correct", args=[case.pk, entry.pk])
    assert 'value="file"' not in client.get(page).text
    assert client.post(page, {"kind": "note", "words": "It went to the police."} | WHEN).status_code == 302
    assert [one.words for one in entry.addenda.all()] == ["It went to the police."]


def test_whoever_cannot_work_it_finds_no_such_page(report, sign_in, leah, amara):
    case = report().case
    assert same_as_missing(sign_in(leah), address(case), reverse("incidents:files", args=[uuid4()]))
    case.share(leah, by=amara, why="Her key worker")
    assert sign_in(leah).get(address(case)).status_code == 403
    assert address(case) not in sign_in(leah).get(case.get_absolute_url()).text


def test_documents_made_of_it_stand_there_and_only_whoever_asked_is_led_to_them(report, sign_in, amara, tom):
    case = report().case
    made = Export.of(kinds.get("chronology"), case, uuid4(), "trustees", "They meet in May.", by=amara)
    own, other = sign_in(amara).get(address(case)).text, sign_in(tom).get(address(case)).text
    for page in (own, other):
        assert "Chronology of a case" in page and "For our trustees" in page and "Being made" in page
        assert "They meet in May." not in page
    assert made.get_absolute_url() in own and made.get_absolute_url() not in other
