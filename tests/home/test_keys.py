"""The keys on paper: printed, held by two trustees, asked again after a year, and good for a new machine."""

import io
import re
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.encryption import masters, sheets
from harmony.home import ladders
from harmony.home.models import BackupKey, KeySheet
from incidents.models import Case

pytestmark = pytest.mark.django_db
PAGE = reverse("home:keys")
MASTER, BACKUP = KeySheet.Kind.MASTER, KeySheet.Kind.BACKUP
YEAR = timedelta(days=365)
KEY_LINE = re.compile(r"^[0-9a-f]{4}( [0-9a-f]{4}){3}  [0-9a-f]{4}$", re.MULTILINE)


@pytest.fixture
def file(settings, tmp_path):
    settings.MASTER_KEYS = {}
    settings.MASTER_KEY_FILE = tmp_path / "master.keys"
    settings.MASTER_KEY_FILE.write_text("1:" + "0123456789abcdef" * 4 + "\n")
    settings.MASTER_KEY_FILE.chmod(0o600)
    return settings.MASTER_KEY_FILE


def printed(capsys, *words):
    call_command("print_key_sheet", *words)
    return [found[0] for found in KEY_LINE.finditer(capsys.readouterr().out)]


def restore(monkeypatch, lines, version="1"):
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    call_command("restore_master_key", version)


def test_the_master_key_comes_back_from_what_its_sheet_says(file, case, organisation, capsys, monkeypatch):
    before, lines = file.read_text(), printed(capsys, "master")
    file.unlink()
    restore(monkeypatch, [line.upper().replace("  ", "") for line in lines])
    assert file.read_text() == before and file.stat().st_mode & 0o777 == 0o600
    assert Case.objects.get(pk=case.pk).rationale == "A bruise"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda lines: lines[:3], "four lines"),
        (lambda lines: [lines[0], lines[2], lines[1], lines[3]], "Line 2"),
        (lambda lines: [*lines[:3], lines[3].replace("c", "b", 1)], "Line 4"),
        (lambda lines: ["what is this?", *lines[1:]], "Line 1"),
    ],
)
def test_a_line_that_was_misread_is_named_and_nothing_is_written(file, organisation, capsys, monkeypatch, spoil, says):
    lines, before = printed(capsys, "master"), file.read_text()
    with pytest.raises(CommandError, match=says):
        restore(monkeypatch, spoil(lines))
    with pytest.raises(CommandError, match="Line 1"):
        restore(monkeypatch, lines, version="2")
    assert file.read_text() == before


def test_a_sheet_never_writes_over_another_key(file, organisation, monkeypatch):
    other = sheets.lines("master", 1, bytes(32))
    with pytest.raises(CommandError, match="another key of version 1"):
        restore(monkeypatch, other)


def test_the_private_half_of_the_backup_key_is_on_paper_only(organisation, capsys):
    private = sheets.read("backup", 1, printed(capsys, "backup"))
    assert (
        X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw().hex()
        == BackupKey.objects.get().public
    )
    with pytest.raises(CommandError, match="printed once"):
        call_command("print_key_sheet", "backup")
    assert sheets.read("backup", 2, printed(capsys, "backup", "--new")) != private


def answer(kind, place="The safe"):
    return {"kind": kind, "place": place, "sure": "on"}


def test_each_sheet_needs_two_trustees_who_say_so_themselves(organisation, gwen, tess, sol, amara, client):
    BackupKey().make(1, "00" * 32, by="the tests")
    for who, holds in ((amara, 404), (sol, 404), (gwen, 302), (gwen, 200), (tess, 302)):
        client.force_login(who)
        assert client.post(PAGE, answer(MASTER)).status_code == holds, who
    assert KeySheet.objects.lacking(now()) == [BACKUP]
    client.force_login(gwen)
    assert client.post(PAGE, {"kind": BACKUP, "place": "The safe"}).status_code == 200  # not seen with one's own eyes
    client.post(PAGE, answer(BACKUP))
    assert client.post(PAGE, answer(BACKUP)).status_code == 404
    assert KeySheet.objects.lacking(now()) == [BACKUP]
    client.force_login(tess)
    client.post(PAGE, answer(BACKUP, "The bank"))
    assert KeySheet.objects.lacking(now()) == []
    assert "Tess Amos</strong>: The bank" in client.get(PAGE).content.decode()


def test_the_database_counts_nobody_twice(on_paper, gwen):
    on_paper()
    with pytest.raises(IntegrityError), transaction.atomic(), event("again", by=gwen):
        KeySheet.objects.create(kind=MASTER, version=1, stored_by=gwen, stored_at=now(), place="Elsewhere")


def test_after_a_year_a_trustee_is_asked_again_and_one_word_more_is_enough(organisation, on_paper, gwen, client):
    on_paper(at=now() - YEAR)
    assert ladders._no_key_sheet(organisation, now())
    assert not ladders._no_key_sheet(organisation, now() - timedelta(days=1))
    client.force_login(gwen)
    client.post(PAGE, answer(MASTER, "The bank"))
    assert KeySheet.objects.filter(stored_by=gwen, kind=MASTER).values_list("place", flat=True).get() == "The bank"
    on_paper()
    assert not ladders._no_key_sheet(organisation, now())


def test_who_is_no_trustee_any_more_or_holds_an_older_version_does_not_count(on_paper, tess, ruth, settings):
    on_paper()
    tess.suspend(by=ruth, why="She left the board")
    assert KeySheet.objects.lacking(now()) == [MASTER, BACKUP]
    tess.restore(by=ruth, why="She is back")
    assert not KeySheet.objects.lacking(now())
    settings.MASTER_KEYS = settings.MASTER_KEYS | {str(max(masters.known()) + 1): "11" * 32}
    assert KeySheet.objects.lacking(now()) == [MASTER]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"sure": ""}, "Tick this once"), ({"place": "a\0b"}, "cannot keep"), ({"kind": "safe"}, "error-summary")],
)
def test_a_wrong_answer_is_met_with_what_to_do(file, client, gwen, organisation, wrong, says):
    client.force_login(gwen)
    answer = client.post(PAGE, {"kind": "master", "place": "The safe", "sure": "on"} | wrong)
    assert answer.status_code == 200 and says in answer.content.decode()
    assert not KeySheet.objects.exists()
