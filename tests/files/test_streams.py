"""Sealing a file chunk by chunk: it comes back as it was, from any place, and nothing that was changed opens."""

import io
import os
import tracemalloc

import pytest
from cryptography.exceptions import InvalidTag

from harmony.files.streams import CHUNK, SALT, TAG, Cipher, Sealed, opened

SECRET = os.urandom(64)
ONE = CHUNK + TAG


def sealed(content, bound=b"row"):
    return Sealed(io.BytesIO(content), Cipher(SECRET, bound)).read()


def unsealed(stored, bound=b"row"):
    file = io.BytesIO(stored)
    return opened(file, Cipher(SECRET, bound, salt=file.read(SALT)))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])
def test_it_comes_back_as_it_was(size):
    content = os.urandom(size)
    stored = sealed(content)
    assert size <= 1 or content[:40] not in stored  # a single byte may well lie there by chance
    assert unsealed(stored).read() == content


def test_it_is_read_from_any_place():
    content = os.urandom(3 * CHUNK + 7)
    file = unsealed(sealed(content))
    for at in (CHUNK - 3, 0, 3 * CHUNK, len(content) - 1, len(content) + 9):
        file.seek(at)
        assert file.read(10) == content[at : at + 10]
    assert file.seek(-5, io.SEEK_END) == len(content) - 5 and file.read() == content[-5:]


def test_a_storage_may_begin_again():
    sealing = Sealed(io.BytesIO(b"a" * CHUNK * 2), Cipher(SECRET, b"row"))
    first = sealing.read(CHUNK)
    sealing.seek(0)
    assert sealing.read(CHUNK) == first


@pytest.mark.parametrize(
    "spoil",
    [
        lambda stored: stored[:-1] + bytes([stored[-1] ^ 1]),
        lambda stored: bytes([stored[0] ^ 1]) + stored[1:],
        lambda stored: stored[: SALT + ONE],  # cut off between two chunks
        lambda stored: stored[: SALT + ONE + 99],
        lambda stored: stored[:SALT] + stored[SALT + ONE : SALT + 2 * ONE] + stored[SALT : SALT + ONE] + stored[SALT + 2 * ONE :],
        lambda stored: stored + sealed(b"more")[SALT:],
    ],
    ids=["a bit", "the salt", "cut between", "cut within", "moved", "longer"],
)  # fmt: skip
def test_what_was_changed_does_not_open(spoil):
    with pytest.raises(InvalidTag):
        unsealed(spoil(sealed(os.urandom(2 * CHUNK + 9)))).read()


def test_a_file_does_not_open_in_the_place_of_another():
    with pytest.raises(InvalidTag):
        unsealed(sealed(b"words"), bound=b"another row").read()


def test_memory_stays_flat(tmp_path):
    (tmp_path / "plain").write_bytes(os.urandom(8_000_000))
    tracemalloc.start()
    with (tmp_path / "plain").open("rb") as plain, (tmp_path / "sealed").open("wb") as out:
        sealing = Sealed(plain, Cipher(SECRET, b"row"))
        while chunk := sealing.read(CHUNK):
            out.write(chunk)
    with (tmp_path / "sealed").open("rb") as stored:
        file = opened(stored, Cipher(SECRET, b"row", salt=stored.read(SALT)))
        while file.read(CHUNK):
            pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000
