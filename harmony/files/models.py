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
from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.encryption import keys
from harmony.encryption.fields import EncryptedTextField, root_of
from harmony.encryption.models import RootKey
from harmony.people.models import User

from .streams import SALT, Cipher, Sealed, opened

FOLDER = "sealed"


class Gone(Exception):
    """Its bytes were deleted, or a key of it was erased."""


AS_ADDED = ("name", "kind", "digest", "size", "scanned", "added_by_id", "added_at", "root")


class SealedFileQuerySet(models.QuerySet):
    def with_bytes(self):
        """Whose bytes should be in the storage: not where either key of it was erased, with its record or after a restore."""
        erased = RootKey.objects.exclude(erased_at=None).values("root")
        there = self.exclude(status=SealedFile.Status.DESTROYED).filter(not_restored_at=None)
        return there.exclude(root__in=erased).exclude(pk__in=erased)

    def to_take_out(self):
        """What an export may name and a new backup may hold."""
        return self.filter(status=SealedFile.Status.KEPT)

    def destroyed(self):
        return self.filter(status=SealedFile.Status.DESTROYED)

    def locked_away(self):
        return self.filter(status=SealedFile.Status.LOCKED)


class SealedFile(Recorded):
    class Status(models.TextChoices):
        KEPT = "kept", _("Kept")
        LOCKED = "locked", _("Locked away")  # it may be an indecent image: nobody opens it any more
        DESTROYED = "destroyed", _("Destroyed")

    status = models.CharField(max_length=9, choices=Status, default=Status.KEPT)
    name = EncryptedTextField()
    kind = EncryptedTextField()  # one of checking.LABELS
    digest = EncryptedTextField()  # SHA-256 of what was sent: tells a file that is known elsewhere, so it is sealed too
    size = models.PositiveBigIntegerField()  # bytes
    scanned = models.BooleanField(default=False)  # for malware; nothing was found, or it would not be here
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now)

    locked_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    police_reference = EncryptedTextField(blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)  # to destroy it: by one person, agreed to by another
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    destroyed_at = models.DateTimeField(null=True, blank=True)
    destroyed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    # a backup was put back, and no backup holds the bytes of what was locked away
    not_restored_at = models.DateTimeField(null=True, blank=True)

    objects = SealedFileQuerySet.as_manager()
    guards = [
        Guard(
            on=("UPDATE",),
            refuse_when=" OR ".join(f"NEW.{column} <> OLD.{column}" for column in AS_ADDED),
            say=gettext_noop("A file stays as it was added."),
        ),
        Guard(on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("That there was a file is never forgotten.")),
        Guard(
            on=("UPDATE",),
            refuse_when="""OLD.status = 'destroyed' OR (OLD.status = 'locked' AND NEW.status = 'kept')
                OR (OLD.status = 'kept' AND NEW.status = 'destroyed')""",
            say=gettext_noop("A file that was locked away stays so until it is destroyed."),
        ),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="NEW.status <> 'kept' AND (NEW.locked_at IS NULL OR NEW.locked_by_id IS NULL)",
            say=gettext_noop("Somebody locks a file away."),
        ),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.status = 'destroyed' AND (NEW.police_reference = '' OR NEW.asked_by_id IS NULL
                OR NEW.destroyed_by_id IS NULL OR NEW.destroyed_at IS NULL OR NEW.destroyed_by_id = NEW.asked_by_id)""",
            say=gettext_noop("A file is destroyed by two people, and only when the police have said so."),
        ),
    ]

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
        """Its bytes, to be read from any place. Raises Gone: also where it was locked away, by whoever, a moment ago."""
        if not type(self).objects.to_take_out().filter(pk=self.pk).exists():
            raise Gone
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

    def erase(self, at):
        """For good: its own key with the row that says so, its bytes once that is certain. A sweep makes sure of those."""
        keys.erase(self.pk, at)
        transaction.on_commit(self.throw_away)

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
