"""What a reporter asked of somebody above, and the answer: between these two alone."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import ANY, StateMoved, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.notifications.models import Notice
from harmony.notifications.telling import tell
from harmony.people.models import User

from .. import access
from ..ladders import LOOK_LATE
from .reports import Report

ASKED = ("report_id", "asked_of", "words", "asked_at", "due_at")


class SecondLookQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.second_looks_visible_to(user))

    def open(self):
        return self.filter(answered_at=None)

    def waiting(self, at):
        """Late, and there is somebody left to tell."""
        told = Notice.objects.filter(about=OuterRef("pk"), clock=LOOK_LATE.clock, sentence="nobody")
        at_the_end = Notice.objects.filter(about=OuterRef("report"), clock=LOOK_LATE.clock, sentence="nobody")
        at_the_end = at_the_end.filter(created_at__gte=OuterRef("due_at"))
        return self.open().filter(due_at__lte=at).exclude(Exists(told)).exclude(Exists(at_the_end))


class SecondLook(Recorded):
    """It lies in the chain of the report, not of the case: whoever works the case reads the case's."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="looks")
    root = RootField("report")
    asked_of = models.CharField(max_length=12, choices=[(post, post.label) for post in access.ABOVE])
    words = EncryptedTextField()
    asked_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField()
    # the next one up, from when no answer came in time
    late_to = models.CharField(max_length=12, choices=[(post, post.label) for post in access.ABOVE], blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answer = EncryptedTextField(blank=True)

    objects = SecondLookQuerySet.as_manager()
    guards = [
        Guard(
            on=("UPDATE",),
            refuse_when="OLD.answered_at IS NOT NULL OR " + " OR ".join(f"NEW.{name} <> OLD.{name}" for name in ASKED),
            say=gettext_noop("What was asked and answered stays as it was written. Ask again instead."),
        ),
        Guard(
            on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("What was asked of somebody above is not deleted.")
        ),
    ]

    class Meta:
        ordering = ["asked_at"]
        indexes = [models.Index(fields=["due_at"], name="looks_not_answered", condition=Q(answered_at=None))]
        constraints = [
            models.CheckConstraint(
                name="answered_by_somebody_at_a_time",
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Second look at {self.report}"

    def get_absolute_url(self):
        return reverse("incidents:second_look", args=[self.pk])

    @transition(source=ANY, to=None, may=access.may_answer_look)
    def reply(self, words, *, by, at):
        """Once. The reporter reads it with their report, and may ask the next one up."""
        if self.answered_at:
            raise StateMoved(_now("You have answered this. Your words stand below."))
        self.answered_at, self.answered_by, self.answer = at, by, words
        Notice.objects.filter(about=self.pk).stop(at)
        author = [self.report.author] if self.report.author else []
        tell("report", self.report, author, clock="second_look", rung=self.number, sentence="report_moved", at=at)

    @transition(source=ANY, to=None, may=access.may_escalate)
    def pass_up(self, post, *, by):
        """No answer came in time: the next one up may read it, answer it, and work the case."""
        if self.answered_at:
            raise StateMoved(_now("This has been answered."))
        self.late_to = post
        type(self.report.case).objects.filter(pk=self.report.case_id).update(look_late_to=post)

    @property
    def number(self):
        """Which of the looks at this report it is: each is news of its own."""
        return SecondLook.objects.filter(report=self.report_id, asked_at__lte=self.asked_at).count()
