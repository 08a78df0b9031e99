"""What people are here and which posts they hold, from when to when; suspending and leaving."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st

from harmony import between
from harmony.audit import book
from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.audit.transitions import ReasonOwed
from harmony.people.models import Appointment, GroupWorker, Membership, OnCall, Relationship, User
from harmony.people.models.dated import Dated

from ..conftest import PASSWORD

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 27, 12, tzinfo=ZoneInfo("Europe/London"))
DAY = timedelta(days=1)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(days, days, days)
def test_what_ends_with_a_day_holds_on_that_day_and_not_on_the_next(starts, last, day):
    held = Membership()
    held.span(starts, max(starts, last))
    assert held.stands(day) == (starts <= day <= max(starts, last))
    assert held.last_day == max(starts, last)


def test_somebody_may_be_several_things_at_once(person):
    hana = person("Hana Sato", kind="volunteer")
    with event("join", by="the tests"):
        Membership.objects.create(user=hana, kind="parent", starts_on=date(2026, 3, 1), ends_on=date(2026, 6, 1))
    assert {held.kind for held in hana.memberships.standing(date(2026, 5, 31))} == {"volunteer", "parent"}
    assert {held.kind for held in hana.memberships.standing(date(2026, 6, 1))} == {"volunteer"}


def test_a_membership_never_ends_before_it_starts(sam):
    with pytest.raises(IntegrityError), transaction.atomic(), event("join", by="the tests"):
        Membership.objects.create(user=sam, kind="visitor", starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 1))


@pytest.mark.parametrize(
    ("who", "post", "allowed"),
    [
        ("ruth", "dso", True),
        ("gwen", "deputy", True),
        ("gwen", "auditor", True),
        ("sol", "deputy", False),  # the office looks after accounts, and grants no case role
        ("amara", "deputy", False),
        ("amara", "office", False),
        ("sol", "training", True),
        ("sam", "training", False),
    ],
)
def test_case_posts_are_given_by_lead_trustee_or_chair(request, leah, who, post, allowed):
    by, new = request.getfixturevalue(who), Appointment(user=leah, post=post)
    if not allowed:
        with pytest.raises(PermissionDenied):
            new.appoint(date(2026, 1, 1), by=by)
        return
    new.appoint(date(2026, 1, 1), by=by)
    assert leah.appointments.get().post == post


def test_a_post_is_held_by_one_person_at_a_time(sam, leah):
    with event("appoint", by="the chair"):
        first = Appointment.objects.create(user=sam, post="dso", starts_on=date(2026, 1, 1), ends_on=date(2026, 7, 1))
        next = Appointment.objects.create(user=leah, post="dso", starts_on=date(2026, 7, 1))
        for refused in (
            lambda: Appointment.objects.create(user=leah, post="dso", starts_on=date(2026, 6, 30)),
            lambda: Appointment.objects.filter(pk=first.pk).update(ends_on=None),
        ):
            with pytest.raises(DatabaseError, match="holds this post"), transaction.atomic():
                refused()
        Appointment.objects.filter(pk=next.pk).update(starts_on=date(2026, 8, 1))


def test_a_post_that_several_may_hold_is_held_by_several(sam, leah, ruth):
    for user in (sam, leah):
        Appointment(user=user, post="deputy").appoint(date(2026, 1, 1), by=ruth)
    assert set(User.objects.holding("deputy", on=date(2026, 1, 1))) == {sam, leah}


def test_nobody_gives_themselves_a_post(ruth):
    with pytest.raises(PermissionDenied):
        Appointment(user=ruth, post="deputy").appoint(date(2026, 1, 1), by=ruth)


def test_suspending_owes_a_reason_and_ends_every_session_in_the_same_step(amara, sam, client):
    client.post(reverse("account_login"), {"login": sam.email, "password": PASSWORD})
    assert UserSession.objects.filter(user=sam).count() == Session.objects.count() == 1
    with pytest.raises(ReasonOwed):
        sam.suspend(by=amara)
    sam.suspend(by=amara, why="A lost laptop")
    assert not UserSession.objects.exists() and not Session.objects.exists()
    answer = client.post(reverse("account_login"), {"login": sam.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session, answer
    sam.restore(by=amara, why="Found again")
    assert (sam.status, sam.is_active) == ("active", True)


@pytest.mark.parametrize(("who", "allowed"), [("amara", False), ("sol", False), ("ruth", True), ("gwen", True)])
def test_the_case_line_is_suspended_only_by_those_who_appoint_to_it(request, tom, who, allowed):
    by = request.getfixturevalue(who)
    if allowed:
        tom.suspend(by=by, why="An allegation")
    else:
        with pytest.raises(PermissionDenied):
            tom.suspend(by=by, why="A quarrel")
    assert User.objects.get(pk=tom.pk).is_active is not allowed


def test_nobody_suspends_themselves(gwen):
    with pytest.raises(PermissionDenied):
        gwen.suspend(by=gwen, why="A try")


def test_leaving_ends_everything_after_the_last_day(amara, ruth, leah):
    last = NOON.date()
    with event("plan", by="the tests"):
        post = Appointment.objects.create(user=leah, post="deputy", starts_on=last + 5 * DAY)
        ended = Membership.objects.create(
            user=leah, kind="visitor", starts_on=date(2021, 1, 1), ends_on=date(2022, 1, 1)
        )
        for hours in (-1, 24):
            OnCall.objects.create(
                user=leah, phone="1", starts_at=NOON + timedelta(hours=hours), ends_at=NOON + timedelta(hours=hours + 8)
            )
    leah.leave(last, by=ruth, why="A new job", at=NOON)
    assert leah.memberships.get(kind="staff").last_day == last
    post.refresh_from_db()
    assert post.ends_on == post.starts_on  # it never holds
    ended.refresh_from_db()
    assert ended.ends_on == date(2022, 1, 1)
    assert [slot.ends_at for slot in leah.slots.all()] == [NOON]
    assert Entry.objects.filter(verb="leave").last().reason == "A new job"
    assert list(book.breaks()) == []


def test_who_left_may_come_back_by_a_new_invitation(ruth, leah):
    leah.leave(NOON.date(), by=ruth, why="Off to study", at=NOON)
    leah.come_back("volunteer", date(2027, 6, 1), by=ruth)
    assert (leah.status, leah.is_active, leah.has_usable_password()) == ("invited", False, False)
    assert leah.memberships.standing(date(2027, 6, 1)).get().kind == "volunteer"


def test_rota_slots_are_offered_to_whoever_takes_over(ruth, leah, person):
    priya = person("Priya Nair", phone="9")
    with event("plan", by="the tests"):
        OnCall.objects.create(user=leah, phone="1", starts_at=NOON + 400 * DAY, ends_at=NOON + 401 * DAY)
    (work,) = [work for work in between.handover(leah, asked_by=ruth) if work.key == "rota"]
    assert work.what == "1 slot on the on-call rota" and list(work.takers) == [priya]
    work.give(priya, by=ruth)
    assert [(slot.user, slot.phone) for slot in OnCall.objects.all()] == [(priya, "9")]
    assert not [work for work in between.handover(leah, asked_by=ruth) if work.key == "rota"]


def test_whoever_ends_an_account_passes_its_slots_on_and_each_is_a_step(leah, person):
    """A lead trustee keeps no rota, and may suspend the DSO: what is left of her slots goes to whoever takes over."""
    dev, priya = person("Dev Banerjee", "trustee", kind="trustee"), person("Priya Nair", phone="9")
    with event("plan", by="the tests"):
        OnCall.objects.create(user=leah, phone="1", starts_at=now() - DAY, ends_at=now() + DAY)
        OnCall.objects.create(user=leah, phone="1", starts_at=now() + 2 * DAY, ends_at=now() + 3 * DAY)
    (work,) = [work for work in between.handover(leah, asked_by=dev) if work.key == "rota"]
    work.give(priya, by=dev)
    assert [slot.ends_at <= now() for slot in OnCall.objects.filter(user=leah)] == [True]
    assert [(slot.phone, slot.ends_at > now()) for slot in OnCall.objects.filter(user=priya)] == [("9", True)] * 2
    verbs = Entry.objects.filter(actor_id=dev.pk.hex, changes__isnull=False).values_list("verb", flat=True)
    assert sorted(verbs) == ["end", "give_away", "take_over", "take_over"]
    with pytest.raises(PermissionDenied):
        OnCall(user=dev).take_over(OnCall.objects.filter(user=priya).first(), by=priya)


def test_everything_dated_knows_its_last_day():
    assert {model.__name__ for model in Dated.__subclasses__()} >= {"Membership", "Appointment", "GroupWorker"}
    assert GroupWorker(starts_on=date(2026, 1, 1)).last_day is None


@pytest.mark.parametrize(
    "related",
    [
        {},  # to nobody
        {"other": "self"},
        {"other": "amara", "young_person": "child"},
        {"other": "amara", "named": "Zed"},
    ],
)
def test_a_relationship_is_to_one_other(sam, amara, child, related):
    known = {"self": sam, "amara": amara, "child": child}
    fields = {name: known.get(value, value) for name, value in related.items()}
    with pytest.raises(IntegrityError), transaction.atomic(), event("declare", by=sam):
        Relationship.objects.create(user=sam, kind="family", starts_on=date(2026, 1, 1), **fields)


def test_a_relative_names_a_child_and_the_dso_says_who_that_is(sam, amara, child):
    related = Relationship(user=sam)
    related.declare("family", named="Zed, my nephew", by=sam)
    assert list(Relationship.objects.unlinked()) == [related]
    with pytest.raises(PermissionDenied):
        related.link(child, by=sam)
    related.link(child, by=amara)
    assert not Relationship.objects.unlinked().exists()
    assert list(Relationship.objects.visible_to(sam)) == list(Relationship.objects.visible_to(amara)) == [related]


def test_relationships_are_nobody_elses_business(sam, leah, sol, amara):
    Relationship(user=sam).declare("partner", other=leah, by=sam)
    assert not Relationship.objects.visible_to(leah).exists()
    assert not Relationship.objects.visible_to(sol).exists()
    with pytest.raises(PermissionDenied):
        Relationship(user=sam).declare("friend", other=leah, by=amara)
