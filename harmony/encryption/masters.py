"""Master keys: each wraps data keys, and none lies in the database.

They are lines of `version:64 hex digits` in one file that only its owner can read (settings.MASTER_KEY_FILE).
The highest version wraps, the others only unwrap. A process that is running notices a changed file by
itself, so a rotation needs no restart, and nobody goes on wrapping with a version about to be dropped.
"""

import os
import secrets
from pathlib import Path

from django.conf import settings


class MasterKeyMissing(Exception):
    """What it wrapped cannot be opened until it is put back."""


class AnotherKey(Exception):
    """There is a key of this version already, and it is not this one."""


_read = {}  # {path: (when it was changed, keys)}


def known():
    """{version: key}"""
    if settings.MASTER_KEYS:
        return {int(version): bytes.fromhex(key) for version, key in settings.MASTER_KEYS.items()}
    path = Path(settings.MASTER_KEY_FILE)
    changed = path.stat().st_mtime_ns
    if _read.get(path, (0,))[0] != changed:
        _read[path] = changed, _parsed(path.read_text())
    return _read[path][1]


def key(version):
    try:
        return known()[version]
    except KeyError:
        raise MasterKeyMissing(f"Master key {version} is not in {settings.MASTER_KEY_FILE}: was it dropped?") from None


def add():
    """Make the next version, which wraps from now on. Returns its number."""
    keys = known()
    version = max(keys, default=0) + 1
    _write(keys | {version: secrets.token_bytes(32)})
    return version


def put_back(version, key):
    """What was typed in from paper. A file that is gone is made anew."""
    keys = known() if Path(settings.MASTER_KEY_FILE).exists() else {}
    if keys.get(version, key) != key:
        raise AnotherKey
    _write(keys | {version: key})


def drop(versions):
    _write({version: key for version, key in known().items() if version not in versions})


def _parsed(text):
    lines = (line.split(":") for line in text.split())
    return {int(version): bytes.fromhex(key) for version, key in lines}


def _write(keys):
    """All or nothing: a half-written file would lock everything away for ever."""
    path = Path(settings.MASTER_KEY_FILE)
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(f"{version}:{key.hex()}\n" for version, key in sorted(keys.items()))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
