"""Somebody has lost the phone or key with which they prove who they are: two who lead let them set up another.

The first says how they know that it is them; the second confirms it. Then every session of that account ends at once,
and the person hears at every address we have, as does everybody else who leads. A day later their proofs are taken away,
unless one of those who heard has stopped it (decision 0214).
"""

from datetime import timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.events import event, stamp
from harmony.audit.guards import Guard
from harmony.audit.models import Entry, Recorded
from harmony.audit.transitions import NEW, Refused, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.look.words import clock_time
from harmony.notifications import phone
from harmony.notifications.access import WORKER
from harmony.notifications.models import Delivery
from harmony.notifications.sweeps import Sweep
from harmony.notifications.telling import tell
from harmony.people import access as people
from harmony.people import sessions
from harmony.people.models import User

from . import access

NOTICE = timedelta(hours=24)
ON_THE_SERVER = "second proof reset on the server"  # the command's line in the book
PHONE = Delivery.Channel.PHONE


class LostDeviceQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.lost_devices_visible_to(user))

    def standing(self):
        """Said or confirmed, and neither done nor stopped."""
        return self.filter(status__in=["said", "confirmed"])

    def due(self, at):
        return self.filter(status=LostDevice.Status.CONFIRMED, resets_at__lte=at)


class LostDevice(Recorded):
    class Status(models.TextChoices):
        SAID = "said", _("Waits for a second person")
        CONFIRMED = "confirmed", _("Confirmed by two: a day of notice")
        DONE = "done", _("Their proofs were taken away")
        STOPPED = "stopped", _("Stopped")

    user = models.ForeignKey(User, models.PROTECT, related_name="lost_devices")
    root = RootField("user")
    status = models.CharField(max_length=9, choices=Status)
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    how_known = EncryptedTextField()  # how the first knows that it is them …
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    how_confirmed = EncryptedTextField(blank=True)  # … and the second
    resets_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = LostDeviceQuerySet.as_manager()
    guards = [
        Guard(on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("That a second proof was reset is not deleted.")),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.said_by_id = NEW.user_id OR NEW.confirmed_by_id = NEW.user_id
                OR NEW.confirmed_by_id = NEW.said_by_id
                OR NEW.status IN ('confirmed', 'done') AND (NEW.confirmed_by_id IS NULL OR NEW.how_confirmed = '')""",
            say=gettext_noop("Two others confirm that a device is lost, and neither of them twice."),
        ),
    ]

    class Meta:
        ordering = ["-said_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(status__in=["said", "confirmed"]), name="lost_once_at_a_time"
            ),
            models.CheckConstraint(
                name="a_lost_device_is_reset_after_it_is_confirmed",
                condition=Q(resets_at=None, confirmed_at=None)
                | Q(confirmed_at__isnull=False, resets_at__gte=models.F("confirmed_at")),
            ),
        ]

    def __str__(self):
        return f"A lost device of {self.user}"

    def get_absolute_url(self):
        return reverse("home:lost", args=[self.user_id])

    @transition(source=NEW, to=Status.SAID, may=access.may_say_lost, done=_("said that they lost it"))
    def say(self, how, *, by, at):
        """The first of two: how they know that it is them."""
        if not self.seconds(by):
            raise Refused(_now("Nobody else is left to confirm it. Ask whoever runs the server to reset it there."))
        self.said_by, self.said_at, self.how_known = by, at, how

    @classmethod
    def begin(cls, user, how, *, by, at=None):
        """Said, and whoever may confirm it hears in the same breath."""
        at = at or now()
        with event("say", by=by, about=user, at=at):
            lost = cls(user=user)
            lost.say(how, by=by, at=at)
            tell("lost", lost, lost.seconds(by), clock="lost", sentence="lost_said", urgent=True, at=at)
        return lost

    @transition(source={Status.SAID}, to=Status.CONFIRMED, may=access.may_confirm_lost, done=_("confirmed it"))
    def confirm(self, how, *, by, at):
        """The second of two: signed out everywhere now, and a day of notice to them and to all who lead."""
        self.confirmed_by, self.confirmed_at, self.how_confirmed = by, at, how
        self.resets_at = at + NOTICE
        sessions.end_all(self.user)
        self._tell(1, "lost_notice", "lost_confirmed", at)

    @transition(source={Status.SAID, Status.CONFIRMED}, to=Status.STOPPED, may=access.may_stop_lost, reason=True,
                done=_("stopped this"))  # fmt: skip
    def stop(self, *, by, at):
        """It was not them, or the phone is found. Everybody who heard of it hears that too."""
        self.ended_at = at
        self._tell(2, "lost_stopped", "lost_stopped", at)

    @transition(source={Status.CONFIRMED}, to=Status.DONE, may=access.may_reset_lost, done=_("reset this"))
    def reset(self, *, by, at):
        """The day is over. Their password stays; the next sign-in asks for a new second proof."""
        if at < self.resets_at:
            raise Refused(_now("The day of notice is not over."))
        self.ended_at = at
        Authenticator.objects.filter(user=self.user).delete()
        sessions.end_all(self.user)
        self._tell(3, "lost_done", "lost_reset", at)

    def seconds(self, first):
        """Who may confirm what the first has said."""
        return [user for user in people.who_vouches(self.user) if user != first]

    def _tell(self, rung, to_them, to_others, at):
        """The person at every address we have: by e-mail, and on their phone where messages go there. All who lead, too."""
        said = {"rung": rung, "urgent": True, "at": at}
        own = tell("lost_own", self, [self.user], clock="lost_own", sentence=to_them, **said)
        if phone.is_set_up() and self.user.phone:
            there = set(Delivery.objects.filter(notice__in=own, channel=PHONE).values_list("notice", flat=True))
            unrung = [notice for notice in own if notice.pk not in there]
            Delivery.objects.bulk_create(Delivery(notice=one, channel=PHONE, next_try_at=at) for one in unrung)
        tell("lost", self, people.who_leads(self.user), clock="lost", sentence=to_others, **said)


def reset_due(at):
    """Those whose day of notice is over."""
    with Sweep("reset lost devices") as sweep:
        for lost in LostDevice.objects.due(at):
            with sweep.one(lost.pk):
                lost.reset(by=WORKER, at=at)


def lost_between(since, until):
    """(whose, what of it, when), the newest first: what was said on pages, and done by the server's command."""
    said = LostDevice.objects.filter(said_at__gte=since, said_at__lt=until).select_related("user")
    rows = [(one.ended_at or one.confirmed_at or one.said_at, one.user.name, one.get_status_display()) for one in said]
    lines = Entry.objects.filter(verb=ON_THE_SERVER, happened_at__gte=stamp(since), changes=None)
    lines = lines.filter(happened_at__lt=stamp(until))
    names = dict(User.objects.values_list("pk", "name")) if lines else {}
    rows += [(line.happened, names.get(UUID(line.root), ""), _now("Taken away on the server")) for line in lines]
    return [(name, str(what), clock_time(moment)) for moment, name, what in sorted(rows, reverse=True)]
