"""Training that is due soon, or was: what reminders are about. Worked out from coverage by the sweep, and never by hand."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from harmony.audit.models import Recorded
from harmony.audit.transitions import NEW, transition
from harmony.encryption.fields import RootField
from harmony.notifications.models import Notice
from harmony.people.models import User

from .. import access
from ..ladders import CLOCKS
from .courses import Course


class OwedQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status=Owed.Status.OPEN)

    def late(self, on):
        """Those whose last day has gone by."""
        return self.open().filter(due_on__lt=on)

    def visible_to(self, user):
        return self.filter(access.owed_visible_to(user))


class Owed(Recorded):
    """Somebody and a course, with the last day that they are covered, or on which they can do it in time."""

    class Status(models.TextChoices):
        OPEN = "open", _("Due")
        ENDED = "ended", _("Not due any more")

    user = models.ForeignKey(User, models.PROTECT, related_name="training_owed")
    root = RootField("user")
    course = models.ForeignKey(Course, models.PROTECT, null=True, blank=True, related_name="+")  # none: supervision
    due_on = models.DateField()
    for_role = models.BooleanField(default=False)  # their post asks for it, and without it they agree to nothing alone
    status = models.CharField(max_length=5, choices=Status, default=Status.OPEN)

    objects = OwedQuerySet.as_manager()

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "course"], condition=models.Q(status="open"), name="one_reminder_a_course"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(status="open", course=None), name="one_reminder_of_supervision"
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=models.Q(status="open"), name="training_by_when")]

    def __str__(self):
        return f"{self.user}: {self.what} by {self.due_on}"

    @property
    def what(self):
        return self.course.title if self.course_id else _("Supervision")

    def get_absolute_url(self):
        return reverse("training:owed", args=[self.pk])

    @transition(source=NEW, to=Status.OPEN, may=access.may_remind, done=_("began this"))
    def fall_due(self, *, by):
        """From now on they are reminded."""

    @transition(source={Status.OPEN}, to=Status.ENDED, may=access.may_remind, done=_("ended this"))
    def end(self, *, by, at):
        """It is done, or is not asked of them any more; or its day is another."""
        for clock in CLOCKS:
            Notice.objects.of(self, clock).stop(at)
