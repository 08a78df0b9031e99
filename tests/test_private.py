"""What the product writes can be read by its owner alone."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as ours

from harmony import private
from harmony.encryption.checks import nobody_else_reads_what_is_written

WRITES = """
from django.conf import settings
from django.core.mail import send_mail
from django.core.management import call_command
import django; django.setup()
call_command("migrate", verbosity=0)
send_mail("A link", "https://…/reset", None, ["amara@harmony.test"])
from harmony.celery import app
app.send_task("harmony.audit.tasks.seal_book")
"""


def modes(folder):
    return {str(path.relative_to(folder)): path.stat().st_mode & 0o777 for path in [folder, *folder.rglob("*")]}


def run(code, folder):
    """In a process that any shell might start: it lets everybody read what it makes, unless told otherwise."""
    keys = folder.parent / "master.keys"
    keys.write_text(f"1:{'00' * 32}\n")
    environment = os.environ | {
        "MASTER_KEY_FILE": str(keys),
        "DJANGO_SETTINGS_MODULE": "harmony.settings",
        "HARMONY_VAR": str(folder),
        "SECRET_KEY": "for this test",
        "DATABASE_URL": "",
        "REDIS_URL": "",
    }
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, cwd=ours.BASE, env=environment, umask=0o022, check=True, capture_output=True, text=True
    )


def test_database_mails_and_messages_are_their_owners_alone(tmp_path):
    run(WRITES, tmp_path / "var")
    found = modes(tmp_path / "var")
    assert {"harmony.sqlite3", "mail", "broker/messages"} <= set(found)
    assert any(name.startswith("mail/") for name in found)
    assert {name: oct(mode) for name, mode in found.items() if mode & 0o077} == {}


def test_setup_closes_what_stood_open(tmp_path):
    folder = tmp_path / "var"
    (folder / "mail").mkdir(parents=True)
    letter = folder / "mail" / "1.log"
    letter.write_text("a link")
    letter.chmod(0o644)
    folder.chmod(0o755)
    said = run("from harmony.setup import close_what_is_written as go; go(); go()", folder).stdout
    assert said.count("could be read by others") == 1
    assert (modes(folder)["."], modes(folder)["mail"], modes(folder)["mail/1.log"]) == (0o700, 0o700, 0o600)


def test_a_folder_that_is_everybodys_is_left_alone(tmp_path):
    tmp_path.chmod(0o1777)
    assert private.close(tmp_path) == []
    assert tmp_path.stat().st_mode & 0o7777 == 0o1777


@pytest.mark.parametrize(("mode", "found"), [(0o700, []), (0o755, ["encryption.W002"]), (0o710, ["encryption.W002"])])
def test_the_check_sees_an_open_folder(tmp_path, settings, monkeypatch, mode, found):
    settings.VAR = tmp_path
    monkeypatch.setitem(ours.DATABASES, "default", {"ENGINE": "django.db.backends.postgresql", "NAME": "harmony"})
    tmp_path.chmod(mode)
    assert [problem.id for problem in nobody_else_reads_what_is_written(None)] == found


def test_the_check_sees_an_open_database_elsewhere(tmp_path, settings, monkeypatch):
    settings.VAR = tmp_path / "var"
    database = tmp_path / "harmony.sqlite3"
    monkeypatch.setitem(ours.DATABASES, "default", {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database)})
    database.write_text("")
    database.chmod(0o644)
    assert [problem.id for problem in nobody_else_reads_what_is_written(None)] == ["encryption.W002"]
