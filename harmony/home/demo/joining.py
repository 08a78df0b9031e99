"""The cast comes in as anybody does: invited, welcomed, appointed. Then relationships, the rota, and who has left."""

from datetime import timedelta

from django.utils.timezone import localtime

from harmony.people.inviting import invite
from harmony.people.models import Appointment, Away, Membership, OnCall, Relationship, User

from .cast import CAST, DOMAIN, PASSWORD
from .clock import local, years_before

FAMILY, PARTNER, MANAGER, FRIEND = Relationship.Kind.values
RELATED = [  # who is what to whom
    ("ruth", MANAGER, "amara"),
    ("ruth", MANAGER, "maya"),
    ("jamie", MANAGER, "callum"),
    ("jamie", MANAGER, "priya"),
    ("priya", PARTNER, "piotr"),
    ("leah", FRIEND, "hana"),
]
ON_CALL = ("amara", "tom")  # a week each, day and night
LEFT = {"Rosa Lindley": 150, "Gareth Boon": 320}  # days ago


def join(begun):
    """Everybody, by first name. The chair is let in as by `manage.py begin`; she invites the others."""
    in_order = sorted(CAST, key=lambda role: role.first != "gwen")
    cast = {}
    for role in in_order:
        cast[role.first] = _join(role, cast.get("gwen", "manage.py demo"), begun)
    for who, kind, other in RELATED:
        Relationship(user=cast[who]).declare(kind, other=cast[other], by=cast[who], at=begun)
    return cast


def _join(role, by, begun):
    since = years_before(localtime(begun).date(), role.years)
    user = _come_in(role.name, role.email, role.kinds[0], since, by, begun, posts=role.posts)
    user.accept(role.name, PASSWORD, by=user, at=begun)
    if role.phone:
        user.change_details(role.name, role.phone, by=user, at=begun)
    for kind in role.kinds[1:]:
        Membership(user=user).add(kind, since, None, by=by, at=begun)
    return user


def _come_in(name, email, kind, since, by, at, posts=()):
    """Invited, and the link used: nobody has mail here, so nobody is sent one."""
    user, _link = invite(name=name, email=email, kind=kind, posts=posts, starts_on=since, by=by, at=at)
    user.invitations.get().use(by=user, at=at)
    return user


def come_and_go(cast, begun, now):
    """Two who have left, one who is expected, and who held the DSO's post before Amara."""
    today, sol = localtime(now).date(), cast["sol"]
    since = years_before(localtime(begun).date(), 3)
    before = since - timedelta(days=1)
    Appointment(user=cast["tom"], post="dso").appoint(years_before(since, 2), before, by=cast["gwen"], at=begun)
    for name, days in LEFT.items():
        user = _come_in(name, f"{name.split()[0].lower()}@{DOMAIN}", Membership.Kind.VOLUNTEER, since, sol, begun)
        user.accept(name, PASSWORD, by=user, at=begun)
        gone = now - timedelta(days=days)
        user.leave(localtime(gone).date(), by=sol, at=gone, why="Moved away. Keys and phone handed in.")
    invite(name="Ines Duarte", email=f"ines@{DOMAIN}", kind=Membership.Kind.VOLUNTEER, starts_on=today, by=sol)


def rota(cast, now):
    """Who answers the duty phone, a week each: the past year, now, and the weeks to come."""
    today = localtime(now).date()
    monday = today - timedelta(days=today.weekday())
    for week in range(-52, 7):
        user = cast[ON_CALL[week % len(ON_CALL)]]
        starts, ends = (local(monday + timedelta(weeks=week + n), "00:00") for n in (0, 1))
        OnCall(user=user).add(user.phone, starts, ends, by=cast["amara"], at=min(starts - timedelta(weeks=3), now))
    tom = cast["tom"]
    gone, back = (local(monday + timedelta(weeks=n), "09:00") for n in (3, 4))
    Away(user=tom).say(back, cast["amara"], gone, by=tom)


def active():
    """The cast by first name, read afresh, with the posts they now hold."""
    return {user.email.split("@")[0]: user for user in User.objects.active()}
