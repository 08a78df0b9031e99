"""What a sweep needs: its rows in pieces, who is there at its moment, and an end that says what failed.

    with Sweep("climb") as sweep:
        for cases in pieces(Case.objects.waiting(at), "since"):
            for case in cases:
                with sweep.one(case.pk):
                    …

One bad record stops nobody else's: it is logged by its id, the rest goes on, and at the end the sweep fails aloud.
"""

import logging
from contextlib import contextmanager
from functools import cached_property

from django.db.models import Q
from django.utils.timezone import localdate

from harmony.people import rota
from harmony.people.models import Appointment, Away, User

log = logging.getLogger(__name__)
A_PIECE = 500  # rows held at once


class SweepFailed(Exception):
    """It went through to its end, and could not do what it should for so many records."""


class Sweep:
    def __init__(self, name):
        self.name, self.failed = name, 0

    @contextmanager
    def one(self, ref):
        """Whatever happens to this one is logged, counted, and stops no other."""
        try:
            yield
        except Exception:
            log.exception("A sweep could not do one", extra={"ref": ref})
            self.failed += 1

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if self.failed and not kind:
            log.error("A sweep failed for so many", extra={"task": self.name, "count": self.failed})
            raise SweepFailed(f"{self.name}: {self.failed}")


def pieces(rows, by, size=A_PIECE):
    """Lists of rows in the order of a column, each beginning after the last row of the one before: memory stays flat.

    Not a cursor: what is told for one row may change whether the next is asked for, and may be taken back. A piece is
    let go when the next is asked for.
    """
    rows, last = rows.order_by(by, "pk"), None
    while True:
        ahead = Q(**{f"{by}__gt": last[0]}) | Q(**{by: last[0], "pk__gt": last[1]}) if last else Q()
        piece = list(rows.filter(ahead)[:size])
        if piece:
            yield piece
        ends = len(piece) < size
        last = None if ends else (getattr(piece[-1], by), piece[-1].pk)
        _let_go(piece)
        if ends:
            return


def _let_go(records):
    """A row and what was prefetched for it hold one another: untied, their memory is free at once."""
    for record in records:
        related = list(filter(None, record._state.fields_cache.values()))
        record._state.fields_cache.clear()
        getattr(record, "_prefetched_objects_cache", {}).clear()
        _let_go(related)


class Here:
    """Who holds which post, who is away and who is on call at one moment: each read once, for every record of a sweep."""

    def __init__(self, at):
        self.at = at

    def holding(self, *posts):
        """Active people who hold one of these posts, by name."""
        return list({user.pk: user for post, user in self._holders if post in posts}.values())

    def present(self, people):
        return [user for user in people if user.pk not in self.away]

    @cached_property
    def away(self):
        return set(Away.objects.at(self.at).values_list("user", flat=True))

    @cached_property
    def on_call(self):
        return {reach.user.pk for reach in rota.on_call(self.at)}

    @cached_property
    def _holders(self):
        held = Appointment.objects.standing(localdate(self.at)).filter(user__status=User.Status.ACTIVE)
        return [(one.post, one.user) for one in held.select_related("user").order_by("user__name")]
