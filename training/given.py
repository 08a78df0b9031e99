"""What coverage is worked out from: who holds what, what is asked of whom, taught and done. Days are whole days (needs.py)."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Whom(models.TextChoices):
    EVERYBODY = "everybody", _("Everybody who works here")
    CONTACT = "contact", _("Everybody who works with a group")
    MEMBERSHIP = "membership", _("All of one kind")
    POST = "post", _("Whoever holds a role")
    GROUP = "group", _("Whoever works with one group")


class Held(NamedTuple):
    """That somebody is or holds something: a membership of a kind, a post, work with a group. `ends_on`: the first day without."""

    user: object
    whom: str
    which: object
    starts_on: date
    ends_on: date | None


class Rule(NamedTuple):
    course: object
    whom: str
    which: object
    within_days: int
    for_days: int | None  # needed in the first so many days only
    starts_on: date
    ends_on: date | None
    for_role: bool = False


class Taught(NamedTuple):
    """A version of a course."""

    key: object
    course: object
    number: int
    topics: frozenset
    months: int | None
    renewal_days: int
    starts_on: date
    again_days: int | None


class Done(NamedTuple):
    user: object
    version: object
    on: date
    checked: bool


class Counts(NamedTuple):
    course: object
    instead_of: object
    starts_on: date
    ends_on: date | None


class Excused(NamedTuple):
    user: object
    course: object
    starts_on: date
    ends_on: date


@dataclass
class Facts:
    """All that coverage is worked out from, whether it is so now or was known then (facts.py)."""

    held: list = field(default_factory=list)
    rules: list = field(default_factory=list)
    taught: list = field(default_factory=list)
    done: list = field(default_factory=list)
    counts: list = field(default_factory=list)
    excused: list = field(default_factory=list)
