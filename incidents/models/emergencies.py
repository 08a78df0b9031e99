"""A case opened in an emergency by somebody who has no right to it: to read, for an hour, with everybody who leads told (N8)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import ANY, StateMoved, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.notifications.models import Notice
from harmony.people.models import User

from .. import access
from .cases import Case

AS_OPENED = ("case_id", "user_id", "why", "opened_at", "ends_at")


class EmergencyQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.emergencies_visible_to(user))

    def at(self, moment):
        """Those whose hour runs."""
        return self.filter(opened_at__lte=moment, ends_at__gt=moment)

    def unanswered(self, at):
        """Over, and nobody has said what was done."""
        return self.filter(answered_at=None, ends_at__lte=at)


class Emergency(Recorded):
    case = models.ForeignKey(Case, models.PROTECT, related_name="emergencies")
    root = RootField("case")
    user = models.ForeignKey(User, models.PROTECT, related_name="emergencies")
    why = EncryptedTextField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = EncryptedTextField(blank=True)

    objects = EmergencyQuerySet.as_manager()
    guards = [
        Guard(
            on=("UPDATE",),
            refuse_when="OLD.answered_at IS NOT NULL OR " + " OR ".join(f"NEW.{one} <> OLD.{one}" for one in AS_OPENED),
            say=gettext_noop("What was said when a case was opened in an emergency stays as it was written."),
        ),
        Guard(on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("That a case was opened so is not deleted.")),
    ]

    class Meta:
        ordering = ["-opened_at"]
        indexes = [
            models.Index(fields=["user", "ends_at"], name="opened_in_an_emergency"),
            models.Index(fields=["ends_at"], name="emergencies_not_answered", condition=Q(answered_at=None)),
        ]
        constraints = [
            models.CheckConstraint(name="an_emergency_ends_after_it_began", condition=Q(ends_at__gt=F("opened_at"))),
        ]

    def __str__(self):
        return f"{self.case}, opened in an emergency"

    def get_absolute_url(self):
        return reverse("incidents:emergency", args=[self.pk])

    @transition(source=ANY, to=None, may=access.may_answer_in_person)
    def reply(self, answer, *, by, at):
        """What was done: once, in the words of whoever opened it. Whoever waited for that hears no more of it."""
        if self.answered_at:
            raise StateMoved(_now("You have said what was done. Your words stand below."))
        self.answered_at, self.answer = at, answer
        words = _now("Opened in an emergency. What was done: %(answer)s") % {"answer": answer}
        said = {"author": by, "words": words, "happened_at": at, "written_at": at}
        self.case.entries.create(kind="note", significant=True, **said)
        Notice.objects.of(self, "emergency_asked").stop(at)
