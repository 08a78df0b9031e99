"""Ciphertext as text: `1.<root>.<base64>`. It names its root, so it can be opened wherever it lies."""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import keys

ERASED = "(erased)"


def seal(words, *, root, place):
    """`place` (table, row, field) is bound in: ciphertext moved elsewhere does not open."""
    try:
        plain = words.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{place[-1]} holds half a character, a lone surrogate: it cannot be kept") from None
    return f"1.{root.hex}.{urlsafe_b64encode(seal_bytes(plain, root=root, place=place)).decode()}"


def unseal(ciphertext, *, place, key=None):
    key = key or keys.for_reading({root_in(ciphertext)}).get(root_in(ciphertext))
    if not key:
        return ERASED
    sealed = urlsafe_b64decode(ciphertext.split(".")[2])
    return AESGCM(key).decrypt(sealed[:12], sealed[12:], _bound(place)).decode()


def seal_bytes(content, *, root, place):
    """A file's content. It does not name its root: the row that names the file does."""
    nonce = os.urandom(12)
    return nonce + AESGCM(keys.for_writing(root)).encrypt(nonce, content, _bound(place))


def unseal_bytes(sealed, *, root, place):
    key = keys.for_reading({root}).get(root)
    if not key:
        raise keys.KeyErased(f"{root} was erased")
    return AESGCM(key).decrypt(sealed[:12], sealed[12:], _bound(place))


def root_in(ciphertext):
    return UUID(ciphertext.split(".")[1])


def _bound(place):
    return "".join(f"{len(part)}:{part}" for part in map(str, place)).encode()
