"""The book. Nothing in Python writes to it: see postgres.py and sqlite.py."""

import uuid
from datetime import datetime
from hashlib import sha256

from django.db import models

from harmony.encryption import keys
from harmony.encryption.fields import RootField
from harmony.encryption.sealing import root_in, unseal


class Entry(models.Model):
    """One row changed, or one record read. All text, so that what is digested is what is stored."""

    root = models.CharField(max_length=32)
    seq = models.BigIntegerField()
    event = models.CharField(max_length=32)
    actor_id = models.CharField(max_length=32, blank=True)
    actor_name = models.TextField()  # the book outlives the person
    verb = models.TextField()
    why = models.TextField(blank=True)  # ciphertext
    happened_at = models.CharField(max_length=27)  # UTC, ISO 8601, so text sorts as time
    recorded_at = models.CharField(max_length=27)  # the database's own clock
    table_name = models.TextField()
    row_id = models.TextField()
    changes = models.TextField(null=True)
    digest = models.CharField(max_length=64)

    # in this order, after the digest of the line above; triggers and verify_audit both follow it
    DIGESTED = ("root", "seq", "event", "actor_id", "actor_name", "verb", "why", "happened_at",
                "recorded_at", "table_name", "row_id", "changes")  # fmt: skip

    in_clear = {
        "root": "random",
        "event": "random",
        "actor_id": "random",
        "actor_name": "staff names sign every line",
        "verb": "a word of the code",
        "why": "sealed with the key of its root",
        "happened_at": "a time",
        "recorded_at": "a time",
        "table_name": "of the code",
        "row_id": "random, or a number",
        "changes": "holds what the columns hold: ciphertext stays ciphertext, secrets are left out",
        "digest": "a hash of the above",
    }

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["root", "seq"], name="one_line_after_another")]
        indexes = [models.Index(fields=["table_name", "row_id"], name="entry_of_a_row")]

    def __str__(self):
        return f"{self.verb} by {self.actor_name} at {self.recorded_at} ({self.table_name} {self.row_id})"

    @property
    def reason(self):
        """Why, in words. One query a line; `load_reasons` needs one for a whole list."""
        return self.why and unseal(
            self.why, place=("audit_entry", self.event, "why"), key=self.__dict__.get("data_key")
        )

    @property
    def happened(self):
        return datetime.fromisoformat(self.happened_at)

    @property
    def recorded(self):
        return datetime.fromisoformat(self.recorded_at)

    def digest_after(self, above):
        return digest(above, *(getattr(self, name) for name in self.DIGESTED))


def load_reasons(lines):
    """The lines as a list, whose reasons then open without a query each."""
    lines = list(lines)
    roots = {root_in(line.why) for line in lines if line.why}
    found = keys.for_reading(roots) if roots else {}
    for line in lines:
        line.data_key = found.get(root_in(line.why)) if line.why else None
    return lines


class Head(models.Model):
    """How long each chain is. Its row is the lock that keeps a chain one chain."""

    root = models.CharField(max_length=32, primary_key=True)
    seq = models.BigIntegerField()
    sealed_seq = models.BigIntegerField(default=0, db_default=0)

    in_clear = {"root": "random"}

    def __str__(self):
        return f"chain {self.root}, {self.seq} lines"


class Seal(models.Model):
    """All chains bound into one line. Its digest is printed where we cannot change it."""

    sealed_at = models.CharField(max_length=32)
    heads = models.TextField()  # "root seq digest", a line for each chain that grew
    digest = models.CharField(max_length=64)

    in_clear = {"sealed_at": "a time", "heads": "random numbers and hashes", "digest": "a hash"}

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"seal {self.id} of {self.sealed_at}: {self.digest}"

    @property
    def made(self):
        return datetime.fromisoformat(self.sealed_at)

    def digest_after(self, above):
        return digest(above, self.id, self.sealed_at, self.heads)


def digest(*parts):
    """Length-prefixed, so that no two different lines ever read the same."""
    texts = (None if part is None else str(part) for part in parts)
    joined = "".join("-" if text is None else f"{len(text)}:{text}" for text in texts)
    return sha256(joined.encode()).hexdigest()


class Identified(models.Model):
    """A record with a client-made key. Without a root of its own it hangs on the organisation's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Recorded(Identified):
    """A record that has, or shares, a root. (Being recorded needs no base class: see recording.py.)"""

    root = RootField()

    class Meta:
        abstract = True
