"""Each Monday: a summary for those who work cases, the seal and the numbers for those who answer for it all. Once."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.timezone import get_current_timezone

from harmony.audit import book
from harmony.audit.events import event
from harmony.home import weekly
from harmony.home.models import Lack
from harmony.notifications import waits
from harmony.notifications.access import WORKER
from harmony.notifications.dispatch import send_waiting
from harmony.notifications.models import Notice
from harmony.people.models import Away
from incidents.models import Case
from tests.audit.test_at_once import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
EIGHT = datetime(2026, 11, 30, 8, 0, tzinfo=get_current_timezone())  # a Monday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def cast(amara, tom, ruth, gwen, sol, person):
    """With a lead trustee and a vice-chair."""
    return person("Dev Banerjee", "trustee", kind="trustee"), person("Vic", "vice", kind="trustee")


def told(at):
    before = set(Notice.objects.values_list("pk", flat=True))
    waits.climb(at, weekly.WAITS)
    new = Notice.objects.exclude(pk__in=before).order_by("sentence", "recipient__name")
    return [(notice.sentence, notice.recipient.name.split()[0]) for notice in new]


EVERYBODY = [("numbers", "Dev"), ("numbers", "Gwen"), ("numbers", "Vic"), ("week", "Amara"), ("week", "Tom")]


def test_once_a_week_whatever_the_number_of_beats(cast):
    assert told(EIGHT - 6 * DAY) == EVERYBODY
    assert told(EIGHT - MINUTE) == []
    assert told(EIGHT) == EVERYBODY
    for minutes in range(0, 7 * 24 * 60, 601):
        assert told(EIGHT + minutes * MINUTE) == []
    assert told(EIGHT + 7 * DAY) == EVERYBODY


@pytest.mark.parametrize(
    "monday", [date(2026, 3, 30), date(2026, 10, 26), date(2027, 1, 4)]
)  # clocks change, a year ends
def test_it_is_eight_by_the_clock_on_the_wall(amara, monday):
    eight = datetime(monday.year, monday.month, monday.day, 8, tzinfo=get_current_timezone())
    told(eight - 2 * DAY)
    assert told(eight - MINUTE) == []
    assert told(eight) == [("week", "Amara")]


def test_whoever_is_away_hears_when_they_are_back(amara, tom):
    told(EIGHT - DAY)
    with event("go", by="the tests"):
        Away.objects.create(user=amara, starts_at=EIGHT - HOUR, ends_at=EIGHT + DAY)
    assert told(EIGHT) == [("week", "Tom")]
    assert told(EIGHT + DAY) == [("week", "Amara")]


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_tell_once(cast):
    at_once(lambda number: waits.climb(EIGHT, weekly.WAITS), times=4)
    assert Notice.objects.count() == len(EVERYBODY)


def test_the_mail_of_the_summary_says_that_it_is_ready_and_no_number(amara, report):
    report()
    Notice.objects.all().read()
    told(EIGHT)
    send_waiting(EIGHT + MINUTE)
    [message] = mail.outbox
    assert "Your weekly summary is ready." in message.body
    assert not re.search(r"\d", message.body.split("http")[0])


@pytest.mark.parametrize(("who", "status"), [("amara", 200), ("tom", 200), ("ruth", 404), ("sam", 404)])
def test_the_page_is_for_whoever_works_cases(client, request, who, status):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("home:week")).status_code == status


def count(user, what):
    return next(line.count for line in weekly.lines(user) if line.what == what)


def test_it_counts_what_this_person_may_see_and_nothing_else(report, amara, tom, client):
    for about in ((), (), amara):
        report(about=about) if about else report()
    assert count(amara, "Cases that need somebody now") == Case.objects.visible_to(amara).count() == 2
    client.force_login(amara)
    page = client.get(reverse("home:week")).text
    for line in weekly.lines(amara):
        assert line.what in page
        if line.count:
            assert f'href="{line.url}"' in page
    assert "Zed" not in page


def test_reminders_about_no_case_are_counted_once_until_they_are_answered(amara, sol, ruth):
    with event("find", by="the tests"):
        lack = Lack.objects.create(code="lack_keys", since=EIGHT)
        for person in (sol, ruth):
            Notice.objects.create(recipient=person, kind="lack", about=lack.pk, clock="lack_keys", sentence="lack_keys")
    Notice.objects.all().read()  # to have read it is no answer
    assert count(amara, "Reminders that nobody has answered") == 1
    lack.mend(by=WORKER, at=EIGHT + HOUR)
    assert count(amara, "Reminders that nobody has answered") == 0


def letters(at=EIGHT):
    mail.outbox.clear()
    waits.climb(at, weekly.WAITS)
    Notice.objects.exclude(kind="numbers").read()
    send_waiting(at + MINUTE)
    return {message.to[0].split("@")[0]: message.body for message in mail.outbox}


def test_the_seal_goes_to_whoever_answers_for_it_and_is_in_the_book(cast, report):
    report()
    book.seal()
    found = letters()
    assert len(found) == 3
    for body in found.values():
        [printed] = re.findall(r"^ +([0-9a-f]{64})$", body, re.MULTILINE)
        assert book.holds_seal(printed)


def test_before_the_first_seal_it_says_so(cast):
    assert all("has not been sealed yet" in body for body in letters().values())


def test_small_figures_are_not_in_the_mail_and_larger_ones_are(cast, report):
    at = [report(at=EIGHT - DAY).case.filed_at for _number in range(4)]
    assert at and all("Concerns reported: fewer than 5" in body for body in letters().values())
    report(at=EIGHT - DAY)
    for body in letters(EIGHT + 7 * DAY).values():
        assert "Concerns reported: 5" in body and "Open now: 5" in body and "Closed: 0" in body
        assert "Zed" not in body


def test_a_concern_about_the_chair_is_in_no_figure_of_any_of_the_three(cast, report, gwen):
    for _number in range(5):
        report(at=EIGHT - DAY)
    before = letters()
    report(about=gwen, at=EIGHT - DAY)
    after = letters(EIGHT + 7 * DAY)
    figures = [
        re.findall(r"^\w.*: (?:\d+|fewer than 5)$", body, re.MULTILINE) for body in (*before.values(), *after.values())
    ]
    assert figures[0] and all("Concerns reported: 5" in found for found in figures)
    assert len({tuple(found[:3]) for found in figures}) == 1
