"""What the ground lacks climbs from whoever can mend it to the chair, until it is mended."""

from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate

from harmony.audit import book
from harmony.audit.events import event
from harmony.home import ladders, tasks
from harmony.home.models import Backup, KeySheet, Lack
from harmony.notifications import inbox, waits
from harmony.notifications.models import Delivery, Notice
from harmony.notifications.sweeps import SweepFailed
from harmony.people.models import Away, OnCall

pytestmark = pytest.mark.django_db
TEN = datetime(2026, 11, 25, 10, 0, tzinfo=get_current_timezone())  # a Wednesday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def whole(organisation, amara, ruth, gwen, sol, on_paper):
    """Nothing is lacking: a DSO, somebody on call, the key sheets held, a backup."""
    with event("set up", by="the tests"):
        organisation.hours = "Mon-Fri 09:00-17:00"
        organisation.save()
        amara.phone = "01632 960 101"
        amara.save()
        OnCall.objects.create(user=amara, phone=amara.phone, starts_at=TEN - DAY, ends_at=TEN + 40 * DAY)
        Backup.objects.create(taken_at=TEN + 40 * DAY)
    on_paper()
    return organisation


@pytest.fixture
def no_sheet(whole):
    with event("shred", by="the tests"):
        KeySheet.objects.all().delete()


def told(at=TEN):
    """{code: names of whom it was told now}"""
    before = set(Notice.objects.values_list("pk", flat=True))
    ladders.look(at)
    waits.climb(at, ladders.WAITS)
    found = {}
    for notice in Notice.objects.exclude(pk__in=before).select_related("recipient"):
        found.setdefault(notice.sentence, set()).add(notice.recipient.name.split()[0])
    return found


def test_where_nothing_is_lacking_nobody_hears(whole):
    assert told() == {}
    assert not Notice.objects.exists() and not Lack.objects.exists()


def test_it_climbs_from_the_office_to_the_lead_and_the_dso_and_to_the_chair_each_once(no_sheet):
    assert told() == {"lack_keys": {"Sol"}}
    assert told(TEN + HOUR) == told(TEN + 3 * DAY) == {}
    assert told(TEN + 3.5 * DAY) == {"lack_keys": {"Ruth", "Amara"}}
    assert told(TEN + 7 * DAY - HOUR) == {}
    assert told(TEN + 7 * DAY) == {"lack_keys": {"Gwen"}}
    assert told(TEN + 30 * DAY) == {}
    assert Notice.objects.count() == 4
    assert list(book.breaks()) == []


def test_it_stops_when_it_is_mended_and_begins_anew_when_it_lacks_again(no_sheet, on_paper, sol):
    told()
    assert inbox.unread(sol) == 1
    on_paper()
    assert told(TEN + HOUR) == told(TEN + 30 * DAY) == {}
    assert inbox.unread(sol) == 0
    assert Lack.objects.get().mended_at == TEN + HOUR
    with event("shred", by="the tests"):
        KeySheet.objects.all().delete()
    assert told(TEN + 31 * DAY) == {"lack_keys": {"Sol"}}


def test_what_was_mended_before_the_sweep_looks_again_is_told_to_nobody(no_sheet, on_paper):
    ladders.look(TEN)
    on_paper()
    ladders.look(TEN + HOUR)
    waits.climb(TEN + 9 * DAY, ladders.WAITS)
    assert not Notice.objects.exists()


def test_an_empty_post_is_passed_at_once_and_the_next_one_stands_in(no_sheet, person, sol, ruth, gwen, amara):
    for one in (sol, ruth, gwen, amara):
        with event("end", by="the tests"):
            one.appointments.update(ends_on=localdate(TEN) - DAY)
    person("Dev Banerjee", "trustee", kind="trustee")
    person("Vic", "vice", kind="trustee")
    assert told()["lack_keys"] == {"Dev"}
    assert told(TEN + 7 * DAY)["lack_keys"] == {"Vic"}


def test_whoever_is_away_does_not_hear(no_sheet, sol):
    with event("go", by="the tests"):
        Away.objects.create(user=sol, starts_at=TEN - DAY, ends_at=TEN + DAY)
    assert told() == {"lack_keys": {"Ruth", "Amara"}}  # nobody can see to it today: the next rung at once


def test_without_a_dso_those_who_can_appoint_hear_at_once_and_the_chair_the_same_day(whole, amara, tom):
    for held in (amara, tom):
        with event("end", by="the tests"):
            held.appointments.update(ends_on=localdate(TEN) - DAY)
    assert told() == {"lack_dso": {"Sol", "Ruth"}}
    assert told(TEN + 4 * HOUR) == {"lack_dso": {"Gwen"}}
    assert set(Notice.objects.values_list("urgent", flat=True)) == {True}
    with event("take back", by="the tests"):
        tom.appointments.update(ends_on=None)
    assert told(TEN + 2 * DAY) == {}
    assert not Lack.objects.standing().exists()


def until(moment):
    with event("shorten", by="the tests"):
        OnCall.objects.update(ends_at=moment)


