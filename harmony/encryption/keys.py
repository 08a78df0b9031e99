"""Data keys: made, read, rotated, erased.

No cache outlives a record: a key made in a transaction that rolls back must never be used again,
and an erased key must not linger in another process.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction
from django.utils.timezone import now

from . import masters
from .models import RootKey

ORGANISATION = UUID(int=1)  # what belongs to no record of its own hangs here


class KeyErased(Exception):
    """This root was erased: nothing new is written under it."""


def for_writing(root):
    """The root's data key, made on first use.

    `ignore_conflicts` and the second read let two people write the first words at once.
    """
    key = for_reading({root}).get(root)
    if not key:
        RootKey.objects.bulk_create([_wrap(root, AESGCM.generate_key(256))], ignore_conflicts=True)
        key = for_reading({root}).get(root)
    if not key:
        raise KeyErased(f"{root} was erased")
    return key


def for_reading(roots):
    """{root: data key}, in one query; erased roots are missing."""
    kept = RootKey.objects.filter(root__in=roots, erased_at=None)
    return {key.root: _unwrap(key) for key in kept}


def erase(root, at=None):
    """For ever: the rows and the book keep only ciphertext that nothing opens, and the search nothing."""
    from . import erasures, index  # the index has a key of its own, and takes it from here

    RootKey.objects.filter(root=root, erased_at=None).update(wrapped="", erased_at=at or now())
    index.forget(root)
    transaction.on_commit(erasures.keep_if_possible)


def outdated():
    """Keys that are not wrapped by the newest master key."""
    return RootKey.objects.filter(erased_at=None, version__lt=_newest()).order_by("root")


def rewrap(root):
    """Wrap a key with the newest master key. No word is encrypted again."""
    for key in outdated().filter(root=root).select_for_update():  # none, if it was erased meanwhile
        fresh = _wrap(key.root, _unwrap(key))
        fresh._state.adding = False
        fresh.save(update_fields=["version", "wrapped"])


def _newest():
    return max(masters.known())


def _wrap(root, data_key):
    version, nonce = _newest(), os.urandom(12)
    wrapped = nonce + AESGCM(masters.key(version)).encrypt(nonce, data_key, root.bytes)
    return RootKey(root=root, version=version, wrapped=urlsafe_b64encode(wrapped).decode())


def _unwrap(key):
    wrapped = urlsafe_b64decode(key.wrapped)
    return AESGCM(masters.key(key.version)).decrypt(wrapped[:12], wrapped[12:], key.root.bytes)
