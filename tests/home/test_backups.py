"""A backup holds everything, and nobody here can open it; put back it is what it was, but for what was erased since."""

import json
import os
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import psycopg2
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings as used
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.encryption import erasures, keys, sheets
from harmony.home import health, tasks
from harmony.home.backups import agekeys, archive, databases, restoring, taking
from harmony.home.models import Backup, BackupKey

CANARY = "quillfeather"
# what is asked of the place where a backup was put back
ASK = """
import json, django; django.setup()
from tests.proof import canaries
from incidents.models import Case
from harmony.audit.events import event
from django.core.files.storage import default_storage
said = "\\n".join(canaries.readable())
print(json.dumps({"canaries": said.count("quillfeather"), "kept": said.count("marigold"), "cases": Case.objects.count(),
                  "files": default_storage.listdir("sealed")[1] if default_storage.exists("sealed") else []}))
"""


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.BACKUP_FOLDER = tmp_path / "backups"
    return settings.BACKUP_FOLDER


@pytest.fixture
def sheet(organisation, tmp_path):
    """The backup key, and the four lines of its sheet in a file."""
    pair = X25519PrivateKey.generate()
    BackupKey().make(1, pair.public_key().public_bytes_raw().hex(), by="the tests")
    path = tmp_path / "sheet"
    path.write_text("\n".join(sheets.lines("backup", 1, pair.private_bytes_raw())))
    return path


@pytest.fixture
def cases(report):
    """One that will be erased, one that will be kept."""
    with event("tell", by="the tests"):
        return report(facts=f"A {CANARY}").case, report(facts="A marigold").case


@pytest.fixture
def there(tmp_path):
    """there(command, …): run in another place, with a database of its own that is still empty."""
    var, name = tmp_path / "there", f"harmony_there_{os.getpid()}"
    around = os.environ | {"HARMONY_VAR": str(var), "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": ""}
    if connection.vendor == "postgresql":
        told = connection.get_connection_params()
        address = f"{told.get('user', '')}:{told.get('password', '')}@{told.get('host', '')}:{told.get('port', 5432)}"
        around["DATABASE_URL"] = f"postgres://{address}/{name}"
        _administer(f'CREATE DATABASE "{name}"')

    def run(*command):
        words = [sys.executable, "-c", ASK] if command == ("ask",) else [sys.executable, "manage.py", *command]
        return subprocess.run(words, cwd=used.BASE, env=around, capture_output=True, text=True, check=False)

    yield run
    if connection.vendor == "postgresql":
        _administer(f'DROP DATABASE "{name}" WITH (FORCE)')


def _administer(sql):
    params = connection.get_connection_params() | {"dbname": "postgres"}
    params.pop("cursor_factory", None), params.pop("context", None)
    with closing(psycopg2.connect(**params)) as admin:
        admin.autocommit = True
        admin.cursor().execute(sql)


def erase(case):
    with event("erase", by="the tests"):
        for root in (case.root, *case.reports.values_list("root", flat=True)):
            keys.erase(root)


@pytest.mark.django_db(transaction=True)
def test_what_was_erased_since_stays_erased_and_the_rest_is_back(sheet, cases, there):
    gone, _kept = cases
    path = taking.take()
    head = databases.told_here()["head"]
    assert CANARY.encode() not in path.read_bytes() and b"SQLite" not in path.read_bytes()
    erase(gone)

    done = there("restore", str(path), "--key", str(sheet))

    assert done.returncode == 0, done.stderr
    assert "audit head identical" in done.stdout and "2 erasures replayed" in done.stdout
    assert head != databases.told_here()["head"], "what was written since is not in it"
    assert json.loads(there("ask").stdout) == {"canaries": 0, "kept": 2, "cases": 2, "files": []}


