"""The register of law and guidance that our rules and policies rest on: which edition, who looked it up and when again (S3, S6).

Whoever cites a source says so elsewhere: rules in code by its `code` (`between.rules`), policies by its web address
(`between.citations`). What stood here before an edition was replaced stays as an `Edition`.
"""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Identified
from harmony.audit.transitions import ANY, NEW, Refused, transition

from . import access

A_YEAR = timedelta(days=365)  # after which a source is looked up again, unless whoever looked says sooner
PAGE = "page "  # what the link checker found begins so where it read a page; its digest follows


class GuidanceQuerySet(models.QuerySet):
    def unchecked(self, on=None):
        """Those that nobody has looked up in time, or ever."""
        return self.exclude(next_check_on__gt=on or localdate())

    def moved(self):
        """Those whose page cannot be reached, or is not what it was when somebody last looked."""
        return self.exclude(found="").exclude(found=F("known"))

    def lapsed(self, on=None):
        """Those that somebody looked up once, and not again in time; and those whose page has moved."""
        return self.filter(next_check_on__lte=on or localdate()) | self.moved()


class GuidanceSource(Identified):
    """A law, a piece of guidance or a page of advice, in the edition that we follow."""

    code = models.SlugField(max_length=40, blank=True, default="", editable=False)  # by which rules in code cite it
    name = models.CharField(_("title"), max_length=200)
    publisher = models.CharField(_("publisher"), max_length=100, blank=True, default="")
    edition = models.CharField(_("edition"), max_length=60, blank=True)
    in_force_on = models.DateField(_("in force since"), null=True, blank=True)
    url = models.URLField(_("web address"), blank=True)

    # looked up by a person: the key of a user, without a foreign key, for people lie above
    checked_on = models.DateField(_("last checked"), null=True, blank=True)
    checked_by = models.UUIDField(null=True, blank=True, editable=False)
    next_check_on = models.DateField(_("to be checked again"), null=True, blank=True)

    # looked up by the machine (looking_up.py): what it found last, and what that was when somebody said it was right
    found = models.CharField(max_length=80, blank=True, default="", editable=False)
    known = models.CharField(max_length=80, blank=True, default="", editable=False)
    looked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = GuidanceQuerySet.as_manager()
    in_clear = dict.fromkeys(("name", "publisher", "url", "edition", "found", "known"), "published guidance")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="one_source_a_code"),
            models.CheckConstraint(
                name="a_checked_source_is_checked_again",
                condition=Q(checked_on=None, next_check_on=None)
                | Q(checked_on__isnull=False, next_check_on__gt=F("checked_on")),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def trouble(self):
        """What the link checker says of its page, in a sentence; nothing where all is well or nobody has looked."""
        if not self.found or self.found == self.known:
            return ""
        if self.found.startswith(PAGE):
            return _now("Its page has changed.")
        return _now("Its page cannot be reached.")

    def is_due(self, on=None):
        return not self.next_check_on or self.next_check_on <= (on or localdate())

    @transition(source=NEW, to=None, may=access.may_set_up)
    def add(self, name, publisher, edition, in_force_on, url, *, by):
        self._take(name, publisher, edition, in_force_on, url)

    @transition(source=ANY, to=None, may=access.may_set_up)
    def change(self, name, publisher, edition, in_force_on, url, *, by):
        """Put something right. Another address is one that nobody has looked at."""
        self._take(name, publisher, edition, in_force_on, url)

    @transition(source=ANY, to=None, may=access.may_set_up)
    def confirm(self, next_check_on=None, *, by, at):
        """Somebody read it and says this is the edition in force, and that its page is as it should be."""
        self.checked_on, self.checked_by = localdate(at), getattr(by, "pk", None)
        self.next_check_on = next_check_on or self.checked_on + A_YEAR
        if self.next_check_on <= self.checked_on:
            raise Refused(_now("This day has gone by. Give one that is still to come."))
        self.known = self.found

    @transition(source=ANY, to=None, may=access.may_set_up, reason=True, done=_("replaced this edition"))
    def replace(self, edition, in_force_on, url, *, by, at, why):
        """There is a new edition; `why` says what is new in it. The one before stays written down, and is cited until looked at."""
        if (edition, in_force_on) == (self.edition, self.in_force_on):
            raise Refused(_now("This is the edition that stands here already."))
        Edition.objects.create(
            source=self,
            edition=self.edition,
            in_force_on=self.in_force_on,
            url=self.url,
            replaced_at=at,
            what_is_new=why,
        )
        self._take(self.name, self.publisher, edition, in_force_on, url)
        self.checked_on, self.checked_by = localdate(at), getattr(by, "pk", None)
        self.next_check_on = self.checked_on + A_YEAR
        self.found = self.known = ""

    @transition(source=ANY, to=None, may=access.may_look_up, done=_("looked at its page"))
    def look(self, url, found, *, by, at):
        """What the link checker found there. The first page it reads is what later ones are held against."""
        if url != self.url:
            return  # somebody wrote another address meanwhile
        self.found, self.looked_at = found, at
        if not self.known and found.startswith(PAGE):
            self.known = found

    def _take(self, name, publisher, edition, in_force_on, url):
        if url != self.url:
            self.found = self.known = ""
            self.looked_at = None
        self.name, self.publisher, self.edition = name, publisher, edition
        self.in_force_on, self.url = in_force_on, url


class EditionQuerySet(models.QuerySet):
    def replaced_within(self, since, until):
        return self.filter(replaced_at__date__range=(since, until))


class Edition(Identified):
    """An edition that was followed here until another took its place."""

    source = models.ForeignKey(GuidanceSource, models.PROTECT, related_name="editions")
    edition = models.CharField(max_length=60, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    url = models.URLField(blank=True)
    replaced_at = models.DateTimeField()
    what_is_new = models.TextField()  # in the one that took its place, as whoever read both says

    objects = EditionQuerySet.as_manager()
    in_clear = dict.fromkeys(("edition", "url", "what_is_new"), "published guidance")
    guards = [
        Guard(
            on=("UPDATE", "DELETE"),
            refuse_when="1 = 1",
            say=gettext_noop("Which edition was followed until when stays written down."),
        )
    ]

    class Meta:
        ordering = ["-replaced_at"]

    def __str__(self):
        return f"{self.source}, {self.edition}"
