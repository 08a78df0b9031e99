"""The files of a case: what is kept elsewhere is written down, nothing is taken in, and imagery is said so (R24)."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from harmony.documents import kinds
from harmony.documents.models import Export
from harmony.look.words import clock_time
from incidents.files import may_hold_images
from incidents.models import Case
from tests.clients import same_as_missing

from .conftest import WEIGHED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
WHEN = {"happened_at_day": "3", "happened_at_month": "3", "happened_at_year": "2026", "happened_at_time": "4:30pm"}
NOTE = {"what": "Two pages of a chat", "where": "Locked cabinet", "holder": "Tom; nobody else has seen it"} | WHEN
NEVER = "No file of any kind will ever be taken for it."


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


def test_a_file_that_is_sent_all_the_same_is_not_kept(report, sign_in, amara):
    case, client = report().case, sign_in(amara)
    page = client.get(address(case)).text
    assert 'type="file"' not in page and "No file can be uploaded here" in page
    client.post(address(case), NOTE | {"file": SimpleUploadedFile("chat.png", b"secret bytes", "image/png")})
    assert "secret" not in case.entries.get().words


@pytest.mark.parametrize(
    ("answers", "gate"),
    [
        ({}, False),
        ({"images": "no"}, False),
        ({"images": "yes"}, True),
        ({"images": "unsure"}, True),
        ({"doors": "missing images"}, True),
    ],
)
def test_where_there_may_be_images_no_file_is_ever_taken(report, sign_in, amara, answers, gate):
    case = report(**answers).case
    assert may_hold_images(case) is gate
    page = sign_in(amara).get(address(case)).text
    assert (NEVER in page) is gate
    assert ("it will take PDFs" in page) is not gate


@pytest.mark.parametrize(
    ("weighed", "gate"),
    [
        ({"kind": "ON-BULLY"}, False),
        ({"kind": "IM-FAKE"}, True),
        ({"kind": "EX-MONEY"}, True),
        ({"kind": "CT-GROOM", "secondary": "IM-SELF"}, True),
    ],
)
def test_so_it_is_where_it_was_weighed_as_such(report, amara, weighed, gate):
    case = report().case
    case.triage(**WEIGHED | weighed, by=amara)
    assert may_hold_images(Case.objects.get(pk=case.pk)) is gate


def test_documents_made_of_it_stand_there_and_only_whoever_asked_is_led_to_them(report, sign_in, amara, tom):
    case = report().case
    made = Export.of(kinds.get("chronology"), case, uuid4(), "trustees", "They meet in May.", by=amara)
    own, other = sign_in(amara).get(address(case)).text, sign_in(tom).get(address(case)).text
    for page in (own, other):
        assert "Chronology of a case" in page and "For our trustees" in page and "Being made" in page
        assert "They meet in May." not in page
    assert made.get_absolute_url() in own and made.get_absolute_url() not in other
