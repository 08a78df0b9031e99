"""May I use this photo? What somebody asked, and the answer they were given: kept as proof (N11)."""

import json
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models.functions import Cast
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from harmony.audit.events import event
from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.encryption.fields import EncryptedTextField, RootField, load_keys
from harmony.people.models import User

from .consents import A_DAY, Consent, Permission
from .purposes import Use


class Check(Recorded):
    """One question. Who was in the picture and what the answer was lie sealed, under the key of whoever asked."""

    user = models.ForeignKey(User, models.PROTECT, related_name="checks")
    root = RootField("user")
    asked_at = models.DateTimeField()
    asked = EncryptedTextField()  # {"people": [keys], "uses": {key: "yes" or "no"}}

    guards = [
        Guard(
            on=("UPDATE", "DELETE"), refuse_when="1 = 1", say=gettext_noop("What was asked stays as it was answered.")
        )
    ]

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self):
        return f"Check {str(self.pk)[:8]}"

    @classmethod
    def ask(cls, people, *, by, at):
        """{use: whether everybody in the picture agreed to it}, of every open use. Three queries, however many are asked."""
        found = answers(people, localdate(at))
        said = {"people": sorted(one.pk.hex for one in people)}
        said["uses"] = {use.pk.hex: "yes" if may else "no" for use, may in found.items()}
        with event("check", by=by, about=by, at=at):
            cls.objects.create(user=by, asked_at=at, asked=json.dumps(said))
        return found


def answers(people, on):
    """For each open use, whether it is covered for every one of these people on this day. Of nobody, nothing is."""
    keys = {one.pk for one in people}
    covering = Consent.objects.covering(on).filter(young_person__in=keys).order_by()
    yes = dict(covering.values_list("use").annotate(models.Count("pk")))  # one of each person at most
    uses = Use.objects.open(on).select_related("purpose", "channel")
    return {use: bool(keys) and yes.get(use.pk) == len(keys) for use in uses}


@dataclass(frozen=True)
class Terms:
    """How a picture may be used where all agreed."""

    until: date  # the last day
    first_names: bool  # all of them let their first name be shown
    conditions: tuple


def terms(people, uses):
    """{key of a use: Terms}, of uses that all of these agreed to. A few queries, however many there are; rows are read
    as plain values, for of sixty people and twelve uses there are more than a thousand, and few have conditions.
    """
    given = Consent.objects.filter(young_person__in=people, use__in=uses)
    ends = dict(given.order_by().values_list("use").annotate(models.Min("covers_until")))
    last = {}
    said = Permission.objects.filter(consent__in=given).order_by("said_at")
    rows = said.annotate(sealed=Cast("conditions", models.TextField())).values_list(
        "consent", "side", "consent__use", "pk", "name_shown", "sealed"
    )
    for consent, side, *told in rows:
        last[consent, side] = told
    conditions = _conditions([key for _use, key, _shown, sealed in last.values() if sealed])
    found = {use: (set(), set()) for use in ends}
    for use, key, shown, _sealed in last.values():
        names, kept_to = found[use]
        names.add(shown)
        kept_to |= conditions.get(key, set())
    return {
        use: Terms(ends[use] - A_DAY, names == {Permission.NameShown.FIRST}, tuple(sorted(kept_to)))
        for use, (names, kept_to) in found.items()
    }


def _conditions(keys):
    said = list(Permission.objects.filter(pk__in=keys))
    load_keys(said)
    return {one.pk: {one.conditions} for one in said}
