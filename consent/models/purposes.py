"""What a picture may be wanted for: each purpose in words with a version, and each single channel it is wanted on (R37)."""

from contextlib import contextmanager

from django.db import models
from django.db.transaction import atomic
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Identified
from harmony.audit.transitions import NEW, transition
from harmony.organisation.models import Channel

from .. import access

A_YEAR = 12  # months: how long a permission lasts where a purpose says nothing else (R39)


class PurposeQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(status=Purpose.Status.IN_USE)


class Purpose(Identified):
    """One thing that pictures are wanted for. What it means to people stands in its newest wording."""

    class Status(models.TextChoices):
        IN_USE = "in_use", _("In use")
        ENDED = "ended", _("No longer asked for")

    name = models.CharField(_("name"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(default=50)
    status = models.CharField(max_length=6, choices=Status, default=Status.IN_USE)

    objects = PurposeQuerySet.as_manager()
    in_clear = {"name": "printed on every form"}

    class Meta:
        ordering = ["position", "name"]

    def __str__(self):
        return self.name

    @property
    def wording(self):
        """The words that are asked now."""
        return self.wordings.first()

    @transition(source=NEW, to=Status.IN_USE, may=access.may_keep_wordings, done=_("added this"))
    def add(self, name, position=50, *, by):
        self.name, self.position = name, position

    @transition(source={Status.IN_USE}, to=None, may=access.may_keep_wordings, done=_("changed the words"))
    def word(self, words, months, *, by, at):
        """New words from now on. Permissions keep the words that they were given for."""
        version = (self.wording.version if self.wording else 0) + 1
        self.wordings.create(version=version, words=words, months=months, since=at)

    @transition(source={Status.IN_USE}, to=None, may=access.may_keep_wordings)
    def use_on(self, channel, lasting, *, by, at):
        """Wanted on this channel too: one channel each, for a yes to one is no yes to another."""
        self.uses.create(channel=channel, lasting=lasting, since=localdate(at))

    @transition(source={Status.IN_USE}, to=Status.ENDED, may=access.may_keep_wordings, done=_("ended this"))
    def end(self, *, by):
        """Not asked for any more, and nothing new is published for it. What is out stays under its permissions."""


class Wording(Identified):
    """A purpose in words, as it was asked from a moment on. It never changes: people signed it."""

    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="wordings")
    version = models.PositiveSmallIntegerField()
    words = models.TextField(_("the words"))
    months = models.PositiveSmallIntegerField(_("how many months a permission lasts"), default=A_YEAR)
    since = models.DateTimeField()

    in_clear = {"words": "printed on every form"}
    guards = [
        Guard(
            on=("UPDATE", "DELETE"),
            refuse_when="1 = 1",
            say=gettext_noop("People have signed these words, so they stay. Write new ones instead."),
        )
    ]

    class Meta:
        ordering = ["purpose", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="one_wording_a_version"),
            models.CheckConstraint(
                name="a_permission_lasts_a_while", condition=models.Q(months__gte=1, months__lte=36)
            ),
        ]

    def __str__(self):
        return f"{self.purpose}, version {self.version}"


class UseQuerySet(models.QuerySet):
    def open(self, on=None):
        """Those that somebody may be asked for, and that may be published, on this day."""
        return self.filter(_open(on))

    def open_or(self, keys):
        """Those, and these."""
        return self.filter(_open() | models.Q(pk__in=keys))


def _open(on=None):
    return models.Q(purpose__status=Purpose.Status.IN_USE, channel__in=Channel.objects.approved(on))


class Use(Identified):
    """One purpose on one approved channel: what a permission is for, and where a picture goes (N15)."""

    class Lasting(models.TextChoices):
        """What can be done once it is out."""

        ONLINE = "online", _("Online: it can be taken down")
        ROOM = "room", _("In our rooms: it can be taken down")
        PAPER = "paper", _("Printed or broadcast: it cannot be called back")

    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="uses")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    lasting = models.CharField(max_length=6, choices=Lasting, default=Lasting.ONLINE)
    since = models.DateField()

    objects = UseQuerySet.as_manager()
    guards = [
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NOT EXISTS (
                SELECT 1 FROM organisation_channel AS channel
                WHERE channel.id = NEW.channel_id AND channel.status = 'approved'
                AND NEW.since BETWEEN channel.approved_on AND channel.approved_until)""",
            say=gettext_noop("This channel is not approved, so nothing can be asked for on it."),
            lock="organisation_channel",
            lock_by="channel_id",
        )
    ]

    class Meta:
        ordering = ["purpose__position", "purpose__name", "channel__name"]
        constraints = [models.UniqueConstraint(fields=["purpose", "channel"], name="one_use_each")]

    def __str__(self):
        return f"{self.purpose}: {self.channel}"

    @classmethod
    @contextmanager
    def held(cls, *keys):
        """Until it ends nobody says yes or no to these, nor publishes on them; to any, if none is named.

        Taken before the event about a picture: whoever says no holds the use and then writes in the picture's chain, so
        in any other order the two would wait for one another.
        """
        held = cls.objects.select_for_update().order_by("pk")
        with atomic():
            list(held.filter(pk__in=keys) if keys else held)
            yield

    @property
    def order(self):
        """Where it stands among others, as the database orders them."""
        return self.purpose.position, self.purpose.name, self.channel.name
