"""A backup is taken: the database as of one moment, then the files, into one archive that this machine cannot open."""

import os
import re
import tempfile
from datetime import UTC, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.timezone import now

from harmony import private
from harmony.encryption import erasures, masters
from harmony.encryption.models import RootKey
from harmony.files.backups import left_out
from harmony.files.models import FOLDER
from harmony.files.sweeping import lying

from ..access import BACKUPS
from ..models import Backup, BackupKey
from . import archive, databases

FILES = "files/"
NAMED = re.compile(r"harmony-\d{8}T\d{6}Z\.key(\d+)\.age")


class NoKey(Exception):
    """No backup key was made yet: nothing could be locked so that nobody here opens it."""


def take(folder=None, at=None):
    """The finished archive's path. Raises NoKey, databases.CannotCopy, and OSError where there is no room."""
    at, folder = at or now(), Path(folder or settings.BACKUP_FOLDER)
    key = BackupKey.objects.order_by("version").last()
    if not key:
        raise NoKey
    private.from_now_on(folder)
    name = f"harmony-{_stamp(at)}.key{key.version}.age"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".taking-") as aside:
        copied, told = databases.copy(aside)
        facts = told | {"taken_at": at.isoformat(), "master_keys": _versions()}
        members = [archive.Member("database", copied.stat().st_size, lambda: copied.open("rb")), *_rest()]
        unfinished = Path(aside) / "archive"
        archive.write(unfinished, bytes.fromhex(key.public), facts, members)
        _is_on_disk(unfinished)
        unfinished.replace(folder / name)
    Backup().record(by=BACKUPS, at=at)
    return folder / name


def throw_away_old(folder=None, at=None):
    """What is older than settings.BACKUP_DAYS, so that what was erased is gone from here too. Never the newest. How many."""
    at, folder = at or now(), Path(folder or settings.BACKUP_FOLDER)
    until = f"harmony-{_stamp(at - timedelta(days=settings.BACKUP_DAYS))}"
    old = [path for path in kept(folder)[:-1] if path.name < until]
    for path in old:
        path.unlink()
    return len(old)


def kept(folder):
    """The archives in it, oldest first: their names begin with their time."""
    return sorted(path for path in folder.iterdir() if NAMED.fullmatch(path.name)) if folder.exists() else []


def _stamp(at):
    """20261127T030000Z: a name that sorts as time does, on any disk."""
    plain = at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
    return plain.replace("-", "").replace(":", "") + "Z"


def _rest():
    """The list of erasures and the files are looked up after the database was copied: so nothing of it is missing."""
    erasures.keep()
    yield archive.in_memory(erasures.NAME, erasures.path().read_bytes())
    without = set(left_out())
    for name in sorted(lying()):
        path = f"{FOLDER}/{name}"
        if path not in without:
            yield archive.Member(FILES + path, default_storage.size(path), lambda path=path: default_storage.open(path))


def _versions():
    """Of the master key: those that a key in this backup is wrapped with, and the newest, which signs the list."""
    used = RootKey.objects.filter(erased_at=None).values_list("version", flat=True).distinct()
    return sorted({*used.order_by(), max(masters.known())})


def _is_on_disk(path):
    with path.open("rb") as file:
        os.fsync(file.fileno())
