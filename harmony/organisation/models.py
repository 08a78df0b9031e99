"""The organisation's one row, its closures, whom to ring outside, its channels (guidance.py: the guidance it follows)."""

from datetime import timedelta

from django.db import models
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony import between
from harmony.audit.guards import Guard
from harmony.audit.models import Identified
from harmony.audit.transitions import ANY, GONE, NEW, Refused, transition
from harmony.encryption.keys import ORGANISATION

from . import access
from .councils import Council  # noqa: F401 (a model of this app)
from .guidance import Edition, GuidanceSource  # noqa: F401 (models of this app)
from .hours import HoursField, open_at

YEARLY = timedelta(days=365)  # how long a number that somebody has rung counts as right (S31)


class Organisation(Identified):
    """One row, whose id is the root of everything that belongs to no record of its own."""

    name = models.CharField(_("name"), max_length=100)
    council = models.CharField(_("local council"), max_length=100, blank=True)
    hours = HoursField(_("opening hours"), default="Mon-Fri 09:00-17:00")
    policies = models.URLField(_("where the policies can be read"), blank=True)
    # "#0b5c66", or nothing for our own; whether they can be read is asked where they are typed (harmony/look/colours.py)
    main_colour = models.CharField(_("main colour"), max_length=7, blank=True, default="")
    dark_colour = models.CharField(_("dark colour"), max_length=7, blank=True, default="")
    # the law's duty to tell of sexual abuse applies from this day (R22; incidents/models/duties.py). None: it is not law yet
    duty_from = models.DateField(_("the duty to tell applies from"), null=True, blank=True)
    names_in_public = models.BooleanField(_("strangers read the names of those whom they ring"), default=False)
    is_demo = models.BooleanField(default=False, editable=False)

    in_clear = {
        "name": "stands on every public page",
        "council": "public",
        "hours": "stand on every public page",
        "policies": "a link on every page",
        "main_colour": "on every page",
        "dark_colour": "on every page",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(name="one_organisation", condition=models.Q(id=ORGANISATION)),
            *(
                models.CheckConstraint(
                    name=f"{field}_is_a_colour", condition=models.Q(**{f"{field}__regex": r"^(#[0-9a-f]{6})?$"})
                )
                for field in ("main_colour", "dark_colour")
            ),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def current(cls):
        """The row, or an unsaved one with a neutral name before the first set-up."""
        return cls.objects.first() or cls(id=ORGANISATION, name=str(_("Your organisation")))

    @transition(source=ANY, to=None, may=access.may_set_up)
    def set_up(self, name, council, hours, policies="", names_in_public=False, *, by):
        self.name, self.council, self.hours, self.policies = name, council, hours, policies
        self.names_in_public = names_in_public

    @transition(source=ANY, to=None, may=access.may_set_up, done=_("changed from when the duty to tell applies"))
    def date_duty(self, duty_from=None, *, by):
        """From this day on; None: not at all. What was asked of somebody meanwhile is kept, and nobody sees it."""
        self.duty_from = duty_from

    @transition(source=ANY, to=None, may=access.may_set_up)
    def recolour(self, main_colour, dark_colour, *, by):
        """Nothing for both: our own colours again."""
        self.main_colour, self.dark_colour = main_colour, dark_colour


class ClosureQuerySet(models.QuerySet):
    def coming(self, on=None):
        """Those that have not ended."""
        return self.filter(ends_on__gte=on or localdate())


class Closure(Identified):
    """Days on which nobody works, both included. Working-day clocks skip them."""

    name = models.CharField(_("what for"), max_length=100)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    objects = ClosureQuerySet.as_manager()
    in_clear = {"name": "stands on public pages: “closed for Easter”"}

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                name="a_closure_ends_after_it_starts", condition=models.Q(ends_on__gte=models.F("starts_on"))
            )
        ]

    def __str__(self):
        return self.name

    @transition(source=NEW, to=None, may=access.may_set_up)
    def add(self, name, starts_on, ends_on, *, by):
        self.name, self.starts_on, self.ends_on = name, starts_on, ends_on

    @transition(source=ANY, to=GONE, may=access.may_set_up)
    def remove(self, *, by):
        """We are open after all, or it was a slip."""


class HelpContactQuerySet(models.QuerySet):
    def unchecked(self, on=None):
        """Those that nobody has rung for a year, or ever."""
        return self.exclude(checked_on__gt=(on or localdate()) - YEARLY)

    def joined(self):
        """All of them, each with whom to ring when it is closed: one query, however many stand in for one another."""
        found = list(self.all())
        known = {contact.pk: contact for contact in found}
        for contact in found:
            contact.otherwise = known.get(contact.otherwise_id)
        return found


class HelpContact(Identified):
    """Somebody outside to ring, when they are open, and whom to ring when they are not (S31)."""

    code = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=100)
    says = models.CharField(_("what they are for"), max_length=200)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    web = models.URLField(_("web address"), blank=True)
    hours = HoursField(_("opening hours"))
    otherwise = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("when closed, ring")
    )
    position = models.PositiveSmallIntegerField(default=50)
    checked_on = models.DateField(_("last checked"), null=True, blank=True)

    objects = HelpContactQuerySet.as_manager()
    in_clear = dict.fromkeys(("name", "says", "phone", "web", "hours"), "a public help line")

    class Meta:
        ordering = ["position", "name"]

    def __str__(self):
        return self.name

    def is_checked(self, on=None):
        """Whether somebody has tried it within the last year."""
        return bool(self.checked_on and self.checked_on > (on or localdate()) - YEARLY)

    def open_at(self, at=None):
        return open_at(self.hours, at or now())

    def now_or_otherwise(self, at=None):
        """This contact, or the first alternative that is open; itself when none is (it says its hours)."""
        tried, contact = set(), self
        while contact and contact.pk not in tried:
            if contact.open_at(at):
                return contact
            tried.add(contact.pk)
            contact = contact.otherwise
        return self

    @transition(source=NEW, to=None, may=access.may_set_up)
    def add(self, name, says, phone, web, hours, otherwise, code="", position=None, *, by):
        self._take(name, says, phone, web, hours, otherwise)
        self.code = code or self.code
        self.position = position or self.position

    @transition(source=ANY, to=None, may=access.may_set_up)
    def change(self, name, says, phone, web, hours, otherwise, *, by):
        """A new number is one that nobody has rung: it is not checked any more."""
        before = (self.phone, self.web)
        self._take(name, says, phone, web, hours, otherwise)
        if (self.phone, self.web) != before:
            self.checked_on = None

    @transition(source=ANY, to=None, may=access.may_set_up)
    def confirm(self, *, by, at):
        """Somebody rang the number, or opened the page, and it was right."""
        self.checked_on = localdate(at)

    def _take(self, name, says, phone, web, hours, otherwise):
        self.name, self.says, self.phone, self.web = name, says, phone, web
        self.hours, self.otherwise = hours, otherwise


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
