"""Who answers now: never somebody away, suspended or gone, and never whoever a concern is about."""

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import localtime

from harmony.audit.events import event
from harmony.people import rota
from harmony.people.models import Away, OnCall

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 11, 27, 12, tzinfo=LONDON)  # a Friday
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def line(person):
    """DSO, deputy and lead, each with a phone."""
    return (
        person("Amara Okafor", "dso", phone="1"),
        person("Tom Ellery", "deputy", phone="2"),
        person("Ruth Hale", "lead", phone="3"),
    )


@pytest.fixture
def slot(db):
    def make(user, since, until, phone="duty"):
        with event("add", by="the tests"):
            return OnCall.objects.create(user=user, phone=phone, starts_at=since, ends_at=until)

    return make


def away(user, cover=None, since=NOON - HOUR, until=NOON + HOUR, by=None):
    absence = Away(user=user)
    absence.say(until, cover, starts_at=since, by=by or user)
    return absence


def answers(at=NOON, without=()):
    return [(reach.user.name, reach.role, reach.phone) for reach in rota.reachable(at, without)]


def names(at=NOON, without=()):
    return [name for name, _role, _phone in answers(at, without)]


def test_on_call_comes_first_then_the_line_in_its_order(line, person, slot):
    slot(person("Priya Nair", phone="9"), NOON - HOUR, NOON + HOUR)
    assert names() == ["Priya Nair", "Amara Okafor", "Tom Ellery", "Ruth Hale"]
    assert answers()[0] == ("Priya Nair", "on call now", "duty")
    assert names(NOON + HOUR) == ["Amara Okafor", "Tom Ellery", "Ruth Hale"]


def test_whoever_is_on_call_and_holds_a_post_is_named_once_with_the_duty_phone(line, slot):
    amara, *_ = line
    slot(amara, NOON - HOUR, NOON + HOUR)
    assert answers()[0][2] == "duty"
    assert names() == ["Amara Okafor", "Tom Ellery", "Ruth Hale"]


def test_whoever_is_away_gives_way_to_their_cover_with_the_covers_own_phone(line, person):
    amara, *_ = line
    away(amara, cover=person("Leah Osei", phone="8"))
    assert answers()[0] == ("Leah Osei", "standing in for Amara Okafor", "8")
    assert "Amara Okafor" not in names()


def test_without_cover_the_lead_answers(line, slot):
    _amara, tom, _ruth = line
    slot(tom, NOON - HOUR, NOON + DAY)
    away(tom)
    assert answers()[0] == ("Ruth Hale", "standing in for Tom Ellery", "3")
    assert rota.on_call(NOON)[0].until == NOON + HOUR  # until Tom is back, not until the slot ends
    assert rota.on_call(NOON + HOUR)[0].user == tom


def test_a_cover_who_is_away_too_hands_on_and_a_circle_ends_with_the_lead(line):
    amara, tom, _ruth = line
    away(amara, cover=tom)
    away(tom, cover=amara)
    assert names() == ["Ruth Hale"]


def test_a_cover_who_cannot_answer_is_not_offered(line, person, ruth_by=None):
    amara, tom, ruth = line
    gone, mute = person("Ed Marsh", phone="7"), person("Hana Sato")
    away(amara, cover=gone)
    gone.leave(NOON.date(), by=ruth, why="Moved house")
    assert names() == ["Ruth Hale", "Tom Ellery"]
    away(tom, cover=mute)
    assert names() == ["Ruth Hale"]


def test_the_suspended_and_those_who_left_are_never_rung(line, slot):
    _amara, tom, ruth = line
    slot(tom, NOON - HOUR, NOON + DAY)
    tom.suspend(by=ruth, why="A lost laptop")
    assert names() == ["Amara Okafor", "Ruth Hale"] and rota.on_call(NOON) == []


def test_whoever_a_concern_is_about_is_neither_rung_nor_named(line, person, slot):
    amara, _tom, ruth = line
    slot(amara, NOON - HOUR, NOON + HOUR)
    away(amara, cover=person("Leah Osei", phone="8"))
    assert "Amara Okafor" not in str(answers(without=[amara]))
    assert names(without=[amara]) == ["Tom Ellery", "Ruth Hale"]
    assert names(without=[ruth])[0] == "Leah Osei"
    assert names(without=line) == []


def test_somebody_without_a_phone_cannot_be_rung(person):
    person("Amara Okafor", "dso")
    assert answers() == []


def test_a_post_counts_from_its_first_day_to_its_last(line, person):
    amara, _tom, ruth = line
    amara.appointments.get().end(NOON.date(), by=ruth)
    assert "Amara Okafor" in names() and "Amara Okafor" not in names(NOON + DAY)


def test_back_early_is_back_at_once(line):
    amara, *_ = line
    absence = away(amara)
    absence.come_back(by=amara, at=NOON)
    assert names()[0] == "Amara Okafor"
    later = away(amara, since=NOON + DAY, until=NOON + 2 * DAY)
    later.come_back(by=amara, at=NOON)
    assert names(NOON + DAY + HOUR)[0] == "Amara Okafor"


def test_one_says_away_for_oneself_or_keeps_the_rota(line, person):
    amara, tom, _ruth = line
    with pytest.raises(PermissionDenied):
        away(amara, by=person("Sam"))
    away(amara, by=tom)
    assert Away.objects.count() == 1


