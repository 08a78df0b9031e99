"""Who can be reached now: on call first, then the posts of the DSO line, never anyone who is away.

Cover is the rota and nothing else; the posts are whom to ring when the rota is empty. Somebody away is
skipped at once: whoever they named answers instead, and where they named nobody, the senior lead (S14).
"""

from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

from django.db.models import Q
from django.utils.timezone import get_current_timezone, localdate, now
from django.utils.translation import gettext as _

from harmony.organisation.hours import opened

from .models import Appointment, Away, OnCall, Post, User

LINE = (Post.DSO, Post.DEPUTY, Post.LEAD)  # in the order in which they are rung
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Reach:
    """A person to ring, what they are here, and until when they answer this number (None: not on the rota)."""

    user: User | None
    role: str
    phone: str
    until: datetime | None = None
    post: str = ""  # what strangers read instead of the name

    @property
    def name(self):
        return self.user.name if self.user else self.post

    def unnamed(self):
        """The same number for strangers: neither who answers it nor who is away (decision 0201)."""
        return replace(self, user=None, role="", until=None)


@dataclass(frozen=True)
class Gap:
    """A time in which nobody holds a slot, and whether we are open in it."""

    since: datetime
    until: datetime
    while_open: bool = False


def reachable(at=None, without=()):
    """Whom to ring now, best first, leaving out people a concern is about. Three queries."""
    at = at or now()
    return Rota(at, at + INSTANT).reachable(at, without)


def on_call(at=None):
    """Who answers for a slot of the rota at this moment: its holder, or whoever stands in."""
    at = at or now()
    return Rota(at, at + INSTANT).on_call(at)


def present(people, at=None):
    """Those of them who are not away at this moment, in their order. One query."""
    away = set(Away.objects.at(at).values_list("user", flat=True))
    return [user for user in people if user.pk not in away]


def gaps(since, until, hours=""):
    """The times between these moments in which nobody answers for a slot."""
    return Rota(since, until).gaps(since, until, hours)


class Rota:
    """What slots, posts and absences say between two moments, read once."""

    def __init__(self, since, until):
        active = Q(user__status=User.Status.ACTIVE)
        self.slots = list(OnCall.objects.between(since, until).filter(active).select_related("user"))
        self.absences = list(Away.objects.between(since, until).select_related("cover"))
        held = Appointment.objects.filter(active, post__in=LINE, starts_on__lte=localdate(until))
        held = held.filter(Q(ends_on=None) | Q(ends_on__gt=localdate(since))).select_related("user")
        self.held = sorted(held, key=lambda appointment: LINE.index(appointment.post))

    def reachable(self, at, without=()):
        unasked = {user.pk for user in without}
        found = [*self._answering(at, unasked), *self._standing_in_for_posts(at, unasked)]
        seen = set()
        return [reach for reach in found if reach.phone and not (reach.user.pk in seen or seen.add(reach.user.pk))]

    def absence_of(self, user, at):
        """The absence of this person that holds at this moment, or None."""
        return self._away(at).get(user.pk)

    def instead_of(self, user, at):
        """Who is rung first while this person is away, or would be if they went now and named nobody. None: nobody of us."""
        without_them = copy(self)
        if not self.absence_of(user, at):
            without_them.absences = [*self.absences, Away(user=user, starts_at=at, ends_at=at + INSTANT)]
        return next((reach for reach in without_them.reachable(at) if reach.user.pk != user.pk), None)

    def in_place_of(self, user, at):
        """The same in a sentence, for the person themselves."""
        if not (reach := self.instead_of(user, at)):
            return _("Nobody else of us can be rung. Pages show whom to ring outside.")
        first = {"name": reach.user.name, "role": reach.role, "phone": reach.phone}
        return _("%(name)s is rung first: %(role)s, %(phone)s.") % first

    def on_call(self, at):
        return [reach for reach in self._answering(at) if reach.phone]

    def gaps(self, since, until, hours=""):
        found = [Gap(begins, ends) for begins, ends in self._when(lambda on_call: not on_call, since, until)]
        return [replace(gap, while_open=bool(opened(hours, gap.since, gap.until - INSTANT))) for gap in found]

    def cover(self, since, until, of):
        """(since, until) in which one of these people answers for a slot, in UTC: what clocks of cover hours count."""
        wanted = {user.pk for user in of}
        since, until = since.astimezone(UTC), until.astimezone(UTC)
        return tuple(self._when(lambda on_call: any(reach.user.pk in wanted for reach in on_call), since, until))

    def _when(self, holds, since, until):
        """When something holds of who is on call, without overlap or touch.

        Nothing changes between two neighbouring edges, so it is enough to look at the first of them.
        """
        spans = [*self.slots, *self.absences]
        edges = {edge for span in spans for edge in (span.starts_at, span.ends_at) if since < edge < until}
        edges = sorted({since, until} | edges | _midnights(since, until))
        found = []
        for begins, ends in pairwise(edges):
            if not holds(self.on_call(begins)):
                continue
            if found and found[-1][1] == begins:
                found[-1] = (found[-1][0], ends)
            else:
                found.append((begins, ends))
        return found

    def _answering(self, at, unasked=frozenset()):
        held = [slot for slot in self.slots if slot.starts_at <= at < slot.ends_at]
        reaches = [
            Reach(slot.user, _("on call now"), slot.phone, slot.ends_at, _("Whoever is on call")) for slot in held
        ]
        return self._in_place_of(reaches, at, unasked)

    def _standing_in_for_posts(self, at, unasked):
        held = [appointment for appointment in self.held if appointment.stands(localdate(at))]
        posts = [(appointment.user, appointment.get_post_display()) for appointment in held]
        reaches = [Reach(user, post, user.phone, post=post) for user, post in posts]
        return self._in_place_of(reaches, at, unasked)

    def _in_place_of(self, reaches, at, unasked):
        """Whoever is away gives way to their cover. A person a concern is about is neither rung nor named."""
        asked = [reach for reach in reaches if reach.user.pk not in unasked]
        stood_in = [self._stand_in(reach, at, unasked) for reach in asked]
        return [reach for reach in stood_in if reach]

    def _stand_in(self, reach, at, unasked):
        away = self._away(at)
        if reach.user.pk not in away:
            return reach
        until = min(reach.until or away[reach.user.pk].ends_at, away[reach.user.pk].ends_at)
        role = _("standing in for %(name)s") % {"name": reach.user.name}
        for user in self._covers(reach.user, away, at):
            if user.pk not in away and user.pk not in unasked and user.status == User.Status.ACTIVE and user.phone:
                return Reach(user, role, user.phone, until, reach.post)
        return None

    def _covers(self, user, away, at):
        """Whom they named, whom those named who are away too, and last the senior lead."""
        tried = set()
        while user and user.pk in away and user.pk not in tried:
            tried.add(user.pk)
            user = away[user.pk].cover
            if user:
                yield user
        yield from (held.user for held in self.held if held.post == Post.LEAD and held.stands(localdate(at)))

    def _away(self, at):
        return {absence.user_id: absence for absence in self.absences if absence.starts_at <= at < absence.ends_at}


def _midnights(since, until):
    """Posts change hands at midnight, and with them whom an absence hands over to."""
    found, day = set(), localdate(since) + timedelta(days=1)
    while (midnight := datetime.combine(day, time.min, get_current_timezone())) < until:
        found.add(midnight.astimezone(UTC))
        day += timedelta(days=1)
    return found
