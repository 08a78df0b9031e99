"""Who has signed the newest agreement and who has not, by group: four queries, however many young people there are."""

from collections import defaultdict

from django.db import models
from django.utils.translation import gettext_lazy as _

from harmony.people.models import GroupMember

from .models import Agreed, Agreement


class Stands(models.TextChoices):
    """The first three are asked again; what is to be done first comes first."""

    TALK = "talk", _("Wants to talk first")
    NOT_YET = "not_yet", _("Has not signed")
    BEFORE = "before", _("Signed an older text")
    AGREED = "agreed", _("Has agreed")


def of_each(keys):
    """{young person's key: (where they stand, the last they said or None)}"""
    newest = Agreed.newest()
    last = {}
    said = Agreement.objects.filter(young_person__in=keys).order_by("written_at")
    for one in said.values_list("pk", "young_person", "text", "says", named=True):
        last[one.young_person] = one
    return {key: (_stands(last.get(key), newest), last.get(key)) for key in keys}


def _stands(last, newest):
    if last is None:
        return Stands.NOT_YET
    if last.says == Agreement.Says.TALK:
        return Stands.TALK
    return Stands.AGREED if newest and last.text == newest.pk else Stands.BEFORE


def by_group(groups, on=None):
    """{group's key: (how many have agreed, how many are in it)}, of these groups."""
    members = defaultdict(set)
    held = GroupMember.objects.standing(on).filter(group__in=groups, young_person__left_on=None)
    for group, one in held.values_list("group", "young_person"):
        members[group].add(one)
    stand = of_each(set().union(*members.values()))
    return {
        group.pk: (sum(stand[one][0] == Stands.AGREED for one in members[group.pk]), len(members[group.pk]))
        for group in groups
    }


def without(on=None):
    """How many young people in a group that runs have not agreed."""
    held = GroupMember.objects.standing(on).filter(group__ended_on=None, young_person__left_on=None)
    stand = of_each(set(held.values_list("young_person", flat=True)))
    return sum(where != Stands.AGREED for where, _last in stand.values())
