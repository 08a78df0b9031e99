"""What the ground lacks is told to whoever can mend it, once a day or week, until it is mended."""

from datetime import datetime, timedelta

import pytest
from django.utils.timezone import get_current_timezone, localdate

from harmony.audit import book
from harmony.audit.events import event
from harmony.home import ladders
from harmony.home.models import KeySheet
from harmony.notifications.models import Delivery, Notice
from harmony.people.models import Away, OnCall

pytestmark = pytest.mark.django_db
TEN = datetime(2026, 11, 25, 10, 0, tzinfo=get_current_timezone())  # a Wednesday
DAY = timedelta(days=1)


@pytest.fixture
def whole(organisation, amara, ruth, gwen, sol):
    """Nothing is lacking: a DSO, somebody on call, the key sheet stored."""
    with event("set up", by="the tests"):
        organisation.hours = "Mon-Fri 09:00-17:00"
        organisation.save()
        amara.phone = "01632 960 101"
        amara.save()
        OnCall.objects.create(user=amara, phone=amara.phone, starts_at=TEN - DAY, ends_at=TEN + 9 * DAY)
    KeySheet().store("The safe in the office", by=gwen)
    return organisation


def told(at=TEN):
    """{code: names of whom it was told now}"""
    found = {}
    for notice in ladders.remind(at):
        found.setdefault(notice.kind, set()).add(notice.recipient.name.split()[0])
    return found


def test_where_nothing_is_lacking_nobody_hears(whole):
    assert told() == {}
    assert not Notice.objects.exists()


def test_without_a_dso_the_chair_and_the_lead_hear_each_day_until_there_is_one(whole, amara, tom):
    for held in (amara, tom):
        with event("end", by="the tests"):
            held.appointments.update(ends_on=localdate() - DAY)
    assert told()["lack_dso"] == {"Gwen", "Ruth"}
    assert told(TEN + timedelta(hours=5)) == {}
    assert told(TEN + DAY)["lack_dso"] == {"Gwen", "Ruth"}
    with event("take back", by="the tests"):
        tom.appointments.update(ends_on=None)
    assert "lack_dso" not in told(TEN + 2 * DAY)


def test_hours_without_cover_are_told_and_nights_are_not(whole, amara):
    with event("shorten", by="the tests"):
        OnCall.objects.update(ends_at=TEN.replace(hour=17))
    assert told()["lack_cover"] == {"Amara", "Ruth"}  # tomorrow from nine
    with event("lengthen", by="the tests"):
        OnCall.objects.update(ends_at=(TEN + DAY).replace(hour=17))
    assert told(TEN.replace(hour=11)) == {}


def test_before_eight_in_the_morning_nobody_hears(whole):
    with event("shred", by="the tests"):
        KeySheet.objects.all().delete()
    assert told(TEN.replace(hour=7)) == {}
    assert told(TEN.replace(hour=8))["lack_keys"] == {"Gwen", "Ruth", "Sol"}


def test_the_key_sheet_is_asked_for_once_a_week(whole):
    with event("shred", by="the tests"):
        KeySheet.objects.all().delete()
    days = [bool(told(TEN + n * DAY).get("lack_keys")) for n in range(8)]
    assert sum(days) == 2 and days[0]


def test_messages_that_were_given_up_are_told_to_whoever_runs_it(whole, person, sam):
    person("Ivo IT", "it")
    with event("tell", by="the tests"):
        notice = Notice.objects.create(recipient=sam, kind="test", about=sam.pk, clock="x", sentence="test")
    Delivery.objects.create(notice=notice, channel="mail", status="dead")
    assert told()["lack_mail"] == {"Ivo", "Sol", "Amara"}


def test_whoever_is_away_does_not_hear_and_the_book_stays_whole(whole, gwen):
    with event("shred", by="the tests"):
        KeySheet.objects.all().delete()
        Away.objects.create(user=gwen, starts_at=TEN - DAY, ends_at=TEN + DAY)
    assert told()["lack_keys"] == {"Ruth", "Sol"}
    assert list(book.breaks()) == []
