"""Files that a case keeps: taken in, sealed, downloaded by those who work it; and refused for good where there may be images."""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.audit.transitions import Refused
from harmony.encryption import keys
from harmony.files import sweeping
from harmony.files.models import FOLDER, Gone
from harmony.files.taking import Taken
from incidents.models import Case, CaseFile
from tests.clients import same_as_missing
from tests.files.made import GOOD, HELLO, office

from .conftest import WEIGHED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation", "storage")]
NEVER = "No file of any kind will ever be taken for it."


class Elsewhere(Storage):
    """As one that is asked over the network: no path leads to what it holds."""

    def __init__(self):
        held = InMemoryStorage()
        self._open, self._save, self.delete = held._open, held._save, held.delete
        self.exists, self.listdir, self.get_modified_time = held.exists, held.listdir, held.get_modified_time


def adds(client, case, name="chat.txt", content=HELLO, **ticks):
    sent = {"file": SimpleUploadedFile(name, content)} if name else {}
    return client.post(reverse("incidents:add_file", args=[case.pk]), sent | ({"said_clean": "on"} | ticks))


def lies(storage):
    return sorted(storage.iterdir()) if storage.exists() else []


def test_whoever_works_it_adds_a_file_and_downloads_it(report, sign_in, amara, storage):
    case, client = report().case, sign_in(amara)
    content = b"Zed wrote this. " * 20_000
    for _press in range(2):
        assert adds(client, case, "Zed A.txt", content).url == reverse("incidents:files", args=[case.pk])
    file = case.files.get()
    page = client.get(reverse("incidents:files", args=[case.pk])).text
    for said in ("Zed A.txt", "312.5\xa0KB", "Amara Okafor", "Not scanned", file.digest[:12]):
        assert said in page
    assert reverse("incidents:download", args=[file.pk]) in client.get(file.get_absolute_url()).text
    answer = client.get(reverse("incidents:download", args=[file.pk]))
    assert b"".join(answer.streaming_content) == content
    headers = {name: answer[name] for name in ("Content-Disposition", "Content-Type", "Content-Security-Policy")}
    assert headers == {
        "Content-Disposition": 'attachment; filename="Zed A.txt"',
        "Content-Type": "application/octet-stream",
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    }
    assert (answer["X-Content-Type-Options"], answer["Content-Length"]) == ("nosniff", str(len(content)))
    assert "no-store" in answer["Cache-Control"]
    reads = Entry.objects.filter(root=case.root.hex, verb="read", table_name=CaseFile._meta.db_table)
    assert [line.actor_name for line in reads] == ["Amara Okafor"] * 2  # its page, and its bytes


def test_a_storage_that_has_no_folder_keeps_it_as_well(report, sign_in, amara, settings):
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"{__name__}.Elsewhere"}}
    case, client = report().case, sign_in(amara)
    assert adds(client, case, content=HELLO).status_code == 302
    file = case.files.get()
    assert HELLO not in default_storage.open(file.path).read()
    answer = client.get(reverse("incidents:download", args=[file.pk]))
    assert b"".join(answer.streaming_content) == HELLO
    default_storage.save(f"{FOLDER}/{uuid4().hex}", ContentFile(b"of a stopped machine"))
    assert sweeping.sweep(now()) == 0
    assert sweeping.sweep(now() + timedelta(hours=2)) == 1
    assert default_storage.listdir(FOLDER)[1] == [file.pk.hex]


def test_nothing_of_it_can_be_read_on_disk_or_in_the_database(report, keep, storage, amara):
    file = keep(report().case, "Zed Alder.txt", b"Zed wrote this.")
    [lying] = lies(storage)
    assert lying.name == file.pk.hex and b"Zed" not in lying.read_bytes()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name, kind, digest FROM {CaseFile._meta.db_table}")
        row = cursor.fetchone()
    assert all(value.startswith("1.") for value in row)
    said = "".join(Entry.objects.filter(table_name=CaseFile._meta.db_table).values_list("changes", flat=True))
    assert "Zed" not in said and file.digest not in said


