"""Finished files on disk: sealed with the key of the record they are about, under a name that says nothing."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from harmony.encryption.keys import KeyErased
from harmony.encryption.sealing import seal_bytes, unseal_bytes


class Gone(Exception):
    """The file was deleted, or its key erased."""


def put_in(token, content, *, root, place):
    throw_away(token)  # left by a transaction that was rolled back
    default_storage.save(_path(token), ContentFile(seal_bytes(content, root=root, place=place)))


def take_out(token, *, root, place):
    try:
        with default_storage.open(_path(token)) as file:
            return unseal_bytes(file.read(), root=root, place=place)
    except (FileNotFoundError, KeyErased) as error:
        raise Gone from error


def throw_away(token):
    """Deleting what is not there is no error."""
    if token:
        default_storage.delete(_path(token))


def _path(token):
    return f"exports/{token.hex}"
