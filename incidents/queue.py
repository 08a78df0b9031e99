"""The figures above the list of cases, each from one question to the database.

    standing = Standing.of(seen, at)     # the tiles, who leads what, and what is due next, over open cases
    trend = Trend.of(seen, at)           # reports a week

`seen` is what one person may see (`Case.objects.visible_to`): nothing here counts anything else.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, F, Min, Q
from django.db.models.functions import TruncDate
from django.utils.dates import MONTHS
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from harmony.look.charts import bars

from .kinds import Track
from .models import Action, Case
from .models.timing import NAMES, UNMET, grown_quiet, late, needs_somebody

OPEN = ~Q(status=Case.Status.CLOSED)
WEEKS = 12
A_WEEK = timedelta(days=7)
# each tile: its name in the address, its words, its colour
TILES = (
    ("late", gettext_lazy("Late"), "red"),
    ("today", gettext_lazy("Due today"), "amber"),
    ("new", gettext_lazy("Not read yet"), "amber"),
    ("reviews", gettext_lazy("Reviews this week"), ""),
    ("quiet", gettext_lazy("Gone quiet"), "amber"),
    ("one-of-us", gettext_lazy("About one of us"), "plum"),
    ("open", gettext_lazy("All open"), ""),
)
# what the list shows by address: the tiles, and what the weekly summary leads to
SHOWN = {name: label for name, label, _tone in TILES} | {
    "passed-on": gettext_lazy("Passed on, for a second look"),
    "actions": gettext_lazy("With a late action"),
}


def tile(name, at):
    """Which open cases a tile, or the summary, counts and shows. Any other name shows them all."""
    return {
        "late": late(at),
        "today": due_between(at, end_of_day(at)),
        "new": Q(status=Case.Status.SUBMITTED) | Q(added_at__isnull=False),
        "reviews": UNMET["review"]
        & Q(review_due__lte=end_of_day(at, sunday=True)),  # late ones too: they are still to do
        "quiet": grown_quiet(at),
        "passed-on": Q(status=Case.Status.REDIRECTED),
        "one-of-us": Q(track=Track.WORKER),
        "actions": Q(pk__in=Action.objects.late(at).values("case")),
    }.get(name, Q())


def due_between(since, until):
    """With a step due in this time, both ends counted."""
    found = Q(pk__in=())
    for name, unmet in UNMET.items():
        found |= unmet & Q(**{f"{name}_due__range": (since, until)})
    return found


def end_of_day(at, *, sunday=False):
    """The midnight that ends this day, or this week."""
    day = localdate(at) + timedelta(days=7 - localdate(at).weekday() if sunday else 1)
    return datetime.combine(day, time.min, get_current_timezone())


@dataclass(frozen=True)
class Standing:
    needing: int  # somebody, now
    tiles: dict  # {name: how many}
    owners: list  # (id, name) of who leads an open case
    following: tuple | None  # (when, which clock) is due next of all

    @classmethod
    def of(cls, seen, at):
        """A row for each lead, added up here: one question for all of it."""
        counts = {f"of_{name.replace('-', '_')}": Count("pk", filter=tile(name, at)) for name, *_more in TILES}
        soonest = {f"next_{name}": Min(f"{name}_due", filter=unmet) for name, unmet in UNMET.items()}
        leads = seen.filter(OPEN).order_by().values("owner", "owner__name")
        rows = list(leads.annotate(needing=Count("pk", filter=needs_somebody(at)), **counts, **soonest))
        due = [(row[f"next_{name}"], name) for row in rows for name in NAMES if row[f"next_{name}"]]
        named = sorted((row["owner__name"], str(row["owner"])) for row in rows if row["owner"])
        return cls(
            needing=sum(row["needing"] for row in rows),
            tiles={name: sum(row[f"of_{name.replace('-', '_')}"] for row in rows) for name, *_more in TILES},
            owners=[(pk, name) for name, pk in named],
            following=min(due, default=None, key=lambda one: one[0]),
        )


@dataclass(frozen=True)
class Trend:
    """Reports of the last twelve weeks, the one that still runs included, beside the twelve before."""

    weeks: tuple  # (its Monday, how many were filed), oldest first
    before: int
    promised: int  # of these weeks: with a time to be read by that is over, or was met
    kept: int

    @classmethod
    def of(cls, seen, at):
        this_week = localdate(at) - timedelta(days=localdate(at).weekday())
        mondays = [this_week - A_WEEK * number for number in reversed(range(2 * WEEKS))]
        since = datetime.combine(mondays[0], time.min, get_current_timezone())
        days = seen.filter(filed_at__gte=since).order_by().annotate(day=TruncDate("filed_at")).values("day")
        over = Q(acknowledged_at__isnull=False) | Q(acknowledge_due__lt=at)
        promised = Count("acknowledge_due", filter=over)
        in_time = Q(acknowledged_at__lte=F("acknowledge_due"))
        rows = days.annotate(filed=Count("pk"), promised=promised, kept=Count("pk", filter=in_time))
        filed, promised, kept = dict.fromkeys(mondays, 0), 0, 0
        for row in rows:
            monday = row["day"] - timedelta(days=row["day"].weekday())
            if monday in filed:
                filed[monday] += row["filed"]
            if monday >= mondays[WEEKS]:
                promised, kept = promised + row["promised"], kept + row["kept"]
        weeks = tuple(filed.items())
        return cls(weeks[WEEKS:], sum(count for _monday, count in weeks[:WEEKS]), promised, kept)

    @property
    def filed(self):
        return sum(count for _monday, count in self.weeks)

    @property
    def in_words(self):
        """ "31 reports, 6 more than in the 12 weeks before." """
        said = ngettext("%(count)d report", "%(count)d reports", self.filed) % {"count": self.filed}
        if self.filed == self.before:
            return _("%(said)s, as many as in the 12 weeks before.") % {"said": said}
        more = _("%(said)s, %(count)d more than in the 12 weeks before.")
        fewer = _("%(said)s, %(count)d fewer than in the 12 weeks before.")
        return (more if self.filed > self.before else fewer) % {"said": said, "count": abs(self.filed - self.before)}

    @property
    def read_in_time(self):
        if not self.promised:
            return ""
        return _("Read in time: %(kept)d of %(promised)d.") % {"kept": self.kept, "promised": self.promised}

    @property
    def chart(self):
        pairs = [(f"{monday.day} {MONTHS[monday.month]}", count) for monday, count in self.weeks]
        heading = _("Reports a week")
        return bars(heading, pairs, label_heading=_("Week from"), value_heading=_("Reports"))
