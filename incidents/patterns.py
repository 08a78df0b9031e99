"""Low-level concerns about the same person, side by side (R18, N16): for whoever may open every one of them, and nobody else.

    for pattern in patterns(ruth):
        pattern.person, pattern.cases

Whoever may open two of three learns nothing, not that there are two: a part of a pattern would tell of the rest.
"""

from collections import defaultdict
from dataclasses import dataclass

from harmony.people.models import User

from .models import Allegation, Case, Recusal


@dataclass(frozen=True)
class Pattern:
    person: User
    cases: list  # newest first


def patterns(reader):
    """By name of the person, each with two or more. Three queries, however many there are."""
    low = Allegation.objects.low_level().values("case")
    named = Recusal.objects.filter(case__in=low, because="named").select_related("user", "case")
    found = defaultdict(set)
    for one in named:
        found[one.user].add(one.case)
    seen = set(Case.objects.visible_to(reader).filter(pk__in=low))
    whole = [(person, cases) for person, cases in found.items() if len(cases) > 1 and cases <= seen]
    by_name = sorted(whole, key=lambda pair: (pair[0].name.casefold(), pair[0].pk))
    return [Pattern(person, sorted(cases, key=lambda case: case.filed_at, reverse=True)) for person, cases in by_name]
