"""Is this paper one of ours? Whoever may ask is told; a paper of which somebody must not know is as unknown as a forged one."""

from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event, note
from harmony.audit.models import Entry
from harmony.documents import kinds, making, uploads
from harmony.documents.models import Export

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
PDF = b"%PDF-1.7 a file"
CHECK = "/documents/check/"


@pytest.fixture
def made(zeds_case, amara, ask):
    """Amara's paper about Zed's case, with the fingerprint that is printed on it."""
    ask(amara, zeds_case)
    export = making.take()
    kind = kinds.get("chronology")
    printed = making.fingerprint(kind.gather(zeds_case, export, now()), kind.passing)
    export.make(export.token, PDF, 3, printed, "", by=amara)
    return export


@pytest.fixture
def asks(client):
    """asks(amara, number=…, fingerprint=…) or asks(amara, file=b"…"): the page that answers."""

    def ask(user, file=None, **typed):
        client.force_login(user)
        answers = {"by_file": "1", "file": SimpleUploadedFile("a.pdf", file)} if file is not None else typed
        return client.post(CHECK, answers)

    return ask


def paper_of(export):
    return {"number": export.number, "fingerprint": making.in_fours(export.fingerprint)}


def test_the_same_record_has_the_same_fingerprint_whoever_opened_it_meanwhile(made, zeds_case, tom, ask):
    """Reading it and making papers of it are no change of it; writing in it is."""
    kind = kinds.get("chronology")
    note("read", by=tom, about=zeds_case)
    again = ask(tom, zeds_case)
    assert making.fingerprint(kind.gather(zeds_case, again, now()), kind.passing) == made.fingerprint
    zeds_case.write("note", "One more line.", now(), by=tom)
    assert making.fingerprint(kind.gather(zeds_case, again, now()), kind.passing) != made.fingerprint


def test_a_paper_is_ours_and_the_page_says_of_it_when_by_whom_and_what_for(made, asks, amara):
    page = asks(amara, **paper_of(made)).text
    assert "We made a document with this number and this fingerprint." in page
    for said in (made.number, "Chronology of a case", "Amara Okafor", "For the police or a court"):
        assert said in page
    assert "No. The record stands as it was printed." in page


def test_that_the_record_has_changed_since_is_told(made, asks, zeds_case, amara, sam):
    note("read", by=amara, about=zeds_case)
    assert "No. The record stands as it was printed." in asks(amara, **paper_of(made)).text
    zeds_case.reports.get().add("He came back.", by=sam)
    assert "Yes. The record says more, or something else, by now." in asks(amara, **paper_of(made)).text


def test_no_word_of_the_case_stands_there(made, asks, amara, zeds_case):
    page = asks(amara, **paper_of(made)).text
    for word in (zeds_case.reference, "Zed", "A bruise", "Strategy discussion", str(zeds_case.pk)):
        assert word not in page


@pytest.mark.parametrize("wrong", ["number", "fingerprint"])
def test_one_wrong_digit_is_no_document_of_ours(made, asks, amara, wrong):
    typed = paper_of(made)
    typed[wrong] = ("1" if typed[wrong][0] == "0" else "0") + typed[wrong][1:]
    page = asks(amara, **typed).text
    assert "We cannot say that this is ours." in page
    assert "Amara Okafor</dd>" not in page and "We made a document" not in page


def test_the_file_itself_is_checked_to_the_last_byte(made, asks, amara):
    assert "We made this file, and not one byte of it was changed." in asks(amara, file=PDF).text
    assert "We cannot say that this is ours." in asks(amara, file=PDF + b" ").text
    assert "This file is empty." in asks(amara, file=b"").text


def test_a_file_is_never_kept(made, asks, amara, kept_files, tmp_path, settings, monkeypatch):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    before = kept_files()
    asks(amara, file=b"x" * 3_000_000)  # beyond what Django keeps in memory
    assert kept_files() == before
    assert [path.name for path in tmp_path.glob("*.upload*")] == []


def test_a_file_that_is_too_large_is_not_read_to_its_end(made, asks, amara, monkeypatch):
    monkeypatch.setattr(uploads, "MOST", 100_000)
    page = asks(amara, file=b"x" * 400_000)
    assert page.status_code == 200
    assert "Choose a PDF of less than 50 MB." in page.text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "Type the number of the document."),
        ({"number": "nonsense", "fingerprint": "0" * 64}, "A number has 8 digits"),
        ({"number": "3FA85F64", "fingerprint": "12"}, "A fingerprint has 64 digits"),
        ({"number": "3FA85F64", "fingerprint": "\x00" * 64}, "cannot keep"),
    ],
)
def test_what_cannot_be_is_said_beside_its_box(asks, amara, typed, says):
    assert says in asks(amara, **typed).text


def test_a_paper_of_which_somebody_must_not_know_is_as_unknown_as_any(report, ruth, amara, person, ask, asks):
    """A concern about Amara: Ruth's paper is true to Ruth and to an auditor, and nothing to Amara."""
    kit = person("Kit Summers", "auditor", kind="contractor")
    case = report(about=amara).case
    ask(ruth, case)
    export = making.take()
    export.make(export.token, PDF, 3, "a" * 64, "", by=ruth)
    for reader in (ruth, kit):
        assert "We made a document" in asks(reader, **paper_of(export)).text
    forged = {"number": "00000000", "fingerprint": "b" * 64}
    told, nothing = asks(amara, **paper_of(export)), asks(amara, **forged)
    assert told.status_code == nothing.status_code == 200
    assert "We cannot say that this is ours." in told.text
    assert Entry.objects.filter(verb="check", actor_id=amara.pk.hex).count() == 0
    assert "We cannot say that this is ours." in asks(amara, file=PDF).text


def test_who_works_no_case_checks_no_paper_of_one(made, asks, sol, leah, client):
    assert "We cannot say that this is ours." in asks(sol, **paper_of(made)).text
    assert asks(leah, **paper_of(made)).status_code == 403
    client.force_login(sol)
    assert "Check a printed document" in client.get(reverse("documents:mine")).text


def test_a_check_stands_in_the_chain_of_what_the_paper_is_about(made, asks, person):
    kit = person("Kit Summers", "auditor", kind="contractor")
    asks(kit, **paper_of(made))
    assert Entry.objects.filter(root=made.root.hex, verb="check", actor_id=kit.pk.hex, changes=None).count() == 1


def test_a_deleted_document_can_still_be_checked(made, asks, amara):
    made.delete_file(by=amara)
    assert "We made a document" in asks(amara, **paper_of(made)).text


def test_the_database_keeps_the_fingerprint(made):
    for column in ("fingerprint", "file_hash"):
        with pytest.raises(IntegrityError), transaction.atomic(), event("change", by="the tests"):
            Export.objects.filter(pk=made.pk).update(**{column: "0" * 64})


def test_the_same_from_a_shell(made, tmp_path):
    for words in ([made.number, *making.in_fours(made.fingerprint).split()], [str(_kept(tmp_path, PDF))]):
        out = StringIO()
        call_command("check_document", *words, stdout=out)
        assert "This document was made here." in out.getvalue()
        assert "By: Amara Okafor" in out.getvalue()
    for words in ([made.number, "0" * 64], [str(_kept(tmp_path, PDF + b"x"))], [str(tmp_path / "nowhere.pdf")]):
        with pytest.raises(CommandError):
            call_command("check_document", *words, stdout=StringIO())


def _kept(folder, content):
    path = folder / "a.pdf"
    path.write_bytes(BytesIO(content).read())
    return path
