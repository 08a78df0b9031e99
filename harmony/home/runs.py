"""How each sweep ran: when it was last done, and whether it should have been done since.

The clock (harmony/celery.py) says which there are and how often; the rows say how their last runs ended.
"""

from dataclasses import dataclass
from datetime import timedelta

from celery import current_app
from django.utils.translation import gettext as _

from harmony.look.words import clock_time

from .models import Run

LIFE = "harmony.home.tasks.live"
MISSED = 3  # turns in a row
AT_LEAST = timedelta(minutes=3)  # one turn of a sweep that comes every few seconds may take as long
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Sweep:
    name: str  # of its task
    label: str
    every: timedelta
    run: Run

    def is_well(self, at):
        """Done well within three of its turns; or new here, and so long not waited for."""
        last = self.run.good_at or self.run.since
        return at - last <= max(MISSED * self.every, AT_LEAST)

    def says(self):
        if self.is_failing:
            words = _("Failed on %(when)s (%(kind)s). Last done: %(last)s.")
            return words % {"when": clock_time(self.run.failed_at), "kind": self.run.failure, "last": self._last()}
        return _("Last done: %(last)s.") % {"last": self._last()}

    @property
    def is_failing(self):
        """Its last run that ended, ended badly."""
        return bool(self.run.failed_at) and self.run.failed_at > (self.run.good_at or self.run.since)

    def _last(self):
        return clock_time(self.run.good_at) if self.run.good_at else _("not yet")


def sweeps():
    """All that the clock starts, as far as they are known here, in its order. One query."""
    runs = Run.objects.in_bulk()
    for label, entry in scheduled():
        if run := runs.get(entry["task"]):
            yield Sweep(entry["task"], _(label), _every(entry["schedule"]), run)


def scheduled():
    return current_app.conf.beat_schedule.items()


def _every(schedule):
    """So many seconds, or once a day."""
    return timedelta(seconds=schedule) if isinstance(schedule, int) else A_DAY


def last_seen():
    """When the worker last ran the sign of life; None before the first."""
    return Run.objects.filter(name=LIFE).values_list("good_at", flat=True).first()
