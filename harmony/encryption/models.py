"""One data key per root, wrapped by a master key that is not in the database."""

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
