"""A notice: who is told what about which record. The row that waits to be sent is the row of the inbox.

It stands in the chain of the record that caused it: who was told of what, and when, is part of that record's
story. How far its e-mail has got is not, so that lies in a table of its own, which the book does not record.
"""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import get_current_timezone, localtime, now
from django.utils.translation import gettext_lazy as _

from harmony.audit.models import Recorded
from harmony.audit.recording import Recording
from harmony.audit.transitions import ANY, NEW, transition
from harmony.encryption.fields import RootField, root_of
from harmony.people.models import User

from . import access, sentences, sources

TOO_LONG = timedelta(minutes=10)  # an urgent message that is not out by then is trouble
MANY = 5  # tries, with half a minute, one, two and four between them


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Two queries: the first finds what only its source can answer for."""
        seen = self.filter(access.notices_visible_to(user))
        asked = [source.code for source in sources.every() if source.may]
        return seen.exclude(pk__in=access.hidden_from(user, seen.filter(kind__in=asked)))

    def waiting(self):
        """Neither read nor settled by somebody."""
        return self.filter(read_at=None, stopped_at=None)

    def of(self, record, clock):
        return self.filter(about=record.pk, clock=clock)

    def within(self, record):
        """All that stand in its chain: of the record itself, and of what hangs on it."""
        return self.filter(root=root_of(record))

    def stop(self, at=None):
        """Somebody has answered: nobody is told any more. Call inside an event."""
        return self.filter(stopped_at=None).update(stopped_at=at or now())

    def read(self, at=None):
        return self.filter(read_at=None).update(read_at=at or now())


class Notice(Recorded):
    recipient = models.ForeignKey(User, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20)  # of sources.py
    about = models.UUIDField()  # the record; no foreign key, for rooms lie above
    clock = models.CharField(max_length=20)  # what runs: one clock of one record tells each person once a rung
    rung = models.IntegerField(default=0)
    sentence = models.CharField(max_length=20)  # of sentences.py
    due = models.DateTimeField(null=True, blank=True)
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)  # answered, by whoever

    objects = NoticeQuerySet.as_manager()
    recording = Recording(skip=frozenset({"read_at"}))
    in_clear = dict.fromkeys(("kind", "clock", "sentence"), "a code from our own list")

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="notices_of_a_person"),
            models.Index(fields=["recipient"], condition=Q(read_at=None, stopped_at=None), name="notices_that_wait"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["about", "clock", "rung", "recipient"], name="told_once_a_rung"),
        ]

    def __str__(self):
        return f"Notice {self.reference}"

    @property
    def reference(self):
        """For a phone call about an e-mail: random, it tells nobody what it is about."""
        return self.pk.hex[:8].upper()

    @property
    def link(self):
        return sources.get(self.kind).link(self)

    def says(self, at=None):
        return sentences.say(self.sentence, self.due, at or now())

    @transition(source=ANY, to=None, may=access.may_answer)
    def answer(self, *, by, at):
        """Seen to by its reader: whoever else was told of the same hears no more of it."""
        self.stopped_at = at
        Notice.objects.filter(about=self.about, clock=self.clock).exclude(pk=self.pk).stop(at)

    def is_wanted(self):
        """Whether it is still to be sent: nobody has answered, nor read it, and its reader may see it."""
        return not self.read_at and not self.stopped_at and sources.sees(self.recipient, self.kind, self.about)


class DeliveryQuerySet(models.QuerySet):
    def to_send(self, at=None):
        """Those whose time has come, and those whose worker has fallen silent.

        What nobody has tried yet and was written at a time to come was written before a clock was set back: it
        does not wait until that time comes again.
        """
        at = at or now()
        before_the_step = Q(status=Delivery.Status.PENDING, notice__created_at__gt=at)
        return self.filter(Q(next_try_at__lte=at) | before_the_step, status__in=Delivery.UNDER_WAY)

    def under_way(self):
        """Neither out nor given up, whether or not their time has come."""
        return self.filter(status__in=Delivery.UNDER_WAY)

    def stuck(self, at=None):
        """Their time came ten minutes ago and nobody took them, or each try has failed for about as long."""
        return self.under_way().filter(Q(next_try_at__lte=(at or now()) - TOO_LONG) | Q(attempts__gte=MANY)).unreached()

    def trouble(self, at=None):
        """Urgent messages that are given up, or late, and whose reader has been reached in no other way."""
        late = Q(status__in=Delivery.UNDER_WAY, notice__created_at__lte=(at or now()) - TOO_LONG)
        return self.filter(late | Q(status=Delivery.Status.DEAD), notice__urgent=True).unreached()

    def given_up(self):
        """Dead letters, urgent or not, that somebody has to see to."""
        return self.filter(status=Delivery.Status.DEAD).unreached()

    def unreached(self):
        """Whose reader is still here, has not read it, and had it by no other way; and that nobody has answered."""
        reached = self.model.objects.filter(notice=OuterRef("notice"), status=Delivery.Status.SENT)
        waiting = Q(notice__read_at=None, notice__stopped_at=None, notice__recipient__is_active=True)
        return self.filter(waiting).exclude(Exists(reached))

    def try_again(self, at=None):
        """From the beginning, at once."""
        return self.filter(status__in=[Delivery.Status.DEAD, Delivery.Status.FAILED]).update(
            status=Delivery.Status.PENDING, attempts=0, next_try_at=at or now()
        )

    def set_aside(self):
        """Somebody has seen to it: it need not go out any more. What is urgent stays until it is read or sent."""
        dead = self.filter(status=Delivery.Status.DEAD, notice__urgent=False)
        return dead.update(status=Delivery.Status.DROPPED)


class Delivery(models.Model):
    """One way of one notice to its reader. Taking it and finishing it are single conditional updates."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("E-mail")
        PHONE = "phone", _("Phone")

    class Status(models.TextChoices):
        PENDING = "pending", _("Waiting")
        CLAIMED = "claimed", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Will be tried again")
        DEAD = "dead", _("Given up")
        DROPPED = "dropped", _("Not needed any more")

    UNDER_WAY = (Status.PENDING, Status.CLAIMED, Status.FAILED)

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=5, choices=Channel)
    status = models.CharField(max_length=7, choices=Status, default=Status.PENDING)
    token = models.UUIDField(null=True, blank=True)  # whose turn it is
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=now)  # while it is claimed: when the claim runs out
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=60, blank=True)

    objects = DeliveryQuerySet.as_manager()
    in_clear = {"failure": "the class of an error, never its words"}

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(status__in=["pending", "claimed", "failed"]),
                name="deliveries_to_send",
            ),
            models.Index(fields=["notice"], condition=Q(status="dead"), name="deliveries_given_up"),
        ]
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="one_delivery_a_channel")]

    def __str__(self):
        return f"{self.get_channel_display()}: {self.get_status_display()}"


