"""As what a case was weighed: its kind, what else it is, who caused it, and what follows from that (practice.md 2.2)."""

from django.db import models

from harmony.encryption.fields import EncryptedTextField

from ..kinds import ABOUT_ONE_OF_US, ONE_OF_US, CausedBy, Kind, four_c, kinds_in


class Weighed(models.Model):
    kind = models.CharField(max_length=10, choices=Kind, blank=True)
    secondary = EncryptedTextField(blank=True)  # any other kinds, as codes with spaces between
    caused_by = models.CharField(max_length=8, choices=CausedBy, blank=True)

    class Meta:
        abstract = True

    def _weigh_as(self, kind, secondary, caused_by):
        self.kind, self.caused_by = kind, caused_by
        self.secondary = " ".join(one for one in kinds_in(secondary) if one != kind)

    @property
    def secondary_kinds(self):
        return kinds_in(self.secondary)

    @property
    def four_c(self):
        """In which way being online is the risk (R23), or ""."""
        return four_c(self.kind)

    @property
    def turns_out_about_us(self):
        """By any of its kinds, or by who caused it (R12)."""
        return bool(ABOUT_ONE_OF_US & {self.kind, *self.secondary_kinds}) or self.caused_by in ONE_OF_US