@pytest.mark.django_db(transaction=True)
def test_nothing_is_put_over_an_organisation_and_no_erasure_is_forgotten(sheet, cases, tmp_path):
    path, private = taking.take(), sheets.read("backup", 1, sheet.read_text().splitlines())
    with pytest.raises(restoring.Refused, match="An organisation lives"), restoring.proved(path, private):
        raise AssertionError
    erase(cases[0])
    with archive.opened(path, private, tmp_path) as found:
        listed = restoring.list_of_erasures(found, path)
        assert {cases[0].root, cases[0].reports.get().root} <= listed.keys()
        assert cases[0].root not in restoring.list_of_erasures(found, path, without=True)
        erasures.path().unlink()
        with pytest.raises(restoring.Refused, match="erasures.txt"):
            restoring.list_of_erasures(found, path)


@pytest.mark.django_db(transaction=True)
def test_what_came_and_went_after_the_backup_is_marked_too(cases):
    """A later backup may hold it."""
    stranger, at = uuid4(), now()
    assert restoring.erase_again({stranger: at, cases[0].root: at}) == 1
    assert erasures.parsed(erasures.path().read_text()).keys() >= {stranger, cases[0].root}
    assert keys.for_reading({stranger, cases[0].root}) == {}


@pytest.mark.django_db(transaction=True)
def test_an_altered_archive_is_refused_and_so_is_another_key(sheet, cases, tmp_path):
    path = taking.take()
    whole, private = path.read_bytes(), sheets.read("backup", 1, sheet.read_text().splitlines())
    for number, (bad, kind) in enumerate(
        [
            (whole[:-1], archive.Unusable),
            (whole[: len(whole) // 2], archive.Unusable),
            (_with_one_bit_flipped(whole, len(whole) // 2), archive.Unusable),
            (_with_one_bit_flipped(whole, len(whole) - 1), archive.Unusable),
            (_with_one_bit_flipped(whole, 60), archive.WrongKey),
            (b"", archive.WrongKey),
        ]
    ):
        (tmp_path / "bad").write_bytes(bad)
        with pytest.raises(kind), archive.opened(tmp_path / "bad", private, tmp_path):
            raise AssertionError(f"{number} was opened")
    with pytest.raises(archive.WrongKey), archive.opened(path, bytes(32 * [7]), tmp_path):
        pass
    with archive.opened(path, private, tmp_path) as found:
        assert found.facts["lines"] and "database" in found.names
    assert not (tmp_path / "archive.tar").exists(), "nothing that was unlocked is left"


def _with_one_bit_flipped(content, place):
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def test_an_archive_whose_manifest_says_something_else_is_refused(tmp_path):
    """Whoever has the public half can make an archive; but not one that lacks or adds a part unseen."""
    pair = X25519PrivateKey.generate()
    public, private = pair.public_key().public_bytes_raw(), pair.private_bytes_raw()
    one = archive.in_memory("database", b"x" * 1000)
    archive.write(tmp_path / "good", public, {}, [one])
    with archive.opened(tmp_path / "good", private, tmp_path) as found:
        assert found.open("database").read() == b"x" * 1000
    archive.write(tmp_path / "twice", public, {}, [one, one])
    with pytest.raises(archive.Unusable), archive.opened(tmp_path / "twice", private, tmp_path):
        pass
    with pytest.raises(archive.Changed):
        archive.write(tmp_path / "short", public, {}, [archive.Member("database", 5, one.open)])


def test_our_key_is_a_key_of_age():
    """age reads both halves, and finds that they are a pair."""
    pair = X25519PrivateKey.generate()
    made = agekeys.identity(pair.private_bytes_raw())
    assert str(made.to_public()) == str(agekeys.recipient(pair.public_key().public_bytes_raw()))


@pytest.mark.django_db(transaction=True)
def test_it_is_written_down_and_old_ones_are_thrown_away(sheet, settings, organisation):
    at = now()
    settings.BACKUP_DAYS = 35
    old, older, today = (taking.take(at=at - timedelta(days=days)) for days in (36, 40, 0))
    assert Backup.objects.latest().taken_at == at
    assert taking.throw_away_old(at=at) == 2
    assert [path.name for path in taking.kept(old.parent)] == [today.name] and not older.exists()
    assert taking.throw_away_old(at=at + timedelta(days=100)) == 0, "the newest stays"
    assert [path for path in old.parent.iterdir() if path.name.startswith(".")] == []
    assert today.stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_without_a_key_nothing_is_copied(organisation):
    with pytest.raises(CommandError, match="print_key_sheet backup"):
        call_command("backup")


@pytest.mark.django_db
def test_a_sheet_that_was_mistyped_is_named_by_its_line(sheet, tmp_path):
    path = tmp_path / "harmony-20261127T030000Z.key1.age"
    path.touch()
    lines = sheet.read_text().splitlines()
    sheet.write_text("\n".join([lines[0], lines[2], lines[1], lines[3]]))
    with pytest.raises(CommandError, match="Line 2"):
        call_command("restore", str(path), "--key", str(sheet))
    with pytest.raises(CommandError, match="nowhere cannot be read"):
        call_command("restore", str(path), "--key", str(tmp_path / "nowhere"))
    with pytest.raises(CommandError, match="There is no file"):
        call_command("restore", str(tmp_path / "nothing"))


@pytest.mark.django_db(transaction=True)
def test_the_list_of_erasures_cannot_be_added_to(cases, settings):
    erase(cases[0])
    text = erasures.path().read_text()
    assert cases[0].root in erasures.parsed(text)
    for bad in (text.replace("0", "1", 1), "\n".join(text.splitlines()[1:]), "", text[:40]):
        with pytest.raises(erasures.NotOurs):
            erasures.parsed(bad)
    settings.BACKUP_FOLDER = Path("/proc/nowhere")
    erase(cases[1])  # stands, though the list cannot be written


def test_a_list_that_lacks_what_the_backup_knows_is_refused(tmp_path):
    class Found:
        def open(self, name):
            return (tmp_path / "own").open("rb")

    root = keys.ORGANISATION
    (tmp_path / "own").write_text(erasures.as_text([(root, now())]))
    (tmp_path / "other").write_text(erasures.as_text([]))
    with pytest.raises(restoring.Refused, match="older than the backup"):
        restoring.list_of_erasures(Found(), tmp_path / "a", tmp_path / "other")
    assert restoring.list_of_erasures(Found(), tmp_path / "a", tmp_path / "own").keys() == {root}


@pytest.mark.django_db
def test_its_age_is_seen_where_one_looks_whether_everything_runs(sheet):
    at, key = now(), BackupKey.objects.get()
    assert seen(at) == (True, "No backup was ever written down.")
    assert seen(key.made_at + timedelta(days=3, minutes=1))[0] is False
    Backup().record(by="manage.py record_backup", at=at - timedelta(days=2))
    well, says = seen(at)
    assert well and says.endswith("2 days ago.")
    assert seen(at + timedelta(days=1, minutes=1))[0] is False


def seen(at):
    return next((fact.is_well, fact.says) for fact in health.facts(at) if fact.name == "backup")


@pytest.mark.django_db(transaction=True)
def test_each_night_one_is_taken_once_there_is_a_key(sheet, settings):
    tasks.back_up()
    assert len(taking.kept(settings.BACKUP_FOLDER)) == Backup.objects.count() == 1


@pytest.mark.django_db
def test_no_key_no_backup_and_no_failure(organisation, settings):
    tasks.back_up()
    assert taking.kept(settings.BACKUP_FOLDER) == []


@pytest.mark.only("postgresql")
@pytest.mark.django_db(transaction=True)
def test_a_program_that_is_missing_or_too_old_is_said_in_words(sheet, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match="apt install postgresql-client-"):
        call_command("backup")
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(CommandError, match="pg_dump is of PostgreSQL 9, and the server is"):
        call_command("backup")
    assert Backup.objects.count() == 0


@pytest.mark.django_db
def test_without_room_nothing_is_begun(tmp_path):
    path = tmp_path / "vast"
    with path.open("wb") as file:
        file.truncate(2**43)  # of which nothing lies on the disk
    with pytest.raises(restoring.Refused, match="MB of free room"), restoring.proved(path, bytes(32)):
        raise AssertionError