class QuietHours(Recorded):
    """When somebody wants no e-mail that can wait. What is urgent comes all the same."""

    user = models.OneToOneField(User, models.PROTECT, related_name="quiet_hours")
    root = RootField("user")
    since = models.TimeField(_("from"), null=True, blank=True)  # both, or neither
    until = models.TimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name_plural = "quiet hours"
        constraints = [
            models.CheckConstraint(
                name="quiet_for_a_while_or_never",
                condition=Q(since=None, until=None)
                | Q(since__isnull=False, until__isnull=False) & ~Q(since=models.F("until")),
            )
        ]

    def __str__(self):
        return f"{self.user}, {self.since or '–'} to {self.until or '–'}"

    @transition(source=NEW, to=None, may=access.may_set_quiet)
    def begin(self, since, until, *, by):
        self.since, self.until = since, until

    @transition(source=ANY, to=None, may=access.may_set_quiet)
    def change(self, since, until, *, by):
        self.since, self.until = since, until

    def end_at(self, at):
        """When the quiet that holds at this moment ends; None when it does not hold. It may run past midnight."""
        if not self.since:
            return None
        local = localtime(at)
        clock = local.time()
        overnight = self.until < self.since
        holds = clock >= self.since or clock < self.until if overnight else self.since <= clock < self.until
        if not holds:
            return None
        day = local.date() + timedelta(days=clock >= self.until)
        return datetime.combine(day, self.until, get_current_timezone())
