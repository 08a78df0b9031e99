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
MUCH, A_LITTLE = 2, timedelta(minutes=30)  # so many times as long as all, and by more than this


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


def is_uneven(cases, at):
    """Whether one group that is large enough to be told waited much longer to be read than all who answered; None: nobody knows."""
    groups, everybody = [], set()
    answers = _answers(cases, at)
    for name, (_title, known) in QUESTIONS.items():
        for code in known:
            took = {
                one.pk: _wait(one.case) for one in answers if getattr(one, name) == code and one.case.acknowledged_at
            }
            if len(took) >= FEWEST:
                groups.append(median(took.values()))
                everybody |= took.items()
    usual = median(took for _key, took in everybody) if everybody else None
    return None if usual is None else any(group > MUCH * usual and group - usual > A_LITTLE for group in groups)


def _wait(case):
    return case.acknowledged_at - case.filed_at


def _answers(cases, at):
    found = list(Monitoring.objects.filter(case__in=cases.filed_within(at - A_YEAR, at)).select_related("case"))
    load_keys(found)
    return found


def figures(user, at):
    """[(question, rows)], of cases that are kept apart from nobody who makes figures."""
    answers = _answers(Case.objects.countable_by(user), at)
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
