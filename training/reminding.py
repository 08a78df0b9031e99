"""The sweep that finds what falls due, and ends what does not any more: from coverage alone, so it may run at any time."""

from datetime import timedelta

from django.utils.timezone import localdate

from harmony.notifications.sweeps import Sweep

from .access import CLOCK
from .facts import told
from .ladders import BEFORE
from .models import Owed
from .needs import Coverage, Stand
from .times import standing

AHEAD, SUPERVISION_AHEAD = timedelta(days=max(BEFORE)), timedelta(days=7)


def settle(at):
    on = localdate(at)
    wanted = due_within(Coverage(told().facts, on), on + AHEAD)
    wanted |= {(one.user, None): (one.due_on, False) for one in standing(on) if one.due_on <= on + SUPERVISION_AHEAD}
    with Sweep("settle training") as sweep:
        for owed in Owed.objects.open().select_related("user"):
            with sweep.one(owed.pk):
                if wanted.get((owed.user_id, owed.course_id)) == (owed.due_on, owed.for_role):
                    del wanted[owed.user_id, owed.course_id]
                else:
                    owed.end(by=CLOCK, at=at)
        for (user, course), (due_on, for_role) in wanted.items():
            with sweep.one(user):
                Owed(user_id=user, course_id=course, due_on=due_on, for_role=for_role).fall_due(by=CLOCK, at=at)


def due_within(coverage, until):
    """{(person, course): (the day it is due, whether their post asks for it)}, of all due by then or before.

    What waits to be checked is nobody's to do again; only where a post asks for it does it stay due till then.
    """
    found = {}
    for user in coverage.people:
        for course, cell in coverage.row(user).items():
            for_role = cell.needed and coverage.is_for_role(user, course)
            if not cell.needed or (cell.stand == Stand.UNCHECKED and not for_role):
                continue
            due_on = coverage.due_on(user, course)
            if due_on and due_on <= until:
                found[user, course] = due_on, for_role
    return found
