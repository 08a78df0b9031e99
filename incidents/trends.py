"""What comes up more often than before: by kind, app, group and network, of the cases that the reader may open.

    found = Trends.of(amara, at)
    found.rises      # sentences
    found.parts      # tables of the last twelve weeks
    found.chart      # how many were reported, four weeks a bar

Whole weeks up to last Sunday, and no figure under five, nor one that gives it away (decision 0190): a page like this is shown to
others. What is kept apart from anybody who makes figures is in none of them (0133).
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _

from harmony.encryption.fields import load_keys
from harmony.look.charts import Chart, bars
from harmony.look.figures import blurred, pooled, shown
from harmony.look.words import day, short_day
from harmony.people.models import GroupMember

from .forms.details import PLATFORMS
from .kinds import FAMILY, Kind
from .models import Case, CasePerson, Report

WEEKS, A_BAR = 12, 4
A_WEEK = timedelta(weeks=1)
MOST_ROWS = 12
A_RISE, TIMES = 3, 2  # so many at least, and so many times as often, is worth a sentence
BETWEEN = re.compile(r"[,;/&+\n]|\band\b", re.IGNORECASE)  # "Snapchat and TikTok" are two


@dataclass(frozen=True)
class Part:
    title: str
    heading: str  # of the first column
    rows: list  # [what, figure], none under five
    rises: list


@dataclass(frozen=True)
class Trends:
    until: str  # the last day that counts
    chart: Chart
    parts: list

    @property
    def rises(self):
        return [says for part in self.parts for says in part.rises]

    @classmethod
    def of(cls, user, at):
        """Six queries, however many cases there are."""
        this_week = localdate(at) - timedelta(days=localdate(at).weekday())
        since, middle, until = (_midnight(this_week - A_WEEK * number) for number in (2 * WEEKS, WEEKS, 0))
        counted = Case.objects.visible_to(user).countable_by(user).filed_within(since, until).order_by()
        cases = list(counted.only("filed_at", "kind"))
        recent = {case.pk for case in cases if case.filed_at >= middle}
        reports = list(Report.objects.filter(case__in=counted).only("case", "root", "platform", "network"))
        load_keys(reports)
        return cls(
            until=day(this_week - timedelta(days=1)),
            chart=_chart(cases, this_week),
            parts=[
                _part(_("Kind of concern"), _("Kind"), _kinds(cases), recent, rows=_families),
                _part(_("App, game or site"), _("Where"), _platforms(reports), recent, rows=_apart),
                _part(_("Group"), _("Group"), _groups(cases, counted), recent, rows=_apart),
                _part(_("Wifi, device or account"), _("Whose"), _networks(reports), recent, rows=_together),
            ],
        )


def _midnight(on):
    return datetime.combine(on, time.min, get_current_timezone())


def _chart(cases, this_week):
    """A bar for each four weeks; a small one is drawn as four, whatever it is."""
    ends = [this_week - A_WEEK * A_BAR * number for number in range(2 * WEEKS // A_BAR)][::-1]
    pairs = [
        (
            short_day(end - timedelta(days=1)),
            blurred(sum(_midnight(end - A_WEEK * A_BAR) <= case.filed_at < _midnight(end) for case in cases)),
        )
        for end in ends
    ]
    headings = {"label_heading": _("Four weeks up to"), "value_heading": _("Concerns")}
    return bars(_("Concerns reported in each four weeks"), pairs, **headings, says=shown, grows=False)


# each is {case: labels}


def _kinds(cases):
    return {case.pk: {str(Kind(case.kind).label)} for case in cases if case.kind}


def _platforms(reports):
    """As they were typed, whatever capitals: one that we offer by its own name."""
    named = {name.casefold(): name for name in PLATFORMS}
    found = defaultdict(set)
    for report in reports:
        for typed in filter(None, (" ".join(part.split()) for part in BETWEEN.split(report.platform))):
            found[report.case_id].add(named.setdefault(typed.casefold(), typed))
    return found


def _groups(cases, counted):
    """Those in which a young person of the case was, on the day when it was reported."""
    filed = {case.pk: localdate(case.filed_at) for case in cases}
    people = CasePerson.objects.filter(case__in=counted).exclude(young_person=None)
    young = defaultdict(set)
    for case, one in people.values_list("case", "young_person"):
        young[one].add(case)
    found = defaultdict(set)
    for member in GroupMember.objects.filter(young_person__in=people.values("young_person")).select_related("group"):
        for case in young[member.young_person_id]:
            if member.stands(filed[case]):
                found[case].add(member.group.name)
    return found


def _networks(reports):
    found = defaultdict(set)
    for report in reports:
        if report.network:
            found[report.case_id].add(str(report.get_network_display()))
    return found


def _part(title, heading, labels, recent, *, rows):
    now, before = Counter(), Counter()
    for case, found in labels.items():
        (now if case in recent else before).update(found)
    rises = [says for what, count in now.most_common() if (says := _rise(what, count, before[what]))]
    return Part(title, heading, rows(now), rises)


def _apart(counts):
    """Each by itself: a case may have none of them, or several, so no sum gives a small one away."""
    ranked = sorted(counts.items(), key=lambda one: (-blurred(one[1]), one[0].casefold()))
    return [[what, shown(count)] for what, count in ranked[:MOST_ROWS]]


def _families(kinds):
    """Kinds that belong together: there are many, and each alone would be too few."""
    titles = {str(kind.label): str(FAMILY[kind].title) for kind in Kind}
    counts = Counter()
    for kind, count in kinds.items():
        counts[titles[kind]] += count
    return _together(counts)


def _together(counts):
    """The parts of a whole: beside its sum, small ones stand together."""
    rows = [[what, shown(int(figure))] for what, figure in pooled(dict(sorted(counts.items())))]
    is_whole = len(rows) == 1 and rows[0][0] not in counts
    return [[_("All together"), rows[0][1]]] if is_whole else rows


def _rise(what, now, before):
    """In words and without a figure; "" where it is no more than before."""
    if now < max(A_RISE, TIMES * before):
        return ""
    if not before:
        return _("%(what)s: several times in the last twelve weeks, and not once in the twelve before.") % {
            "what": what
        }
    return _("%(what)s: at least twice as often as in the twelve weeks before.") % {"what": what}
