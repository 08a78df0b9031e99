"""What a security review found lacking: how bad, who sees to it and by when; and how anybody knows that it is done (S19)."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Identified
from harmony.audit.transitions import NEW, transition
from harmony.notifications.models import Notice
from harmony.people.models import User

from .. import access, ladders
from ..checklist import Theme
from .security import SIGNED, STAYS, SecurityReview


class FindingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.findings_visible_to(user))

    def open(self):
        return self.filter(status=Finding.Status.OPEN)

    def due(self, at):
        return self.open().filter(due_on__lte=localdate(at))

    def overdue(self, at):
        return self.open().filter(due_on__lt=localdate(at))


class Finding(Identified):
    """One thing that is lacking. It outlives its review: signed off or not, it is open until it is done."""

    class Severity(models.TextChoices):
        CRITICAL = "critical", _("Critical")
        HIGH = "high", _("High")
        MEDIUM = "medium", _("Medium")
        LOW = "low", _("Low")

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")

    review = models.ForeignKey(SecurityReview, models.PROTECT, related_name="findings")
    theme = models.CharField(_("theme"), max_length=9, choices=Theme)
    words = models.CharField(_("what is lacking"), max_length=200)
    severity = models.CharField(_("how bad it is"), max_length=8, choices=Severity)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    due_on = models.DateField(_("by when"))
    added_at = models.DateTimeField()
    status = models.CharField(max_length=4, choices=Status, default=Status.OPEN)
    done_at = models.DateTimeField(null=True, blank=True)
    evidence = models.CharField(_("how you know"), max_length=300, blank=True)

    objects = FindingQuerySet.as_manager()
    in_clear = {"words": "about a system, never a person", "evidence": "where the proof is kept"}
    guards = [
        Guard(on=("INSERT",), refuse_when=SIGNED.format(row="NEW"), say=STAYS),
        Guard(
            on=("UPDATE",),
            refuse_when="""NEW.review_id <> OLD.review_id OR NEW.theme <> OLD.theme OR NEW.words <> OLD.words
                OR NEW.severity <> OLD.severity OR NEW.due_on <> OLD.due_on OR OLD.status = 'done'""",
            say=gettext_noop("What was found stays as it was written, and what is done stays done."),
        ),
        Guard(on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("What a security review found is kept.")),
    ]

    class Meta:
        ordering = ["due_on", "words"]
        constraints = [
            models.CheckConstraint(
                name="a_finding_that_is_done_says_how_anybody_knows",
                condition=Q(status="open", done_at=None, evidence="")
                | Q(status="done", done_at__isnull=False) & ~Q(evidence=""),
            )
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(status="open"), name="findings_by_when")]

    def __str__(self):
        return self.words

    @transition(source=NEW, to=Status.OPEN, may=access.may_check_security, done=_("wrote this down"))
    def add(self, theme, words, severity, owner, due_on, *, by, at):
        self.theme, self.words, self.severity = theme, words, severity
        self.owner, self.due_on, self.added_at = owner, due_on, at

    @transition(source={Status.OPEN}, to=Status.DONE, may=access.may_mend, done=_("said that this is done"))
    def done(self, evidence, *, by, at):
        self.evidence, self.done_at = evidence, at
        self._stop(at)

    @transition(source={Status.OPEN}, to=None, may=access.may_hand_over, done=_("gave this to somebody else"))
    def give(self, owner, *, by, at):
        """Somebody leaves, or is away. Being late goes on: it is as late for whoever has it now."""
        self.owner = owner
        Notice.objects.of(self, ladders.FINDING).stop(at)

    def _stop(self, at):
        for clock in (ladders.FINDING, ladders.FINDING_LATE):
            Notice.objects.of(self, clock).stop(at)