def test_asking_who_answers_costs_three_queries(line, person, slot, django_assert_num_queries):
    for number in range(5):
        slot(person(f"Worker {number}", phone="9"), NOON - HOUR, NOON + HOUR)
    away(line[0], cover=line[1])
    with django_assert_num_queries(3):
        assert len(rota.reachable(NOON)) == 7


def test_gaps_are_exactly_the_times_without_a_slot(line, slot):
    amara, tom, _ruth = line
    slot(amara, NOON - HOUR, NOON + HOUR)
    slot(tom, NOON + 3 * HOUR, NOON + DAY)
    found = rota.gaps(NOON, NOON + 2 * DAY)
    assert [(gap.since, gap.until) for gap in found] == [
        (NOON + HOUR, NOON + 3 * HOUR),
        (NOON + DAY, NOON + 2 * DAY),
    ]


def test_a_gap_knows_whether_we_are_open_in_it(line, slot):
    slot(line[0], NOON, NOON + 5 * HOUR)  # Friday until 17:00
    slot(line[0], NOON + 3 * DAY - 2 * HOUR, NOON + 4 * DAY)  # Monday from 10:00
    (weekend,) = rota.gaps(NOON, NOON + 3 * DAY, "Mon-Fri 10:00-17:00")
    assert not weekend.while_open
    (weekend,) = rota.gaps(NOON, NOON + 3 * DAY, "Mon-Fri 09:00-17:00")
    assert weekend.while_open


def test_a_slot_whose_holder_is_away_with_nobody_to_stand_in_is_a_gap(person, slot):
    amara = person("Amara Okafor", "dso", phone="1")
    slot(amara, NOON, NOON + DAY)
    away(amara, since=NOON + HOUR, until=NOON + 2 * HOUR)
    (gap,) = rota.gaps(NOON, NOON + DAY)
    assert (gap.since, gap.until) == (NOON + HOUR, NOON + 2 * HOUR)


def test_gaps_neither_overlap_nor_touch(line, slot):
    for hours in (1, 5, 9, 30):
        slot(line[0], NOON + hours * HOUR, NOON + (hours + 2) * HOUR)
    found = rota.gaps(NOON, NOON + 3 * DAY)
    assert all(before.until < after.since for before, after in pairwise(found))
    assert all(not rota.on_call(gap.since) for gap in found)


def test_cover_is_when_one_of_these_people_answers(line, slot):
    amara, tom, ruth = line
    slot(amara, NOON, NOON + 2 * HOUR)
    slot(tom, NOON + 2 * HOUR, NOON + 5 * HOUR)
    slot(ruth, NOON + 6 * HOUR, NOON + DAY)
    away(tom, cover=amara, since=NOON + 4 * HOUR, until=NOON + 5 * HOUR)
    read = rota.Rota(NOON, NOON + 3 * HOUR + DAY)

    def cover(*of):
        return [((since - NOON) / HOUR, (until - NOON) / HOUR) for since, until in read.cover(NOON, NOON + DAY, of)]

    assert cover(amara, tom) == [(0, 5)]
    assert cover(amara) == [(0, 2), (4, 5)]
    assert cover(tom) == [(2, 4)]
    assert cover(ruth) == [(6, 24)]
    assert cover() == []


# away, in one tap


@pytest.fixture
def rung(person):
    """A DSO on her phone and a senior lead on his."""
    amara = person("Amara Okafor", "dso", phone="01632 960 101")
    return amara, person("Ruth Hale", "lead", phone="01632 960 103")


def test_one_tap_on_the_first_page_says_away_and_who_is_rung_and_another_says_back(client, organisation, rung):
    amara, ruth = rung
    client.force_login(amara)
    page = client.get("/").content.decode()
    assert "Ruth Hale is rung first: standing in for Amara Okafor, 01632 960 103." in page
    assert reverse("people:away_now") in page and reverse("people:back", args=[amara.pk]) not in page
    for _twice in range(2):
        page = client.post(reverse("people:away_now"), follow=True).content.decode()
        assert "You are away until" in page and "Ruth Hale is rung first" in page
    (absence,) = Away.objects.all()
    assert (absence.user, absence.cover, localtime(absence.ends_at).hour) == (amara, None, 9)
    assert absence.ends_at - absence.starts_at <= timedelta(hours=33)
    assert [reach.user for reach in rota.reachable()] == [ruth]
    assert reverse("people:back", args=[amara.pk]) in page and reverse("people:away_now") not in page
    page = client.post(reverse("people:back", args=[amara.pk]), follow=True).content.decode()
    assert "You are rung again." in page and reverse("people:away_now") in page
    assert rota.reachable()[0].user == amara


def test_whoever_is_not_rung_is_not_asked_on_the_first_page(client, organisation, rung, sol):
    client.force_login(sol)
    assert reverse("people:away_now") not in client.get("/").content.decode()
    assert reverse("people:away_now") in client.get(reverse("people:rota")).content.decode()


def test_the_last_one_who_goes_is_told_that_nobody_is_left(client, organisation, rung):
    amara, ruth = rung
    for user, says in ((ruth, "Amara Okafor is rung first"), (amara, "Nobody else of us can be rung.")):
        client.force_login(user)
        assert says in client.post(reverse("people:away_now"), follow=True).content.decode()
    assert rota.reachable() == []


def test_away_in_one_tap_is_posted_by_whoever_works_here(client, organisation, rung, person):
    client.force_login(rung[0])
    assert client.get(reverse("people:away_now")).status_code == 405
    client.force_login(person("Ada Lund", kind="learner"))
    assert client.post(reverse("people:away_now")).status_code == 404
    assert not Away.objects.exists()