@pytest.mark.parametrize("which", ["root", "pk"])
def test_erasing_either_key_makes_it_unreadable(report, keep, sign_in, amara, which):
    file = keep(report().case)
    with event("erase", by="the tests"):
        keys.erase(getattr(file, which))
    with pytest.raises(Gone), file.opened():
        pass
    assert sign_in(amara).get(reverse("incidents:download", args=[file.pk])).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "ticks", "said"),
    [
        ("chat.docx", office(("word/vbaProject.bin", b"x")), {}, "This file holds a program"),
        ("a.zip", b"PK\x03\x04", {}, "Unpack it, and add each file by itself."),
        ("a.txt", b"", {}, "This file is empty."),
        ("a.txt", b"a" * 2_000_001, {}, "This file is too big. We take files of up to 2 MB."),
        ("", b"", {}, "Choose a file."),
        ("a.txt", b"words", {"said_clean": ""}, "Tick this if it is so."),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_nothing_is_kept(
    report, sign_in, amara, settings, storage, name, content, ticks, said
):
    settings.LARGEST_FILE = 2_000_000
    case = report().case
    page = adds(sign_in(amara), case, name, content, **ticks)
    assert page.status_code == 200 and said in page.text
    field = page.context["form"].errors
    assert list(field) == (["said_clean"] if ticks else ["file"])
    assert page.context["form"]["said_clean"].value() is not bool(ticks)
    assert not case.files.exists() and lies(storage) == []


def test_to_whoever_does_not_work_it_it_is_as_if_there_were_none(report, keep, sign_in, leah, amara, sam):
    case = report(author=leah).case
    file = keep(case)
    address, missing = (reverse("incidents:download", args=[pk]) for pk in (file.pk, uuid4()))
    for user in (leah, sam):
        assert same_as_missing(sign_in(user), address, missing)
        with pytest.raises(PermissionDenied):
            CaseFile.take(case, Taken.of("a.txt", b"words"), True, by=user)
    case.share(sam, by=amara, why="Her key worker")
    assert same_as_missing(sign_in(sam), address, missing)
    assert adds(sign_in(sam), case).status_code == 403
    case.recuse(amara, by=amara, why="She knows the family")
    assert same_as_missing(sign_in(amara), address, missing)


@pytest.mark.parametrize(
    "answers", [{"images": "yes"}, {"images": "unsure"}, {"doors": "missing images"}], ids=["yes", "not sure", "door"]
)
def test_where_a_reporter_said_that_there_may_be_images_no_file_is_taken(report, sign_in, amara, storage, answers):
    refused(report(**answers).case, sign_in(amara), amara, storage)


@pytest.mark.parametrize(
    "weighed",
    [{"kind": "IM-FAKE"}, {"kind": "EX-MONEY"}, {"kind": "AD-IMAGES"}, {"kind": "CT-GROOM", "secondary": "IM-SELF"}],
    ids=lambda weighed: " ".join(weighed.values()),
)
def test_nor_where_it_was_weighed_as_such_now_or_later(report, sign_in, amara, ruth, storage, weighed):
    case = report().case
    case.triage(**WEIGHED | weighed, by=amara)
    refused(case, sign_in(amara), amara, storage)
    later = report().case
    later.triage(**WEIGHED, by=amara)
    later.turn_out(weighed["kind"], weighed.get("secondary", ""), "peer", by=amara, why="She told us more.")
    refused(later, sign_in(amara), amara, storage)
    if weighed["kind"] != "AD-IMAGES":  # with that it has moved to another line
        later.turn_out("ON-BULLY", "", "peer", by=amara, why="It was a mistake.")
        refused(later, sign_in(amara), amara, storage)


def refused(case, client, by, storage):
    """By the page, a forged form, the step itself, the row, and the database."""
    page = client.get(reverse("incidents:files", args=[case.pk])).text
    assert NEVER in page and reverse("incidents:add_file", args=[case.pk]) not in page
    form = client.get(reverse("incidents:add_file", args=[case.pk]))
    assert form.status_code == 200 and 'type="file"' not in form.text and NEVER in form.text
    for name in ("chat.txt", "chat.png", "letter.pdf", "notes.docx", "film.mp4", "a.zip"):
        sent = adds(client, case, name, GOOD.get(name, b"film"))
        assert sent.status_code == 409 and NEVER in sent.text
    with pytest.raises(Refused, match="No file is ever taken"):
        CaseFile.take(case, Taken.of("a.txt", b"words"), True, by=by)
    file = CaseFile(case=case, added_by=by, said_clean=True, name="a", kind="txt", digest="0", size=1)
    with pytest.raises(Refused, match="No file is ever taken"):
        file.keep(by=by)
    with event("add", by=by), pytest.raises(IntegrityError), transaction.atomic():
        CaseFile.objects.bulk_create([file])
    assert not case.files.exists() and lies(storage) == []


def test_whoever_reported_it_adds_a_file_to_their_own_report(report, sign_in, sam, leah, amara):
    sent = report()
    address = reverse("incidents:add_to_report", args=[sent.pk])
    file = {"file": SimpleUploadedFile("chat.png", GOOD["chat.png"]), "said_clean": "on"}
    assert same_as_missing(sign_in(leah), address, reverse("incidents:add_to_report", args=[uuid4()]))
    with pytest.raises(PermissionDenied):
        CaseFile.take(sent.case, Taken.of("a.txt", b"words"), True, by=leah, report=sent)
    assert sign_in(sam).post(address, file).url == f"{sent.get_absolute_url()}#added"
    assert "chat.png" in sign_in(sam).get(sent.get_absolute_url()).text
    kept = sent.case.files.get()
    assert kept.report == sent and Case.objects.get(pk=sent.case_id).added_at
    assert sign_in(sam).get(reverse("incidents:download", args=[kept.pk])).status_code == 404
    assert "chat.png" in sign_in(amara).get(reverse("incidents:files", args=[sent.case_id])).text


def test_but_not_where_there_may_be_images_and_they_learn_no_more_than_that(report, sign_in, sam, amara):
    sent = report()
    sent.case.triage(**WEIGHED | {"kind": "IM-FAKE"}, by=amara)
    address = reverse("incidents:add_to_report", args=[sent.pk])
    answer = sign_in(sam).post(address, {"file": SimpleUploadedFile("a.txt", HELLO), "said_clean": "on"})
    assert answer.status_code == 409 and "This report takes no files" in answer.text and NEVER not in answer.text
    assert not sent.case.files.exists()
    with pytest.raises(Refused):
        CaseFile.take(sent.case, Taken.of("a.txt", b"words"), True, by=sam, report=sent)


def test_that_there_may_be_images_is_never_taken_back(report, amara):
    case = report(images="unsure").case
    with event("change", by=amara), pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(imagery=False)
    plain = report().case
    with event("change", by=amara), pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=plain.pk).update(kind="IM-FAKE")


