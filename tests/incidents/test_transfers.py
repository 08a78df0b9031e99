"""A case handed on: one encrypted file that opens with its passphrase alone, what is in it, and its receipt."""

import io
from uuid import uuid4

import pikepdf
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from harmony.audit.events import event
from harmony.documents import kinds, making
from harmony.documents.models import Export
from harmony.notifications import waits
from harmony.notifications.models import Notice
from incidents.models import Transfer
from incidents.waits import WITH_OTHERS
from tests.files.made import HELLO

from .conftest import AT, DAY, HOUR, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation", "storage")]
ANSWERS = {
    "to_whom": "Eastmoor Sailing Club, Ivo Bell",
    "why": "He sails there now.",
    "informed": "His mum asked for it.",
}


@pytest.fixture
def transfer(triaged, amara):
    one = Transfer(case=triaged)
    one.prepare(**ANSWERS, by=amara, at=AT)
    return one


@pytest.mark.needs("Pango")
def test_the_file_opens_with_the_passphrase_alone_and_holds_what_its_manifest_says(transfer, triaged, amara, keep):
    kept, locked = keep(triaged), keep(triaged, "other.txt", b"something else")
    locked.lock_away(by=amara)
    export = Export.of(kinds.get("transfer"), transfer, uuid4(), "transfer", "He sails there now.", by=amara)
    making.make_waiting()
    export.refresh_from_db()
    assert export.status == "ready", export.failure
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(export.file))
    assert b"Zed" not in export.file
    with pikepdf.open(io.BytesIO(export.file), password=transfer.passphrase) as file:
        assert (file.encryption.R, len(file.attachments)) == (6, 1)
        [held] = file.attachments.values()
        assert held.get_file().read_bytes() == HELLO
    shown = kinds.get("transfer").gather(transfer, export, AT)
    assert [one["hash"] for one in shown["files"]] == [kept.digest]


def test_it_is_handed_on_once_they_say_that_they_have_it(transfer, triaged, amara, tom, on_call):
    on_call(amara)
    transfer.send("Their secure page; passphrase by phone.", AT + HOUR, by=amara, at=AT + HOUR)
    waits.climb(AT + 8 * DAY, WITH_OTHERS)
    assert said(Notice.objects.filter(kind="transfer")) == [("Amara", "case_late"), ("Tom", "case_late")]
    transfer.receive("Ivo Bell, by phone: it opens.", AT + 8 * DAY, by=amara, at=AT + 8 * DAY)
    assert transfer.due_at is None
    assert [one.words.split("\n")[0] for one in triaged.entries.filter(kind="contact")] == [
        "Handed on to Eastmoor Sailing Club, Ivo Bell: sent.",
        "Handed on to Eastmoor Sailing Club, Ivo Bell: they have it.",
    ]
    assert not kinds.get("transfer").may(amara, transfer)  # no new file of what is over
    for attempt in (lambda: Transfer.objects.filter(pk=transfer.pk).update(status="sent", due_at=AT), transfer.delete):
        with pytest.raises(DatabaseError), transaction.atomic(), event("try", by=amara):
            attempt()


def test_its_pages_lead_from_the_question_to_the_passphrase(triaged, sign_in, amara):
    client = sign_in(amara)
    start = reverse("incidents:hand_on", args=[triaged.pk])
    assert "Say why, in a sentence." in client.post(start, ANSWERS | {"why": ""}).content.decode()
    client.post(start, ANSWERS)
    one = Transfer.objects.get()
    page = client.get(one.get_absolute_url()).content.decode()
    assert one.passphrase in page and reverse("documents:ask", args=["transfer", one.pk]) in page
    off = reverse("incidents:transfer_step", args=[triaged.pk, one.pk, "off"])
    client.post(off, {"why": "They stay with us."})
    assert one.passphrase not in client.get(one.get_absolute_url()).content.decode()
    assert client.get(reverse("incidents:transfer_step", args=[triaged.pk, one.pk, "lost"])).status_code == 404
