"""Whether all are answered alike: how long cases of each group took, over a year. No count, so that none can be worked out (S12).

A group of fewer than five shows nothing. How many are in a group is not shown either: only times stand here.
"""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.utils.translation import gettext as _

from harmony.encryption.fields import load_keys
from harmony.look.words import span

from .models import Case, Monitoring
from .models.monitoring import QUESTIONS

A_YEAR, FEWEST = timedelta(days=365), 5


@dataclass(frozen=True)
class Row:
    group: str
    read: str
    weighed: str
    told: str

    @classmethod
    def of(cls, group, cases):
        if len(cases) < FEWEST:
            few = _("Fewer than 5")
            return cls(str(group), few, few, few)
        return cls(str(group), *(_usual(cases, met) for met in ("acknowledged_at", "triaged_at", "told_at")))


def _usual(cases, met):
    """The median, in words, over those for which it has happened; nothing said of fewer than five."""
    took = [getattr(case, met) - case.filed_at for case in cases if getattr(case, met)]
    return span(median(took)) if len(took) >= FEWEST else _("Fewer than 5")


def figures(user, at):
    """[(question, rows)], of cases that are kept apart from nobody who makes figures."""
    cases = Case.objects.countable_by(user).filed_within(at - A_YEAR, at)
    answers = list(Monitoring.objects.filter(case__in=cases).select_related("case"))
    load_keys(answers)
    return [
        (
            title,
            [
                Row.of(label, [one.case for one in answers if getattr(one, name) == code])
                for code, label in groups.items()
            ],
        )
        for name, (title, groups) in QUESTIONS.items()
    ]
