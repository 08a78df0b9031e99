"""One data key per root, wrapped by a master key that is not in the database; and the search index (index.py)."""

from django.db import models


class RootKey(models.Model):
    root = models.UUIDField(primary_key=True)
    version = models.PositiveSmallIntegerField()  # of the master key that wraps it
    wrapped = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)

    in_clear = {"wrapped": "a key, sealed with the master key"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_key_is_there_or_was_erased",
                condition=models.Q(wrapped="", erased_at__isnull=False)
                | (~models.Q(wrapped="") & models.Q(erased_at__isnull=True)),
            )
        ]

    def __str__(self):
        return f"key of {self.root}"


class IndexedPlace(models.Model):
    """The tokens of one field of one row: where something was found, and what goes when a key is erased."""

    subject = models.UUIDField()  # the record that is found by it
    root = models.UUIDField()
    row = models.UUIDField()
    place = models.CharField(max_length=80)  # its table and field
    tokens = models.TextField()

    in_clear = {"place": "of the code", "tokens": "keyed hashes, see tokens.py"}

    class Meta:
        indexes = [
            models.Index(fields=["subject"], name="places_of_a_record"),
            models.Index(fields=["root"], name="places_of_a_root"),
        ]
        constraints = [models.UniqueConstraint(fields=["row", "place"], name="indexed_once")]

    def __str__(self):
        return f"{self.place} of {self.row}"


class IndexedRecord(models.Model):
    """All the tokens that lead to one record. The engine's own index lies on this (engines.py)."""

    subject = models.UUIDField(unique=True)
    tokens = models.TextField()

    in_clear = {"tokens": "keyed hashes, see tokens.py"}

    def __str__(self):
        return f"what is in {self.subject}"
