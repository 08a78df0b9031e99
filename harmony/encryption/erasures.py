"""Which roots were erased, written down outside the database: what is put back from a backup is erased again.

A backup from before an erasure holds the wrapped key still. So the list lies in settings.BACKUP_FOLDER, apart from the
database, and travels with what is copied from there. A line is a random number and a time, and tells nothing of anybody:

    00000000000000000000000000000001 2026-11-27T03:00:00+00:00

It is made anew from the table each time, and ends with a proof that only the master key makes: whoever could add to it
could have records destroyed.
"""

import fcntl
import hmac
import logging
import os
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from . import masters
from .models import RootKey

log = logging.getLogger(__name__)
NAME = "erasures.txt"


class NotOurs(Exception):
    """The list was altered or cut short, or was written under another master key."""


def path():
    return Path(settings.BACKUP_FOLDER) / NAME


def keep():
    """Write the list as the table has it now. Whoever is last to write is last to have looked.

    Raises OSError where the folder cannot be written.
    """
    with _alone():
        text = as_text(RootKey.objects.exclude(erased_at=None).values_list("root", "erased_at"))
        if not path().exists() or path().read_text() != text:
            _write(text)


def keep_if_possible():
    """After an erasure, which stands whether the folder can be written or not: a sweep tries again."""
    try:
        keep()
    except OSError as error:
        log.error("the list of erasures cannot be written", extra={"kind": type(error).__name__})


def as_text(erased):
    lines = "".join(f"{root.hex} {at.isoformat()}\n" for root, at in sorted(erased))
    version = max(masters.known())
    return f"{lines}{version} {_proof(version, lines)}\n"


def parsed(text):
    """{root: when it was erased}. Raises NotOurs, and MasterKeyMissing where its key was dropped."""
    *lines, last = text.splitlines(keepends=True) or [""]
    try:
        version, proof = last.split()
        whole = hmac.compare_digest(proof, _proof(int(version), "".join(lines)))
        erased = {UUID(root): datetime.fromisoformat(at) for root, at in map(str.split, lines)}
    except ValueError:
        raise NotOurs from None
    if not whole:
        raise NotOurs
    return erased


def _proof(version, lines):
    key = HKDF(SHA256(), 32, salt=None, info=b"list of erasures").derive(masters.key(version))
    return hmac.new(key, lines.encode(), sha256).hexdigest()


@contextmanager
def _alone():
    """One process at a time; the lock is a file beside the list, for the list itself is replaced."""
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(text):
    """All or nothing."""
    beside = path().with_suffix(".new")
    with beside.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path())
