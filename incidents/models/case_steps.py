"""A step that a case owes by its playbook: done, not needed with the reason, or open (S26). An open one keeps no record from
being written; it keeps the case from being closed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.people.models import User

from .cases import Case
from .searched import STEP


class CaseStepQuerySet(models.QuerySet):
    def owed(self):
        """All but those of a playbook that does not fit the case any more."""
        return self.exclude(status=CaseStep.Status.DROPPED)

    def open(self):
        return self.filter(status=CaseStep.Status.OPEN)


class CaseStep(Recorded):
    """The words are a copy: the case keeps the version that it began with, whatever the playbook says later."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        WAIVED = "waived", _("Not needed")
        DROPPED = "dropped", _("Not asked any more: the case is of another kind")

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    root = RootField("case")
    playbook = models.CharField(max_length=32)  # its code
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)  # of the playbook, then
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    status = models.CharField(max_length=7, choices=Status, default=Status.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    result = EncryptedTextField(blank=True)  # what came of it, or why it is not needed

    objects = CaseStepQuerySet.as_manager()
    searched = STEP
    in_clear = {
        "playbook": "random, or of our own list",
        "title": "of a rule, never of a case",
        "words": "of a rule, never of a case",
    }
    guards = [
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="NEW.status = 'waived' AND NEW.result = ''",
            say=gettext_noop("Say why this step is not needed."),
        ),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.status = 'open' AND EXISTS (
                SELECT 1 FROM incidents_case WHERE id = NEW.case_id AND status = 'closed')""",
            say=gettext_noop("This case is closed. Reopen it first."),
            lock="incidents_case",
            lock_by="case_id",
        ),
        Guard(
            on=("UPDATE",),
            refuse_when="""NEW.case_id <> OLD.case_id OR NEW.playbook <> OLD.playbook OR NEW.version <> OLD.version
                OR NEW.title <> OLD.title OR NEW.position <> OLD.position OR NEW.words <> OLD.words""",
            say=gettext_noop("A case keeps the steps that it began with."),
        ),
        Guard(
            on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("A step is not deleted. Say why it is not needed.")
        ),
    ]

    class Meta:
        ordering = ["case", "playbook", "position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "playbook", "position"], name="a_case_keeps_one_version_of_each"),
            models.CheckConstraint(
                name="a_step_is_answered_by_somebody_at_a_time",
                condition=Q(status__in=["open", "dropped"], answered_at=None, answered_by=None)
                | Q(status__in=["done", "waived"], answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Step of {self.case}"

    @property
    def is_open(self):
        return self.status == self.Status.OPEN
