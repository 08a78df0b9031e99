"""The contact book: other councils around us, each with its front doors, its emergency duty team and its LADO (R7, R11).

Where a child lives and where an adult works decides which council is rung, and that is often not our own. Ours stands among the
help contacts, on every page; these are for whoever makes a referral (contact_book.py lays both side by side).
"""

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.audit.models import Identified
from harmony.audit.transitions import ANY, NEW, transition

from . import access
from .hours import HoursField

LINES = ("children", "adults", "lado", "edt")  # what each council has: a phone number, and when somebody answers it


class Council(Identified):
    """Another council than ours."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    children_phone = models.CharField(_("children’s services, front door"), max_length=30)
    children_hours = HoursField(_("when they answer"))
    edt_phone = models.CharField(_("emergency duty team"), max_length=30)
    edt_hours = HoursField(_("when they answer"))
    lado_phone = models.CharField(_("designated officer (LADO)"), max_length=30, blank=True)
    lado_hours = HoursField(_("when they answer"))
    adults_phone = models.CharField(_("adult social care, front door"), max_length=30, blank=True)
    adults_hours = HoursField(_("when they answer"))
    web = models.URLField(_("page with its referral form"), blank=True)
    escalation = models.URLField(_("page on what to do when you disagree"), blank=True)
    checked_on = models.DateField(_("last checked"), null=True, blank=True)

    in_clear = dict.fromkeys(
        ("name", "web", "escalation", *(f"{line}_{part}" for line in LINES for part in ("phone", "hours"))),
        "a public office",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def numbers(self):
        """{field: what stands there}, for its form."""
        return {field.name: getattr(self, field.name) for field in self._meta.fields if field.name in self.in_clear}

    @transition(source=NEW, to=None, may=access.may_set_up)
    def add(self, *, by, **numbers):
        self._take(numbers)

    @transition(source=ANY, to=None, may=access.may_set_up)
    def change(self, *, by, **numbers):
        """Numbers that nobody has rung are not checked any more."""
        if self.numbers != numbers:
            self.checked_on = None
        self._take(numbers)

    @transition(source=ANY, to=None, may=access.may_set_up)
    def confirm(self, *, by, at):
        """Somebody tried the numbers, and they were right."""
        self.checked_on = localdate(at)

    def _take(self, numbers):
        for name, value in numbers.items():
            setattr(self, name, value)
