"""May I use this photo? What somebody asked, and the answer they were given: kept as proof (N11)."""

import json

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from harmony.audit.events import event
from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.people.models import User

from .consents import Consent
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
