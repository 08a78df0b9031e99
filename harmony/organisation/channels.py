"""The approved ways to reach people or to publish: what the rest of the product may choose (N15, S24, S25)."""

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony import between
from harmony.audit.guards import Guard
from harmony.audit.models import Identified
from harmony.audit.transitions import NEW, Refused, transition

from . import access


class ChannelQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.channels_visible_to(user))

    def in_use(self):
        """Those that nobody has stopped, whether or not their approval has run out or waits."""
        return self.exclude(status=Channel.Status.STOPPED)

    def approved(self, on=None):
        """Those that may be used on this day: only these can be chosen anywhere."""
        on = on or localdate()
        return self.filter(status=Channel.Status.APPROVED, approved_on__lte=on, approved_until__gte=on)


class Channel(Identified):
    """One approved way to reach people or publish, until a day and on conditions (N15, S25): nothing else is used.

    It says what the register of platforms decided, under the same key: the room that keeps the register takes these steps, and
    its guard refuses an approval that nobody decided there. Who holds its account, phone or keys is written down beside
    it, two people at least (`people.ChannelHolder`, R33).
    """

    class Status(models.TextChoices):
        APPROVED = "approved", _("Approved")
        PAUSED = "paused", _("Under review")
        STOPPED = "stopped", _("No longer used")

    name = models.CharField(_("name"), max_length=60)
    conditions = models.TextField(_("conditions"), blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.APPROVED)
    approved_on = models.DateField(_("approved on"))
    approved_until = models.DateField(_("approved until"))  # the last day

    # stopped: both, or neither
    stopped_at = models.DateTimeField(_("stopped at"), null=True, blank=True)
    stopped_because = models.TextField(_("why it was stopped"), blank=True)

    objects = ChannelQuerySet.as_manager()
    in_clear = {
        "name": "public",
        "conditions": "rules of use, shown to all staff",
        "stopped_because": "shown to all staff, who would use it otherwise",
    }
    guards = [
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.status <> 'stopped' AND EXISTS (
                SELECT 1 FROM organisation_channel AS other
                WHERE other.status <> 'stopped' AND other.id <> NEW.id AND lower(other.name) = lower(NEW.name))""",
            say=gettext_noop("There is a channel with this name already. Choose another."),
            one_at_a_time="lower(NEW.name)",
        ),
        Guard(
            on=("UPDATE", "DELETE"),
            refuse_when="OLD.status = 'stopped'",
            say=gettext_noop("This channel is not used any more. What was said of it stays. Propose it anew."),
        ),
    ]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="an_approval_ends_after_it_starts",
                condition=models.Q(approved_until__gte=models.F("approved_on")),
            ),
            models.CheckConstraint(
                name="a_stopped_channel_says_when_and_why",
                condition=models.Q(status__in=("approved", "paused"), stopped_at=None, stopped_because="")
                | (models.Q(status="stopped", stopped_at__isnull=False) & ~models.Q(stopped_because="")),
            ),
        ]

    def __str__(self):
        return self.name

    def is_approved(self, on=None):
        on = on or localdate()
        return self.status == self.Status.APPROVED and self.approved_on <= on <= self.approved_until

    @transition(source=NEW, to=Status.APPROVED, may=access.may_list_channels, done=_("approved this"))
    def approve(self, name, conditions, approved_until, *, by, at):
        self.name = name
        self._until(conditions, approved_until, at)

    @transition(
        source={Status.APPROVED, Status.PAUSED},
        to=Status.APPROVED,
        may=access.may_list_channels,
        done=_("approved this again"),
    )
    def renew(self, conditions, approved_until, *, by, at):
        """Somebody looked again: from today until this day, which may be sooner than was said before."""
        self._until(conditions, approved_until, at)

    @transition(source={Status.APPROVED}, to=Status.PAUSED, may=access.may_list_channels, done=_("paused this"))
    def pause(self, *, by):
        """Nobody chooses it while it is looked at again. What is out stays until that is decided."""

    @transition(
        source={Status.APPROVED, Status.PAUSED},
        to=Status.STOPPED,
        may=access.may_list_channels,
        reason=True,
        done=_("stopped this"),
    )
    def stop(self, *, by, at, why):
        """Nobody uses it from now on. There is no step back: whoever wants it again proposes it anew."""
        self.stopped_at, self.stopped_because = at, why
        between.channel_stopped(self, at)

    def _until(self, conditions, day, at):
        self.conditions, self.approved_on = conditions, localdate(at)
        if day < self.approved_on:
            raise Refused(_("This day has gone by. Give one that is still to come."))
        self.approved_until = day
