"""The organisation's one row, its closures, whom to ring outside, its channels (guidance.py: the guidance it follows)."""

from datetime import timedelta

from django.db import models
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from harmony.audit.models import Identified
from harmony.audit.transitions import ANY, GONE, NEW, transition
from harmony.encryption.keys import ORGANISATION

from . import access
from .channels import Channel  # noqa: F401 (a model of this app)
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
