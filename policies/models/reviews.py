"""The yearly review of each policy: due a year after it was approved, and a year after each review (S32, R47).

It is prepared by one person and signed off by another, of those who approve the policy; that sets the next.
"""

import json
from datetime import datetime, time, timedelta

from django.db import models
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony import between
from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import NEW, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.notifications.models import Notice
from harmony.people.models import User

from .. import access
from ..ladders import REVIEW
from .policies import Policy

A_YEAR = timedelta(days=365)
SOON = timedelta(days=14)  # when something happened that does not wait for the year to end
MORNING = time(9)


def due_after(day, wait=A_YEAR):
    """At nine in the morning of that day."""
    return datetime.combine(day + wait, MORNING, get_current_timezone())


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.reviews_visible_to(user))

    def open(self):
        return self.exclude(status=Review.Status.SIGNED)

    def coming(self, at):
        """Those of which somebody may have to be told by now: from 60 days before."""
        return self.open().filter(due_at__lte=at + timedelta(days=60))

    def late(self, at):
        return self.open().filter(due_at__lte=at)


class Review(Recorded):
    class Status(models.TextChoices):
        DUE = "due", _("To be done")
        MINUTED = "minuted", _("To be signed off")
        SIGNED = "signed", _("Signed off")

    class Because(models.TextChoices):
        YEARLY = "yearly", _("A year has gone by")
        CASE = "case", _("Something happened")
        GUIDANCE = "guidance", _("Law or guidance changed")
        PROOF = "proof", _("A promise is not being kept")

    class Decision(models.TextChoices):
        KEEP = "keep", _("Keep it as it is")
        AMEND = "amend", _("Change it")
        REPLACE = "replace", _("Write it anew")

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="reviews")
    root = RootField("policy")
    status = models.CharField(max_length=7, choices=Status, default=Status.DUE)
    because = models.CharField(max_length=8, choices=Because, default=Because.YEARLY)
    since = models.DateField()  # what it looks back on begins here
    due_at = models.DateTimeField()
    facts = models.TextField(blank=True)  # [[what, count]] of that time, as JSON: counts, and no name
    minutes = EncryptedTextField(_("minutes"), blank=True)
    decision = models.CharField(max_length=7, choices=Decision, blank=True)
    minuted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    minuted_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()
    in_clear = {"facts": "counts of a whole year"}
    guards = [
        Guard(
            on=("UPDATE", "DELETE"),
            refuse_when="OLD.status = 'signed'",
            say=gettext_noop("A review that was signed off stays as it was."),
        )
    ]

    class Meta:
        ordering = ["-due_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy"], condition=~models.Q(status="signed"), name="one_review_to_be_done"
            ),
            models.CheckConstraint(
                name="signed_by_somebody_else_at_some_time",
                condition=~models.Q(status="signed")
                | models.Q(signed_by__isnull=False, signed_at__isnull=False, minuted_by__isnull=False)
                & ~models.Q(signed_by=models.F("minuted_by"))
                & ~models.Q(decision=""),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=~models.Q(status="signed"), name="reviews_to_be_done"),
        ]

    def __str__(self):
        return f"Review of {self.policy}"

    @property
    def counted(self):
        return json.loads(self.facts or "[]")

    @transition(source=NEW, to=Status.DUE, may=access.may_open_review, done=_("opened this"))
    def open(self, since, *, by):
        """A year from that day."""
        self.since, self.due_at = since, due_after(since)

    @transition(source={Status.DUE}, to=None, may=access.may_write, reason=True, done=_("called this early"))
    def call_early(self, because, *, by, at):
        """Within two weeks, never later than it was due anyway."""
        self.because, self.due_at = because, min(self.due_at, due_after(localdate(at), SOON))

    @transition(
        source={Status.DUE, Status.MINUTED}, to=Status.MINUTED, may=access.may_write, done=_("wrote the minutes")
    )
    def minute(self, minutes, decision, *, by, at):
        """What was talked about and decided, with the facts of the year as they stand now."""
        self.minutes, self.decision, self.minuted_by, self.minuted_at = minutes, decision, by, at
        lines = between.facts(self.since, localdate(at))
        self.facts = json.dumps([[str(line.what), line.count] for line in lines], ensure_ascii=False)

    @transition(source={Status.MINUTED}, to=Status.SIGNED, may=access.may_sign_review, done=_("signed this off"))
    def sign(self, *, by, at):
        """By one of those who approve the policy, never by whoever prepared it. It sets the next."""
        self.signed_by, self.signed_at = by, at
        Notice.objects.of(self, REVIEW).stop(at)

    def sign_off(self, *, by, at=None):
        """Sign it, and open the next: a year from today."""
        self.sign(by=by, at=at)
        Review(policy=self.policy).open(localdate(self.signed_at), by=by, at=at)


def begin_reviews(policy, *, by, at):
    """From its first approval on, there is always one to be done."""
    if not policy.reviews.open().exists():
        Review(policy=policy).open(localdate(at), by=by, at=at)