def test_hours_without_cover_are_told(whole):
    until((TEN + DAY).replace(hour=17))
    assert told(TEN.replace(hour=11)) == {}
    until(TEN.replace(hour=17))
    assert told(TEN.replace(hour=12)) == {"lack_cover": {"Amara", "Sol"}}  # tomorrow from nine


def test_at_four_it_is_asked_who_answers_tonight(whole):
    until(TEN.replace(hour=17))
    assert "lack_tonight" not in told(TEN.replace(hour=15, minute=59))
    assert told(TEN.replace(hour=16))["lack_tonight"] == {"Amara", "Sol"}
    assert told(TEN.replace(hour=18))["lack_tonight"] == {"Ruth"}
    until(TEN.replace(hour=23))
    told(TEN.replace(hour=19))
    assert "lack_tonight" not in told(TEN.replace(hour=20))
    assert not Lack.objects.standing().filter(code="lack_tonight").exists()


def test_the_night_is_asked_about_until_it_is_over(whole):
    until(TEN.replace(hour=17))
    told(TEN.replace(hour=23))
    ladders.look((TEN + DAY).replace(hour=7))
    assert Lack.objects.standing().filter(code="lack_tonight").exists()
    ladders.look((TEN + DAY).replace(hour=8))
    assert not Lack.objects.standing().filter(code="lack_tonight").exists()


def test_where_no_night_is_ever_covered_that_is_a_choice(whole):
    with event("by day", by="the tests"):
        OnCall.objects.update(starts_at=TEN.replace(hour=9), ends_at=TEN.replace(hour=17))
    assert "lack_tonight" not in told(TEN.replace(hour=16))


def test_before_eight_in_the_morning_nothing_is_found(no_sheet):
    assert told(TEN.replace(hour=7)) == {}
    assert told(TEN.replace(hour=8)) == {"lack_keys": {"Sol"}}


def test_messages_that_were_given_up_are_told_to_whoever_runs_it(whole, person, sam):
    person("Ivo IT", "it")
    with event("tell", by="the tests"):
        notice = Notice.objects.create(recipient=sam, kind="test", about=sam.pk, clock="x", sentence="test")
    Delivery.objects.create(notice=notice, channel="mail", status="dead")
    assert told() == {"lack_mail": {"Ivo", "Sol"}}


def test_a_backup_is_missed_after_three_days_until_one_is_written_down(whole):
    with event("restore", by="the tests"):
        Backup.objects.update(taken_at=TEN - 3 * DAY + HOUR)
    assert told() == {}
    assert told(TEN + 2 * HOUR) == {"lack_backup": {"Sol"}}
    call_command("record_backup", stdout=StringIO())
    with event("as if", by="the tests"):
        Backup.objects.filter(taken_at__gt=TEN + 3 * HOUR).update(taken_at=TEN + 3 * HOUR)
    assert told(TEN + 4 * HOUR) == {}
    assert not Lack.objects.standing().exists()


def test_a_backup_is_written_down_with_its_time_and_bad_times_are_said():
    said = StringIO()
    call_command("record_backup", taken="2026-11-25T03:00", stdout=said)
    assert said.getvalue() == "A backup of Wednesday 25 November 2026, 3am is written down.\n"
    assert Backup.objects.get().taken_at == TEN.replace(hour=3)
    for wrong, words in {
        "yesterday": "like this",
        "2026-02-31T03:00": "like this",
        "2999-01-01T00:00": "to come",
    }.items():
        with pytest.raises(CommandError, match=words):
            call_command("record_backup", taken=wrong)


def test_the_database_keeps_one_of_each(no_sheet):
    told()
    with pytest.raises(IntegrityError), transaction.atomic(), event("twice", by="the tests"):
        Lack.objects.create(code="lack_keys", since=TEN)
    ladders._look(ladders.KINDS[3], None, True, TEN)  # another beat
    assert Lack.objects.count() == 1


def test_one_question_that_fails_stops_no_other(no_sheet, monkeypatch):
    odd = replace(ladders.KINDS[0], is_so=lambda organisation, at: 1 / 0)
    monkeypatch.setattr(ladders, "KINDS", (odd, *ladders.KINDS[1:]))
    with pytest.raises(SweepFailed):
        ladders.look(TEN)
    assert [lack.code for lack in Lack.objects.all()] == ["lack_keys"]


@pytest.mark.parametrize("who", ["sol", "ruth", "gwen", "amara"])
def test_the_page_says_what_is_lacking_and_where_to_mend_it(no_sheet, request, client, who):
    tasks.live.apply()
    ladders.look(TEN)
    client.force_login(request.getfixturevalue(who))
    page = client.get(reverse("home:running")).text
    assert "The key sheets need to be printed, or confirmed by two trustees." in page
    assert reverse("home:keys") in page
    assert "The last backup was written down on" in page
    assert "one thing is lacking" in page


def test_a_link_that_somebody_may_not_follow_is_not_offered(no_sheet, client, tom):
    ladders.look(TEN)
    client.force_login(tom)
    page = client.get(reverse("home:running")).text
    assert "The key sheets need" in page
    assert reverse("home:keys") not in page.split("<main")[1]
