"""A file that is kept with a record: an abstract model, of which a room makes its own with the record it belongs to.

The row says who, when and what, its name and kind encrypted; the bytes lie in the storage, sealed with two keys: that of
the record's root and one of the file's own, so that erasing either makes them unreadable, in backups too. The bytes are
stored before the row is made and deleted after it says so; what a stopped machine leaves behind, the sweep takes away
(harmony/files/sweeping.py).
"""

import os
from contextlib import contextmanager
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import models
from django.utils.timezone import now

from harmony.audit.models import Recorded
from harmony.encryption import keys
from harmony.encryption.fields import EncryptedTextField, root_of
from harmony.people.models import User

from .streams import SALT, Cipher, Sealed, opened

FOLDER = "sealed"


class Gone(Exception):
    """Its bytes were deleted, or a key of it was erased."""


class SealedFileQuerySet(models.QuerySet):
    def with_bytes(self):
        """Whose bytes should be in the storage."""
        return self.all()


class SealedFile(Recorded):
    name = EncryptedTextField()
    kind = EncryptedTextField()  # one of checking.LABELS
    digest = EncryptedTextField()  # SHA-256 of what was sent: tells a file that is known elsewhere, so it is sealed too
    size = models.PositiveBigIntegerField()  # bytes
    scanned = models.BooleanField(default=False)  # for malware; nothing was found, or it would not be here
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now)

    objects = SealedFileQuerySet.as_manager()

    class Meta:
        abstract = True

    @contextmanager
    def storing(self, upload):
        """With its bytes in the storage: the step that makes the row stands within. If it fails, they are taken away again."""
        upload.examine()
        self.name, self.kind, self.digest = upload.name, upload.kind, upload.digest
        self.size, self.scanned = upload.size, upload.scanned
        try:
            self._store(upload.file)
            yield
        except BaseException:
            self.throw_away()
            raise

    @contextmanager
    def opened(self):
        """Its bytes, to be read from any place. Raises Gone."""
        try:
            stored = default_storage.open(self.path)
        except FileNotFoundError as error:
            raise Gone from error
        with stored:
            yield opened(stored, self._cipher(self._secret(), salt=stored.read(SALT)))

    @property
    def path(self):
        return f"{FOLDER}/{self.pk.hex}"

    def throw_away(self):
        """Deleting what is not there is no error."""
        default_storage.delete(self.path)

    def _store(self, plain):
        secret = keys.for_writing(root_of(self)) + keys.for_writing(self.pk)
        default_storage.save(self.path, File(Sealed(plain, self._cipher(secret)), name=self.path))
        _is_on_disk(self.path)

    def _secret(self):
        found = keys.for_reading({root_of(self), self.pk})
        if len(found) < 2:
            raise Gone
        return found[root_of(self)] + found[self.pk]

    def _cipher(self, secret, salt=None):
        return Cipher(secret, b"|".join([self._meta.db_table.encode(), self.pk.bytes]), salt)


def _is_on_disk(path):
    """Where it is a disk: a row is never there after a power cut that took its file."""
    try:
        place = Path(default_storage.path(path))
    except NotImplementedError:  # a storage elsewhere answers when it has it
        return
    for one in (place, place.parent):
        held = os.open(one, os.O_RDONLY)
        os.fsync(held)
        os.close(held)
