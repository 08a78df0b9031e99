"""One engine for every room: a ladder and a queryset is all that a wait takes."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps

from harmony.notifications import sentences, tasks, waits
from harmony.notifications.ladders import Ladder, Reminder, Rung
from harmony.notifications.models import Notice
from harmony.notifications.sweeps import SweepFailed
from harmony.notifications.waits import Wait
from harmony.people.models import User

pytestmark = pytest.mark.django_db
STARTED = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def ladder(amara, ruth):
    """Of people: each has waited since nine, and should have had an answer by ten."""
    return Ladder(
        "test",
        "anything",
        "test",
        Rung(0.0, lambda user, here: [user]),
        Rung(1.0, lambda user, here: [user]),
        urgent=False,
    )


def counted(user):
    return {"started": STARTED, "due": STARTED + HOUR}


def told():
    return sorted(Notice.objects.values_list("recipient__name", flat=True))


def people(at):
    return User.objects.order_by()


def test_whatever_is_registered_is_climbed(ladder, amara, ruth):
    wait = Wait(ladder, people, "name", waits.each(counted))
    waits.climb(STARTED + HOUR / 2, [wait])
    assert told() == []
    waits.climb(STARTED + HOUR, [wait])
    waits.climb(STARTED + HOUR, [wait])
    assert told() == ["Amara Okafor", ruth.name]


def test_a_reminder_needs_no_more_than_its_rows(amara):
    reminder = Reminder("test", "nudge", "test", lambda user: [STARTED], lambda user, here: [user])
    waits.climb(STARTED, [Wait(reminder, people, "name")])
    assert told() == ["Amara Okafor"]


def test_a_queryset_that_fails_stops_no_other_wait_and_the_sweep_has_failed(ladder, amara, caplog):
    def broken(at):
        raise RuntimeError("no such column")

    bad, good = Wait(Ladder("test", "odd", "test"), broken, "name"), Wait(ladder, people, "name", waits.each(counted))
    with caplog.at_level(logging.ERROR), pytest.raises(SweepFailed, match="climb: 1"):
        waits.climb(STARTED + HOUR, [bad, good])
    assert told() == ["Amara Okafor", "Ruth Hale"]
    assert [record.ref for record in caplog.records if hasattr(record, "ref")] == ["odd"]


def test_one_record_that_fails_stops_no_other(ladder, amara, ruth):
    def spoilt(user):
        return counted(user) if user != amara else {}

    with pytest.raises(SweepFailed):
        waits.climb(STARTED + HOUR, [Wait(ladder, people, "name", waits.each(spoilt))])
    assert told() == [ruth.name]


def test_every_room_has_said_what_it_waits_for(amara):
    clocks = [wait.ladder.clock for wait in waits.every()]
    assert {"acknowledge", "triage", "contact", "tell", "review", "look_late", "action", "still_unsent"} <= set(clocks)
    apps.get_app_config("incidents").ready()  # Django may ask again
    assert [wait.ladder.clock for wait in waits.every()] == clocks
    tasks.climb()


def test_a_sentence_is_said_by_one_room():
    with pytest.raises(ValueError, match="said by another room: case"):
        sentences.register({"case": sentences.Sentence("Another.")})
