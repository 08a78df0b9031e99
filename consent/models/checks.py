"""May I use this photo? What somebody asked, and the answer they were given: kept as proof (N11)."""

import json
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from harmony.audit.events import event
from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.encryption.fields import EncryptedTextField, RootField, load_keys
from harmony.people.models import User

from .consents import Consent, Permission
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
    yes = {}
    for use, one in Consent.objects.covering(on).filter(young_person__in=keys).values_list("use", "young_person"):
        yes.setdefault(use, set()).add(one)
    uses = Use.objects.open(on).select_related("purpose", "channel")
    return {use: bool(keys) and yes.get(use.pk, set()) == keys for use in uses}


@dataclass(frozen=True)
class Terms:
    """How a picture may be used where all agreed."""

    until: date  # the last day
    first_names: bool  # all of them let their first name be shown
    conditions: tuple


def terms(people, uses):
    """{key of a use: Terms}, of uses that all of these agreed to. Three queries, however many there are."""
    given = Consent.objects.filter(young_person__in=people, use__in=uses).prefetch_related("permissions")
    by_use, last = {}, {}
    for consent in given:
        said = {one.side: one for one in consent.permissions.all()}
        last[consent.pk] = list(said.values())
        by_use.setdefault(consent.use_id, []).append(consent)
    load_keys([one for said in last.values() for one in said])
    return {
        use: _terms(consents, [one for consent in consents for one in last[consent.pk]])
        for use, consents in by_use.items()
    }


def _terms(consents, said):
    conditions = sorted({one.conditions for one in said if one.conditions})
    first_names = all(one.name_shown == Permission.NameShown.FIRST for one in said)
    return Terms(min(consent.last_day for consent in consents), first_names, tuple(conditions))
