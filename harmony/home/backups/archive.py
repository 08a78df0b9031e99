"""The archive itself: what is written streams through, whatever its size; what is read is proved whole before it is used."""

import io
import json
import tarfile
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pyrage

from . import agekeys

BEGINS, MANIFEST = "begins.json", "manifest.json"
PIECE = 256 * 1024  # bytes held at once
BLOCK = tarfile.BLOCKSIZE


class Unusable(Exception):
    """The archive was altered or cut short."""


class Changed(Exception):
    """A file grew or shrank while it was copied: the backup is begun again."""


class WrongKey(Exception):
    """This key does not open it; or its first lines were altered."""


@dataclass(frozen=True)
class Member:
    name: str
    size: int  # bytes
    open: object  # () -> a file that is read once


def in_memory(name, content):
    return Member(name, len(content), lambda: io.BytesIO(content))


def write(path, public, facts, members):
    """Lock `members` for the holder of the other half of `public`, 32 bytes. `facts` come first, the manifest last."""
    flow = _Flow(_tar(facts, members))
    with path.open("wb") as target, io.BufferedReader(flow, PIECE) as stream:
        try:
            pyrage.encrypt_io(stream, target, [agekeys.recipient(public)])
        except (pyrage.EncryptError, OSError) as error:
            raise flow.failed or error from None


class _Flow(io.RawIOBase):
    """Pieces as they are made, read as a file."""

    def __init__(self, pieces):
        self._pieces, self._ready, self.failed = pieces, b"", None

    def readable(self):
        return True

    def readinto(self, buffer):
        while not self._ready:
            try:
                piece = next(self._pieces, None)
            except Exception as error:
                self.failed = error  # age would tell of it in words of its own
                raise
            if piece is None:
                return 0
            self._ready = piece
        part, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def _tar(facts, members):
    held = {}
    for member in (in_memory(BEGINS, _as_json(facts)), *members):
        yield from _member(member, held)
    yield from _member(in_memory(MANIFEST, _as_json(held)), {})
    yield bytes(2 * BLOCK)


def _member(member, held):
    """`held` learns what went by."""
    info = tarfile.TarInfo(member.name)
    info.size, info.mode = member.size, 0o600
    yield info.tobuf(tarfile.PAX_FORMAT)
    digest, length = sha256(), 0
    with member.open() as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            length += len(piece)
            yield piece
    if length != member.size:
        raise Changed(member.name)
    held[member.name] = {"size": length, "sha256": digest.hexdigest()}
    yield bytes(-length % BLOCK)


def _as_json(facts):
    return json.dumps(facts, indent=1, sort_keys=True).encode()


class Opened:
    """An archive that was proved whole. Its members are read one after another."""

    def __init__(self, tar, facts, names):
        self._tar, self.facts, self.names = tar, facts, names

    def open(self, name):
        return self._tar.extractfile(name)


@contextmanager
def opened(path, private, folder):
    """With all of it unlocked in `folder` meanwhile. Raises WrongKey or Unusable, before anything of it is used."""
    plain = Path(folder) / "archive.tar"
    try:
        _unlock(path, private, plain)
        with tarfile.open(plain) as tar:
            yield _proved(tar)
    finally:
        plain.unlink(missing_ok=True)


def _unlock(path, private, plain):
    with path.open("rb") as source, plain.open("wb") as target:
        try:
            pyrage.decrypt_io(source, target, [agekeys.identity(private)])
        except pyrage.DecryptError as error:
            raise WrongKey from error
        except OSError as error:
            if error.errno:  # the disk is full, say: nothing that the archive could help
                raise
            raise Unusable from error


def _proved(tar):
    """Every member is as the manifest says, and there is no other."""
    try:
        names = tar.getnames()
        told = _read_json(tar, MANIFEST)
        if sorted(names) != sorted([*told, MANIFEST]) or any(told[name] != _as_held(tar, name) for name in told):
            raise Unusable
        return Opened(tar, _read_json(tar, BEGINS), names)
    except (tarfile.TarError, KeyError, ValueError, AttributeError, EOFError) as error:
        raise Unusable from error


def _read_json(tar, name):
    with tar.extractfile(name) as file:
        return json.loads(file.read())


def _as_held(tar, name):
    digest, length = sha256(), 0
    with tar.extractfile(name) as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            length += len(piece)
    return {"size": length, "sha256": digest.hexdigest()}
