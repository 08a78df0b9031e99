"""Induction in the demo: who is new, what they still need, and the DBS decisions of those who work here."""

from datetime import timedelta

from django.utils.timezone import localdate

from harmony.people.models import User
from training import ready
from training.models import DbsCheck, Induction, Reference

RENEW_IN = {"leah": 700, "jamie": 45, "priya": 400, "callum": 900, "ed": 20, "hana": 1000}  # days


def welcome(cast, begun, now):
    """Youth workers and volunteers were looked at when they came; Hana came last, and one who is invited has almost nothing yet."""
    maya, at = cast["maya"], begun + timedelta(days=1)
    for first, days in RENEW_IN.items():
        seen_on, renew_on = localdate(at), localdate(now) + timedelta(days=days)
        DbsCheck(user=cast[first]).decide("barred", "may", seen_on, renew_on, 0, by=maya, at=at)
    hana, starts_on = Induction(user=cast["hana"]), localdate(now) - timedelta(days=30)
    hana.begin(starts_on, by=maya, at=now - timedelta(days=60))
    _ask(cast["hana"], "Her tutor at Northbrook College", maya, now - timedelta(days=58), "vouch")
    _ask(cast["hana"], "Scout leader, 3rd Northbrook", maya, now - timedelta(days=57), "vouch")
    if not ready.missing(hana, now):
        ready.clear(hana, by=maya, at=now - timedelta(days=31))
    for user in User.objects.filter(status=User.Status.INVITED)[:1]:
        new = Induction(user=user)
        new.begin(localdate(now) + timedelta(days=6), by=maya, at=now - timedelta(days=9))
        _ask(user, "Their last employer, a swimming club", maya, now - timedelta(days=8), "vouch")
        _ask(user, "A teacher who knows them", maya, now - timedelta(days=8), None)
        seen_on, renew_on = localdate(now) - timedelta(days=3), localdate(now) + timedelta(days=1090)
        DbsCheck(user=user).decide("barred", "beside", seen_on, renew_on, 3, by=maya, at=now - timedelta(days=3))


def _ask(user, who, by, at, step):
    one = Reference(user=user)
    one.ask(who, localdate(at), by=by, at=at)
    if step:
        getattr(one, step)(by=by, at=at + timedelta(days=2))
