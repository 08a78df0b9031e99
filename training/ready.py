"""What somebody new still needs before they may work with young people: worked out, never ticked.

    ready.items([induction], on)   # {its key: [Item(what, is_done)]}, what is missing first

They have come in by their invitation, agreed to the code, done the courses that come first, two people speak for them,
and the decision on their DBS check holds. A handful of queries, however many are new.
"""

from collections import Counter
from typing import NamedTuple

from django.db.models import Count
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from harmony import between
from harmony.audit.transitions import Refused
from harmony.look.words import short_day
from harmony.people.models import User

from .facts import told
from .models import DbsCheck, Reference
from .needs import Coverage

REFERENCES = 2


class Item(NamedTuple):
    what: str
    is_done: bool


def items(inductions, at):
    """Of each: what is missing comes first."""
    on, users = localdate(at), [one.user for one in inductions]
    known = told(of=users[0].pk if len(users) == 1 else None)
    coverage = Coverage(known.facts, on)
    checks = {one.user_id: one for one in DbsCheck.objects.newest().filter(user__in=users)}
    good = Reference.objects.filter(user__in=users, status=Reference.Status.GOOD).order_by().values_list("user")
    spoken = Counter(dict(good.annotate(many=Count("pk"))))
    found = {
        one.pk: [
            Item(_("Came in by their invitation"), one.user.status != User.Status.INVITED),
            *_courses(known, coverage, one.user_id),
            _dbs(checks.get(one.user_id), on),
            _references(spoken[one.user_id]),
        ]
        for one in inductions
    }
    by_user = {one.user_id: one.pk for one in inductions}
    for asked in between.before_they_begin(users, at):
        found[by_user[asked.user]].append(Item(asked.what, asked.is_done))
    return {key: sorted(mine, key=lambda item: item.is_done) for key, mine in found.items()}


def _courses(known, coverage, user):
    for course, cell in coverage.row(user).items():
        if cell.needed and coverage.comes_first(user, course):
            yield Item(known.titles[course], cell.covered)


def _dbs(check, on):
    if check is None:
        return Item(_("A decision on their DBS check"), False)
    if check.decision != DbsCheck.Decision.MAY:
        return Item(_("DBS check: %(decision)s") % {"decision": check.get_decision_display()}, False)
    told = {"day": short_day(check.renew_on)}
    if check.renew_on <= on:
        return Item(_("DBS check: it had to be renewed by %(day)s") % told, False)
    return Item(_("DBS check: decided, renewed by %(day)s") % told, True)


def _references(many):
    told = {"count": min(many, REFERENCES), "all": REFERENCES}
    return Item(_("References: %(count)d of %(all)d speak for them") % told, many >= REFERENCES)


def missing(induction, at):
    return [item.what for item in items([induction], at)[induction.pk] if not item.is_done]


def clear(induction, *, by, at=None):
    """They may work with young people. Raises Refused while anything is missing."""
    at = at or now()
    if lacking := missing(induction, at):
        raise Refused(_("Something is still missing: %(what)s.") % {"what": "; ".join(lacking)})
    induction.clear(by=by, at=at)
