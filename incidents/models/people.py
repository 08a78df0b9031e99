"""Who has a part in a case, as whoever works it has found out."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.organisation.models import Council
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
        SIBLING = "sibling", _("Brother or sister")
        PROFESSIONAL = "professional", _("Works with them")

    class Grown(models.TextChoices):
        """Children and adults go different ways (S10). Not said: not known yet."""

        CHILD = "child", _("Under 18")
        ADULT = "adult", _("18 or over")

    class Plan(models.TextChoices):
        """What their council does for a child already, or an adult."""

        NONE = "none", _("No plan")
        EARLY = "early", _("Early or family help")
        NEED = "need", _("Child in need plan (section 17)")
        PROTECTION = "protection", _("Child protection plan (section 47)")
        CARE = "care", _("Looked after by the council")
        ADULT = "adult", _("Care and support plan for an adult")

    case = models.ForeignKey(Case, models.PROTECT, related_name="people")
    root = RootField("case")
    part = models.CharField(max_length=12, choices=Part)
    name = EncryptedTextField(blank=True)
    handle = EncryptedTextField(blank=True)  # what they are called online, as it was copied
    age = EncryptedTextField(blank=True)  # as it is known: "13", "adult", "says 16"
    notes = EncryptedTextField(blank=True)
    grown = models.CharField(max_length=5, choices=Grown, blank=True, default="")
    role = EncryptedTextField(blank=True, default="")  # of who works with them: "Social worker, Eastmoor"
    plan = models.CharField(max_length=10, choices=Plan, blank=True, default="")
    reach = EncryptedTextField(blank=True, default="")  # in which ways and at what times they can safely be reached
    not_to_tell = EncryptedTextField(blank=True, default="")  # what must not be told, and to whom
    collects = EncryptedTextField(blank=True, default="")  # who may collect them, and who may not
    # which council is rung for them; none is our own
    lives_in = models.ForeignKey(Council, models.PROTECT, null=True, blank=True, related_name="+")
    works_in = models.ForeignKey(Council, models.PROTECT, null=True, blank=True, related_name="+")
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
        constraints = [
            models.CheckConstraint(name="a_person_is_child_or_adult", condition=Q(grown__in=["", "child", "adult"]))
        ]

    @property
    def is_adult(self):
        """Said so, or an adult by their part."""
        return self.grown == self.Grown.ADULT or (not self.grown and self.part in (self.Part.ADULT, self.Part.CARER))

    @property
    def is_harmed_adult(self):
        return self.part == self.Part.AFFECTED and self.is_adult

    @property
    def is_to_be_asked(self):
        """What they want is asked again and again: of each child it is about, and of an adult who was harmed."""
        if self.part == self.Part.AFFECTED:
            return True
        return self.part == self.Part.CAUSED and self.grown == self.Grown.CHILD

    def __str__(self):
        return f"Somebody in {self.case}"  # never a name: this lands in logs
