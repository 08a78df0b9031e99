"""One line of what may be done here, and the records that a right is asked about (deeds.py has them all)."""

from collections.abc import Callable
from dataclasses import dataclass

from incidents.models import Allegation, Duty, Emergency
from platforms.models import Assessment, Platform
from policies.models import Policy, Review, Version

from .models import LostDevice

STAFF = "staff"  # or a volunteer: nobody's post


@dataclass(frozen=True)
class Deed:
    """One line: what is done, the right that is asked, and the record it is asked about."""

    says: str
    may: Callable
    on: Callable | None = None  # on(world, user) -> the record

    def allowed(self, world, user):
        return bool(self.may(user, self.on(world, user)) if self.on else self.may(user))


def somebody(world, user):
    return world.somebody


def oneself(world, user):
    return user


def case(about):
    return lambda world, user: world.cases[about]


def concern(about):
    return lambda world, user: Allegation(case=world.cases[about])


def lost(world, user):
    return LostDevice(user=world.somebody)


def own_duty(world, user):
    return Duty(case=world.cases["child"], user=user)


def own_emergency(world, user):
    return Emergency(case=world.cases["child"], user=user)


def version(approver):
    return lambda world, user: Version(policy=Policy(approver=approver))


def review(world, user):
    return Review(policy=Policy(approver="board"), minuted_by=world.somebody)


def app(kind):
    return lambda world, user: Platform(kind=kind)


def look_at(kind="social"):
    return lambda world, user: Assessment(platform=Platform(kind=kind), assessor=user)
