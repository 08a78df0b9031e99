"""Who has a part in a case, as whoever works it has found out."""

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.people.models import User, YoungPerson

from .cases import Case
from .searched import PERSON


class CasePerson(Recorded):
    """Somebody named in a case. What the reporter wrote of people stays in the report; this may be put right."""

    class Part(models.TextChoices):
        """What somebody has to do with it (practice.md 2.1). The codes are those of a report."""

        AFFECTED = "affected", _("Affected by it")
        CAUSED = "caused", _("May have caused harm")
        ADULT = "adult", _("Adult the concern is about")
        BYSTANDER = "bystander", _("Saw it or got it")
        WITNESS = "witness", _("Knows something about it")
        CARER = "parent", _("Parent or carer")
        PROFESSIONAL = "professional", _("Works with them")

    case = models.ForeignKey(Case, models.PROTECT, related_name="people")
    root = RootField("case")
    part = models.CharField(max_length=12, choices=Part)
    name = EncryptedTextField(blank=True)
    handle = EncryptedTextField(blank=True)  # what they are called online, as it was copied
    age = EncryptedTextField(blank=True)  # as it is known: "13", "adult", "says 16"
    notes = EncryptedTextField(blank=True)
    young_person = models.ForeignKey(YoungPerson, models.PROTECT, null=True, blank=True, related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now, editable=False)
    changed_at = models.DateTimeField(default=now, editable=False)  # which version of it somebody has on their page

    searched = PERSON
    guards = [
        Guard(
            on=("DELETE",),
            refuse_when="1 = 1",
            say=gettext_noop("Somebody named in a case stays in it. Write in the notes what turned out."),
        )
    ]

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self):
        return f"Somebody in {self.case}"  # never a name: this lands in logs
