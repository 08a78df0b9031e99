"""Of somebody for whom a plan answers: that nothing is needed, and why (S28)."""

from django.db import models
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.people.models import User

from ..plans import Lens
from .cases import Case
from .searched import NOT_NEEDED


class NotNeeded(Recorded):
    """One for each of them at most; what it said before stands in the book."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="not_needed")
    root = RootField("case")
    lens = models.CharField(max_length=9, choices=Lens)
    because = EncryptedTextField()
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    searched = NOT_NEEDED
    guards = [
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="NEW.because = ''",
            say=gettext_noop("Say why nothing is needed for them."),
        ),
        Guard(
            on=("DELETE",),
            refuse_when="1 = 1",
            say=gettext_noop("What a plan says is not deleted. Add an action instead."),
        ),
    ]

    class Meta:
        ordering = ["lens"]
        constraints = [models.UniqueConstraint(fields=["case", "lens"], name="nothing_is_needed_once_for_each")]

    def __str__(self):
        return f"Nothing needed in {self.case}"
