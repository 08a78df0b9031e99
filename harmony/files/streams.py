"""A file's bytes as ciphertext, in chunks: neither sealing nor opening holds more of it than one chunk.

    Sealed(plain, cipher)    reads as ciphertext: what a storage is given
    opened(stored, cipher)   reads, from any place, as what was sealed; InvalidTag where one bit is different

Each chunk is bound to its number, and the last one to being the last: a chunk that was moved, or an end that was cut
off, does not open. A cipher seals one file, once.
"""

import io
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CHUNK, TAG, SALT = 64 * 1024, 16, 16  # bytes


class Cipher:
    """The key of one file, from a secret and a salt that stands before its chunks."""

    def __init__(self, secret, bound, salt=None):
        self.salt = salt or os.urandom(SALT)
        key = HKDF(SHA256(), 32, salt=self.salt, info=bound).derive(secret)
        self._aead = AESGCM(key)

    def seal(self, chunk, number, last):
        return self._aead.encrypt(_nonce(number, last), chunk, None)

    def open(self, sealed, number, last):
        return self._aead.decrypt(_nonce(number, last), sealed, None)


def _nonce(number, last):
    return number.to_bytes(11, "big") + bytes([last])


class Sealed(io.RawIOBase):
    """The ciphertext of a plain file, made as it is read. A storage that tries again may go back to its beginning."""

    def __init__(self, plain, cipher):
        self._plain, self._cipher = plain, cipher
        self.seek(0)

    def readable(self):
        return True

    def seekable(self):
        return True

    def seek(self, to, whence=io.SEEK_SET):
        if (to, whence) != (0, io.SEEK_SET):
            raise io.UnsupportedOperation("only back to its beginning")
        self._plain.seek(0)
        self._number, self._ahead, self._ready = 0, self._plain.read(CHUNK), self._cipher.salt
        return 0

    def readinto(self, buffer):
        if not self._ready and self._ahead is not None:
            chunk, following = self._ahead, self._plain.read(CHUNK)
            self._ready = self._cipher.seal(chunk, self._number, last=not following)
            self._number, self._ahead = self._number + 1, following or None
        part, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


class _Opened(io.RawIOBase):
    def __init__(self, stored, cipher, before):
        self._stored, self._cipher, self._before = stored, cipher, before
        sealed = stored.seek(0, io.SEEK_END) - before
        self._chunks = -(-sealed // (CHUNK + TAG))
        self.size, self._at, self._held = sealed - self._chunks * TAG, 0, (None, b"")

    def readable(self):
        return True

    def seekable(self):
        return True

    def seek(self, to, whence=io.SEEK_SET):
        self._at = max(0, to + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence])
        return self._at

    def readinto(self, buffer):
        number, within = divmod(self._at, CHUNK)
        if number >= self._chunks:
            return 0
        part = self._chunk(number)[within : within + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self):
        self._stored.close()
        super().close()

    def _chunk(self, number):
        if self._held[0] != number:
            self._stored.seek(self._before + number * (CHUNK + TAG))
            sealed = self._stored.read(CHUNK + TAG)
            self._held = number, self._cipher.open(sealed, number, last=number == self._chunks - 1)
        return self._held[1]


def opened(stored, cipher, before=SALT):
    """`before`: how many bytes stand before the first chunk."""
    return io.BufferedReader(_Opened(stored, cipher, before), CHUNK)
