"""What may be done with a record whose time is over, or that is held: lines of deeds.py."""

from harmony.retention import access as retention
from harmony.retention.models import Hold, Proposal

from .deed import STAFF, Deed


def held(about):
    return lambda world, user: Hold(kind="case", about=world.cases[about].pk, placed_by=world.somebody)


def own_hold(world, user):
    return Hold(kind="case", about=world.cases["child"].pk, placed_by=user)


def past_its_time(world, user):
    return Proposal(kind="case", about=world.cases["child"].pk)


def agreed_by_oneself(world, user):
    return Proposal(kind="case", about=world.cases["child"].pk, agreed_by=user)


OF_RECORDS = [
    Deed("Read how long each kind is kept, and why", retention.may_see_schedule),
    Deed("See what is past its time, and held", retention.may_decide),
    Deed("See what was destroyed, with its certificate", retention.may_see_register),
    Deed("Place a legal hold on a case about a child", retention.may_hold, held("child")),
    Deed("Place a legal hold on a case about somebody here", retention.may_hold, held(STAFF)),
    Deed("Lift somebody else’s hold", retention.may_lift, held("child")),
    Deed("Lift one’s own hold", retention.may_lift, own_hold),
    Deed("Agree, as one of two, that a case is destroyed", retention.may_agree, past_its_time),
    Deed("Agree to that twice", retention.may_agree, agreed_by_oneself),
    Deed("Keep a case longer", retention.may_keep, past_its_time),
]
