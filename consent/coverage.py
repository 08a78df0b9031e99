"""How far permission goes: of whom, for which use, how much is agreed to, refused, ending soon or was never asked.

Counts, and which young people they are of. Whoever is never to be shown counts as that, whatever was signed.
A handful of queries, however many young people there are.
"""

from collections import Counter, defaultdict
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.people.models import GroupMember

from .models import Consent, NeverShown, Use

SOON = timedelta(days=30)
GIVEN, REFUSED, ENDING, ENDED, WAITING, NEVER_ASKED, NEVER_SHOWN = (
    "given", "refused", "ending", "ended", "waiting", "never_asked", "never_shown",
)  # fmt: skip
SAYS = {
    GIVEN: _("Agreed"),
    ENDING: _("Ends within 30 days"),
    REFUSED: _("Refused"),
    ENDED: _("Has run out"),
    WAITING: _("Asked, not answered by all"),
    NEVER_ASKED: _("Never asked"),
    NEVER_SHOWN: _("Never to be shown"),
}


def _states(on):
    """{state: what is so of a consent}. Each is in one of them; `ending` is a part of what is given."""
    return {
        GIVEN: Q(status=Consent.Status.GIVEN, covers_until__gt=on),
        ENDING: Q(status=Consent.Status.GIVEN, covers_until__gt=on, covers_until__lte=on + SOON),
        REFUSED: Q(status=Consent.Status.REFUSED),
        ENDED: Q(status=Consent.Status.EXPIRED) | Q(status=Consent.Status.GIVEN, covers_until__lte=on),
        WAITING: Q(status=Consent.Status.ASKED),
    }


def _never_shown():
    return Exists(NeverShown.objects.standing().filter(young_person=OuterRef("young_person")))


def by_person(keys, on=None):
    """{young person's key: Counter of states}, of all open uses. Three queries."""
    on = on or localdate()
    many = Use.objects.open(on).count()
    said = Consent.objects.filter(young_person__in=keys, use__in=Use.objects.open(on)).order_by()
    rows = said.values("young_person").annotate(**{state: Count("pk", filter=so) for state, so in _states(on).items()})
    found = {key: Counter({NEVER_ASKED: many}) for key in keys}
    for row in rows:
        of = Counter(row)
        of.pop("young_person")
        found[row["young_person"]] = of + Counter({NEVER_ASKED: many - _answers(of)})
    for key in NeverShown.objects.standing().filter(young_person__in=keys).values_list("young_person", flat=True):
        found[key] = Counter({NEVER_SHOWN: many})
    return found


def by_use(people, on=None):
    """{use: Counter of states}, of these young people (a queryset). Four queries."""
    on = on or localdate()
    never = NeverShown.objects.standing().filter(young_person__in=people).count()
    many = people.count() - never
    said = Consent.objects.filter(young_person__in=people).exclude(_never_shown()).order_by()
    rows = said.values("use").annotate(**{state: Count("pk", filter=so) for state, so in _states(on).items()})
    counted = {row.pop("use"): Counter(row) for row in rows}
    found = {}
    for use in Use.objects.open(on).select_related("purpose", "channel"):
        of = counted.get(use.pk, Counter())
        found[use] = of + Counter({NEVER_ASKED: many - _answers(of), NEVER_SHOWN: never})
    return found


def by_group(groups, on=None):
    """{group: (how many are in it, {use's key: how many of them agreed})}. Two queries."""
    on = on or localdate()
    standing = GroupMember.objects.standing(on).filter(group__in=groups).order_by()
    sizes = dict(standing.values_list("group").annotate(Count("young_person", distinct=True)))
    agreed = defaultdict(dict)
    covering = Consent.objects.filter(_states(on)[GIVEN]).exclude(_never_shown()).order_by()
    rows = covering.filter(young_person__groups__in=standing).values_list("young_person__groups__group", "use")
    for group, use, many in rows.annotate(many=Count("young_person", distinct=True)):
        agreed[group][use] = many
    return {group: (sizes.get(group.pk, 0), agreed[group.pk]) for group in groups}


def only(people, state, use=None, on=None):
    """Those of these young people who are in this state, for one use or for any open one."""
    on = on or localdate()
    uses = Use.objects.filter(pk=use.pk) if use else Use.objects.open(on)
    never = Q(pk__in=NeverShown.objects.standing().values("young_person"))
    if state == NEVER_SHOWN:
        return people.filter(never)
    said = Consent.objects.filter(young_person=OuterRef("pk"), use__in=uses)
    if state == NEVER_ASKED:
        open_uses = uses.count()
        asked = said.order_by().values("young_person").annotate(many=Count("pk")).filter(many__gte=open_uses)
        return people.exclude(never).filter(~Exists(asked)) if open_uses else people.none()
    return people.exclude(never).filter(Exists(said.filter(_states(on)[state])))


def _answers(of):
    """Of how many uses there is anything at all."""
    return of[GIVEN] + of[REFUSED] + of[ENDED] + of[WAITING]
