"""The organisation's own numbers: how long each thing may take, where that is other than what we start from.

    numbers = current()                       # levels.Numbers, in one query
    set_numbers("high", {"tell": "2 wd"}, by=amara, why="Our DSO works two days a week")

They count for what is worked out from now on: a time that was promised stays as it was.
"""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.audit.events import event
from harmony.audit.models import Identified
from harmony.audit.transitions import ReasonOwed
from harmony.organisation.models import Organisation

from .. import access
from ..kinds import Severity
from ..levels import CLOCKS, MOST_OF_THE_WHOLE, OF_THE_WHOLE, TABLE, Length, Numbers, lengths, most


def _within():
    """The bounds of levels.py, once more for the database."""
    found = Q(pk__in=())
    for level in TABLE:
        for clock in CLOCKS:
            for unit, count in most(level, clock).items():
                found |= Q(level=level, clock=clock, unit=unit, count__gte=1, count__lte=count)
    for clock, (unit, least, count) in MOST_OF_THE_WHOLE.items():
        found |= Q(level="", clock=clock, unit=unit, count__gte=least, count__lte=count, position=0)
    return found


class OwnNumber(Identified):
    """One length that differs from ours. Reviews are several, in order."""

    level = models.CharField(max_length=8, choices=Severity, blank=True)  # none: a number for the whole
    clock = models.CharField(max_length=12, choices=[(name, name) for name in (*CLOCKS, *OF_THE_WHOLE)])
    position = models.PositiveSmallIntegerField(default=0)
    count = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=16)

    in_clear = {"unit": "minutes, hours or days"}

    class Meta:
        ordering = ["level", "clock", "position"]
        constraints = [
            models.UniqueConstraint(fields=["level", "clock", "position"], name="one_number_each"),
            models.CheckConstraint(name="numbers_within_bounds", condition=_within()),
        ]

    def __str__(self):
        return f"{self.level} {self.clock}: {self.length}"

    @property
    def length(self):
        return Length(self.count, self.unit)


def own():
    """{(level, clock): text} of what differs."""
    found = {}
    for number in OwnNumber.objects.all():
        found.setdefault((number.level, number.clock), []).append(str(number.length))
    return {key: ", ".join(texts) for key, texts in found.items()}


def current():
    return Numbers.of(own())


def set_numbers(level, texts, *, by, why, at=None):
    """{clock: text} of a level, or of the whole (""). What is as we start from is not kept: it follows us."""
    if not access.may_set_times(by):
        raise PermissionDenied(_now("You can see this, but this step is not yours to take."))
    if not why.strip():
        raise ReasonOwed(_("Say why, before you take this step."))
    start = TABLE[level] if level else OF_THE_WHOLE
    with event("set times", by=by, why=why, about=Organisation.current(), at=at):
        before = own()
        for clock, text in texts.items():
            if lengths(text) == lengths(before.get((level, clock), start[clock])):
                continue
            OwnNumber.objects.filter(level=level, clock=clock).delete()
            if lengths(text) != lengths(start[clock]):
                numbered = enumerate(lengths(text))
                OwnNumber.objects.bulk_create(
                    OwnNumber(level=level, clock=clock, position=place, count=one.count, unit=one.unit)
                    for place, one in numbered
                )
