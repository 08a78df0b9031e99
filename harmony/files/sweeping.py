"""What a stopped machine leaves behind: bytes without a row are deleted, a row without its bytes is said out loud."""

import logging
from datetime import timedelta

from django.apps import apps
from django.core.files.storage import default_storage
from django.utils.timezone import now

from .models import FOLDER, SealedFile

log = logging.getLogger(__name__)
AN_HOUR = timedelta(hours=1)  # long after any request has ended


class BytesMissing(Exception):
    """A file that should be kept is not in the storage."""


def sweep(at=None):
    """How many were deleted. Raises BytesMissing at its end, where there are rows whose bytes nobody took away."""
    at = at or now()
    there = lying()
    wanted = {
        one.path.rpartition("/")[2] for model in models_of_files() for one in model.objects.with_bytes().only("pk")
    }
    deleted = [name for name in there - wanted if _is_old(name, at)]
    for name in deleted:
        default_storage.delete(f"{FOLDER}/{name}")
    if missing := wanted - lying():
        for name in sorted(missing):
            log.error("The bytes of a file are missing", extra={"ref": name})
        raise BytesMissing(len(missing))
    return len(deleted)


def models_of_files():
    return [model for model in apps.get_models() if issubclass(model, SealedFile)]


def lying():
    """The names of what is in the storage."""
    try:
        return set(default_storage.listdir(FOLDER)[1])
    except FileNotFoundError:
        return set()


def _is_old(name, at):
    try:
        return default_storage.get_modified_time(f"{FOLDER}/{name}") <= at - AN_HOUR
    except FileNotFoundError:  # somebody else was quicker
        return False
