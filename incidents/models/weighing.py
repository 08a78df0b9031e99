"""As what a case was weighed: its kind, what else it is, who caused it, and what follows from that (practice.md 2.2)."""

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.audit.transitions import Refused, transition
from harmony.encryption.fields import EncryptedTextField

from .. import access
from ..kinds import ABOUT_ONE_OF_US, OF_IMAGES, OF_SEXUAL_ABUSE, ONE_OF_US, CausedBy, Kind, Track, four_c, kinds_in


class Weighed(models.Model):
    kind = models.CharField(max_length=10, choices=Kind, blank=True)
    secondary = EncryptedTextField(blank=True)  # any other kinds, as codes with spaces between
    caused_by = models.CharField(max_length=8, choices=CausedBy, blank=True)
    # there may be a nude image of somebody under 18: no file is taken, from when it is said and for good (R24)
    imagery = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @transition(source={"triaged"}, to=None, may=access.may_work, reason=True, done=_("changed the kind of this"))
    def turn_out(self, kind, secondary, caused_by, *, by, at, why):
        """Something else than it was weighed as, or who caused it is known now. What it was stands in the chronology.

        About one of us once, it stays with that line.
        """
        was = self.in_kinds
        self._weigh_as(kind, secondary, caused_by, at)
        if self.in_kinds == was:
            raise Refused(_now("Nothing is different. Change an answer, or leave it."))
        self._log(_now("Kind changed. Before: %(was)s.") % {"was": was}, why, by, at)

    def _weigh_as(self, kind, secondary, caused_by, at):
        """What turns out to be about one of us, by any of its kinds or by who caused it, moves to that line (R12)."""
        self.kind, self.caused_by = kind, caused_by
        self.secondary = " ".join(one for one in kinds_in(secondary) if one != kind)
        self.imagery = self.imagery or bool(OF_IMAGES & {self.kind, *self.secondary_kinds})
        about_us = ABOUT_ONE_OF_US & {self.kind, *self.secondary_kinds} or self.caused_by in ONE_OF_US
        if about_us and self.track != Track.WORKER:
            self.track = Track.WORKER
            self._settle(at)
        self._owes_telling(at)
        self._follow()

    @property
    def may_be_sexual_abuse(self):
        """By what it was weighed as, or because there may be an image: of that the law asks people to tell (R22)."""
        return self.imagery or bool(OF_SEXUAL_ABUSE & {self.kind, *self.secondary_kinds})

    @property
    def concern(self):
        """What is known of it as a concern about one of us (allegations.py); None before the four questions."""
        return getattr(self, "allegation", None)

    @property
    def in_kinds(self):
        """ "Grooming online; Self-harm or suicide. Somebody known only online"."""
        kinds = "; ".join(str(Kind(one).label) for one in (self.kind, *self.secondary_kinds))
        return f"{kinds}. {self.get_caused_by_display()}"

    @property
    def secondary_kinds(self):
        return kinds_in(self.secondary)

    @property
    def four_c(self):
        """In which way being online is the risk (R23), or ""."""
        return four_c(self.kind)
