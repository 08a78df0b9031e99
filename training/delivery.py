"""Which group heard about what online in the year that ends with a day, gaps first: now, or as it was known then (S16).

    year = Year(told(), on)
    year.rows(Audience.YOUNG)   # [(group's key, its name, {topic: Heard(times=2, last=1 March)})]

Worked out from the log alone and never kept, so that a paper printed on a day can be made again to the letter (decision 0404).
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple

from harmony.audit.past import Past
from harmony.people.models import Group

from .models import Audience, Online, Talk

A_YEAR = timedelta(days=365)


class Heard(NamedTuple):
    """How often a group heard about a topic within the year, and when last."""

    times: int = 0
    last: date | None = None

    @property
    def gap(self):
        return not self.times


NEVER = Heard()


class Told(NamedTuple):
    groups: list  # (key, name, the last day or None)
    talks: list  # (group's key or None, audience, topics, day)


def told(known_at=None):
    """Of the tables; or out of the book, as it was known at a moment. Two queries, or one."""
    rows = Past(known_at, (Group, Talk)).rows if known_at else _rows
    talks = rows(Talk, "group_id", "audience", "topics", "held_on", "status")
    return Told(
        [(key, name, ended) for key, name, ended in rows(Group, "id", "name", "ended_on")],
        [(group, who, topics.split(), on) for group, who, topics, on, status in talks if status == Talk.Status.HELD],
    )


def _rows(model, *names):
    return model._base_manager.order_by().values_list(*names)


class Year:
    """The 365 days that end with `on`."""

    def __init__(self, known, on):
        self.on = on
        self._groups = [(key, name) for key, name, ended in known.groups if ended is None or ended >= on]
        self._heard = defaultdict(Heard)
        for group, audience, topics, day in known.talks:
            if on - A_YEAR < day <= on:
                for topic in topics:
                    times, last = self._heard[group, audience, topic]
                    self._heard[group, audience, topic] = Heard(times + 1, max(last or day, day))

    def heard(self, group, audience, topic):
        """What was told to the parents of all groups was told to these too."""
        found = [self._heard.get((one, audience, topic), NEVER) for one in {group, None}]
        last = max((one.last for one in found if one.last), default=None)
        return Heard(sum(one.times for one in found), last)

    def rows(self, audience):
        """Of each group that runs on that day; those with most gaps first."""
        found = [
            (key, name, {topic: self.heard(key, audience, topic) for topic in Online}) for key, name in self._groups
        ]
        return sorted(found, key=lambda row: (-gaps(row[2]), row[1].casefold(), str(row[0])))


def gaps(cells):
    return sum(cell.gap for cell in cells.values())


def worst_first(rows):
    """The topics, those that most groups lack first: on a phone the first is what one sees."""
    lack = {topic: sum(cells[topic].gap for _key, _name, cells in rows) for topic in Online}
    return sorted(Online, key=lambda topic: -lack[topic])


def figures(year):
    """{audience: (how many of these groups and topics had their turn, how many there are)}"""
    found = {}
    for audience in Audience:
        cells = [cell for _key, _name, cells in year.rows(audience) for cell in cells.values()]
        found[audience] = (sum(not cell.gap for cell in cells), len(cells))
    return found
