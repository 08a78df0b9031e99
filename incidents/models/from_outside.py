"""A report that came in from outside has no author: who wrote it, as they say themselves, is an abstract part of `Report`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

HURT = {"self-harm", "harm"}  # doors of kinds.DOORS


class Sender(models.TextChoices):
    """Nobody has checked it (S4)."""

    YOUNG = "young", _("A young person, from outside")
    PARENT = "parent", _("A parent or carer, from outside")
    OTHER = "other", _("Somebody else, from outside")
    STAFF = "staff", _("Somebody who says that they work here (not checked)")


class FromOutside(models.Model):
    sender = models.CharField(max_length=6, choices=Sender, blank=True)  # instead of an author: see incidents/speak/

    class Meta:
        abstract = True

    @property
    def by_whom(self):
        """Who wrote it, in words: one of us, or what somebody from outside says they are. Never a name that they gave."""
        return self.author.name if self.author_id else str(self.get_sender_display())

    @property
    def says_hurt(self):
        """Through the door of self-harm or of being hurt, without a word on whether they are safe."""
        return bool(self.sender) and not self.danger and bool(HURT & set(self.doors.split()))
