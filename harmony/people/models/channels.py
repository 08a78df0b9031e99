"""Who holds the account, phone or keys of an approved channel: two people at least, so that one is never alone with it (R33)."""

from datetime import timedelta

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import ANY, NEW, transition
from harmony.encryption.fields import RootField
from harmony.organisation.access import may_keep_channels
from harmony.organisation.models import Channel

from .dated import Dated, DatedQuerySet
from .users import User

ENOUGH = 2  # of whom each can see what the other wrote
LOOK_AHEAD = timedelta(days=30)  # before an approval runs out, there is time to look again


def to_look_at(on=None):
    """The channels in use whose approval runs out soon or has, and those that too few people hold."""
    on = on or localdate()
    of_one = ChannelHolder.objects.standing(on).filter(channel=models.OuterRef("pk")).order_by().values("channel")
    held = Coalesce(models.Subquery(of_one.annotate(many=models.Count("pk")).values("many")), 0)
    ends_soon = models.Q(approved_until__lt=on + LOOK_AHEAD)
    return Channel.objects.in_use().alias(held=held).filter(ends_soon | models.Q(held__lt=ENOUGH))


class ChannelHolder(Recorded, Dated):
    """Somebody who can get into this channel's account, from when to when. Who leaves holds nothing after their last day."""

    user = models.ForeignKey(User, models.PROTECT, related_name="channels_held")
    root = RootField("user")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="holders")

    objects = DatedQuerySet.as_manager()
    guards = [
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""EXISTS (
                SELECT 1 FROM people_channelholder AS held
                WHERE held.user_id = NEW.user_id AND held.channel_id = NEW.channel_id AND held.id <> NEW.id
                AND held.starts_on < coalesce(NEW.ends_on, '9999-12-31')
                AND NEW.starts_on < coalesce(held.ends_on, '9999-12-31'))""",
            say=gettext_noop("They hold this channel already on one of these days."),
            lock="organisation_channel",
            lock_by="channel_id",
        ),
        Guard(
            on=("INSERT",),
            refuse_when="""EXISTS (
                SELECT 1 FROM organisation_channel AS held WHERE held.id = NEW.channel_id AND held.status = 'stopped')""",
            say=gettext_noop("This channel is not used any more, so nobody can hold it."),
            lock="organisation_channel",
            lock_by="channel_id",
        ),
    ]

    class Meta(Dated.Meta):
        ordering = ["starts_on"]
        verbose_name = _("holder of a channel")

    def __str__(self):
        return f"{self.user} holds {self.channel}"

    @transition(source=NEW, to=None, may=may_keep_channels)
    def take(self, starts_on, *, by):
        self.span(starts_on)

    @transition(source=ANY, to=None, may=may_keep_channels)
    def end(self, last_day, *, by):
        self.span(self.starts_on, last_day)
