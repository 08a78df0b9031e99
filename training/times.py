"""By when each has supervision again: so many days after the last time, or after they began. Worked out, never kept."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Max

from .facts import told
from .models import Rhythm, Supervision
from .needs import Coverage


class Standing(NamedTuple):
    user: object
    last: date | None
    due_on: date


def standing(on):
    """Of everybody who has it on this day. Whoever has several rhythms keeps the closest."""
    coverage = Coverage(told().facts, on)
    last = dict(
        Supervision.objects.filter(held_on__lte=on).order_by().values_list("user").annotate(last=Max("held_on"))
    )
    rhythms = list(Rhythm.objects.standing(on))
    found = []
    for user in coverage.people:
        due = [
            max(begun, rhythm.starts_on, last.get(user, begun)) + timedelta(days=rhythm.every_days)
            for rhythm in rhythms
            if (begun := coverage.since(user, rhythm.whom, rhythm.post)) is not None
        ]
        if due:
            found.append(Standing(user, last.get(user), min(due)))
    return found