def test_what_is_known_without_looking_takes_the_place_of_a_file(report, sign_in, amara):
    case, client = report(images="yes").case, sign_in(amara)
    address = reverse("incidents:files", args=[case.pk])
    assert "What do you know without looking?" in client.get(address).text
    when = {f"happened_at_{part}": value for part, value in zip(("day", "month", "year", "time"), ("3", "3", "2026", "4pm"), strict=True)}  # fmt: skip
    wrong = client.post(address, {"platform": "Snapchat, zed_a"} | when)
    assert "Say who told us of it." in wrong.text and "Snapchat, zed_a" in wrong.text and not case.entries.exists()
    told = {"told_by": "Her friend Mia", "device": "Her own phone", "public": "unsure", "seen": "Nobody"} | when
    assert client.post(address, told).url == address
    said = "Who told us of an image: Her friend Mia\nWhose device, and where it is now: Her own phone\n"
    said += "Anybody can find it on the web: I’m not sure\nWho has seen it, and why: Nobody"
    assert case.entries.get().words == said


def test_a_file_stays_as_it_was_added(report, keep, amara):
    file = keep(report().case)
    other = report().case
    for change in (
        lambda: CaseFile.objects.update(size=1),
        lambda: CaseFile.objects.update(case=other),
        lambda: CaseFile.objects.filter(pk=file.pk).delete(),
    ):
        with event("change", by=amara), pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_bytes_and_row_come_together_or_not_at_all(report, amara, storage):
    """The row fails after its bytes are stored: they are gone. The machine stops before: the sweep finds them."""
    case = report().case
    with suppress(IntegrityError), transaction.atomic():
        CaseFile.take(case, Taken.of("a.txt", b"words"), False, by=amara)
    assert not case.files.exists() and lies(storage) == []
    default_storage.save(f"{FOLDER}/{uuid4().hex}", Taken.of("a.txt", b"left behind"))
    assert sweeping.sweep() == 0
    assert sweeping.sweep(at=now() + timedelta(hours=2)) == 1
    assert lies(storage) == []


def test_a_row_without_its_bytes_is_said_out_loud(report, keep, storage):
    kept, lost = keep(report().case), keep(report().case, content=b"other words")
    assert sweeping.sweep(at=now() + timedelta(hours=2)) == 0
    (storage / lost.pk.hex).unlink()
    with pytest.raises(sweeping.BytesMissing):
        sweeping.sweep()
    with kept.opened() as content:
        assert content.read() == HELLO


def test_its_pages_cost_the_same_for_one_file_and_for_many(report, keep, sign_in, amara):
    case, client, taken = report().case, sign_in(amara), []
    for size in (1, 4):
        for number in range(size):
            keep(case, content=HELLO * (10 * size + number))
        client.get(address := reverse("incidents:files", args=[case.pk]))
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        taken.append(len(queries))
    assert taken[0] == taken[1]
