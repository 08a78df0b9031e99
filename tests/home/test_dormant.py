"""Accounts that nobody uses: warned, then suspended, and never the last who answers or appoints."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit import book
from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.home import dormant, tasks
from harmony.notifications import waits
from harmony.notifications.models import Notice
from harmony.people.models import User
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def at(organisation, sam):
    """When Sam should have been warned: he came in for the last time 76 days before, and nobody else ever will."""
    User.objects.filter(pk=sam.pk).update(last_login=now())
    return now() + 76 * DAY + timedelta(minutes=1)


def night(at):
    waits.climb(at, dormant.WAITS)
    tasks.suspend_dormant(at)


def status(user):
    return User.objects.get(pk=user.pk).status


def test_it_is_warned_once_and_suspended_two_weeks_later(at, sam, client, settings):
    night(at - DAY)
    assert not Notice.objects.exists()
    for _time in range(2):
        night(at)
    assert [(one.recipient, one.sentence) for one in Notice.objects.all()] == [(sam, "dormant")]
    night(at + 14 * DAY - timedelta(hours=1))
    assert status(sam) == "active"
    night(at + 14 * DAY)
    assert status(sam) == "suspended"
    assert Entry.objects.filter(verb="fall_asleep", row_id=sam.pk.hex).exists()
    client.post(reverse("account_login"), {"login": sam.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert list(book.breaks()) == []


def test_whoever_signs_in_stays_and_is_warned_anew_the_next_time(at, sam):
    night(at)
    User.objects.filter(pk=sam.pk).update(last_login=at + DAY)
    night(at + 20 * DAY)
    assert status(sam) == "active" and Notice.objects.count() == 1
    night(at + 78 * DAY)
    assert Notice.objects.count() == 2 and status(sam) == "active"


def test_nobody_is_suspended_who_was_not_warned_two_weeks_before(at, sam):
    night(at + 300 * DAY)
    assert status(sam) == "active" and Notice.objects.get().recipient == sam


@pytest.mark.parametrize("posts", [("dso", "deputy"), ("lead", "chair")])
def test_of_two_who_stay_away_the_last_is_kept(at, person, posts):
    both = [person(f"{post} person", post) for post in posts]
    for days in (1, 16, 17, 41):
        night(at + days * DAY)
    assert sorted(map(status, both)) == ["active", "suspended"]


def test_a_demo_suspends_nobody(at, organisation, sam):
    organisation.is_demo = True
    with event("set up", by="the tests"):
        organisation.save()
    night(at)
    night(at + 30 * DAY)
    assert status(sam) == "active" and not Notice.objects.exists()
