"""Accounts that nobody uses: warned by mail two weeks before, then suspended. Never the last who answers or appoints."""

from datetime import timedelta

from django.conf import settings
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from harmony.notifications.access import WORKER
from harmony.notifications.ladders import Reminder
from harmony.notifications.models import Notice
from harmony.notifications.sweeps import Sweep
from harmony.notifications.waits import Wait
from harmony.organisation.models import Organisation
from harmony.people.access import APPOINTERS
from harmony.people.models import Post, User

CLOCK, WARNED_BEFORE = "dormant", timedelta(days=14)
NEEDED = ((Post.DSO, Post.DEPUTY), APPOINTERS)  # of each, somebody stays


def unused(at, for_long):
    """Active people who did not sign in for so long. (A demo is looked at once in a while.)"""
    used = User.objects.active().annotate(used=Coalesce("last_login", "date_joined")).filter(used__lte=at - for_long)
    return used.none() if Organisation.current().is_demo else used


def _until():
    return timedelta(days=settings.DORMANT_AFTER)


class OnceAnAbsence(Reminder):
    """Once for each time that somebody stayed away: whoever signs in, and stays away again, is warned again."""

    def passed(self, user, at):
        return localdate(user.used).toordinal() if user.used + _until() - WARNED_BEFORE <= at else 0


WARNED = OnceAnAbsence("account", CLOCK, CLOCK, None, lambda user, here: [user])
WAITS = [Wait(WARNED, lambda at: unused(at, _until() - WARNED_BEFORE), "used")]


def suspend(at):
    """Those who were warned two weeks ago, and stayed away."""
    with Sweep("suspend dormant accounts") as sweep:
        for user in unused(at, _until()):
            with sweep.one(user.pk):
                warned = Notice.objects.of(user, CLOCK).filter(
                    rung=localdate(user.used).toordinal(), created_at__lte=at - WARNED_BEFORE
                )
                if warned.exists() and not _is_the_last(user, at):
                    user.fall_asleep(by=WORKER, at=at)


def _is_the_last(user, at):
    """Asked afresh for each: of two who both stayed away, one is kept."""
    return any(
        user.holds(*posts, on=localdate(at))
        and not User.objects.holding(*posts, on=localdate(at)).exclude(pk=user.pk).exists()
        for posts in NEEDED
    )
