"""Patterns: what comes up more often, of what the reader may open, with no figure under five."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from harmony.audit.events import event
from harmony.people.models import Group, GroupMember, YoungPerson
from incidents.models import Case
from incidents.trends import Trends

from .conftest import AT, DAY, WEIGHED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
WEEK = 7 * DAY
WHEN = {"network": "other"}


@pytest.fixture
def filed(report, amara):
    """filed(5, weeks_ago=2, kind="CT-GROOM"): so many cases, weighed by Amara."""

    def make(count, weeks_ago=2, platform="", about=(), **weighed):
        made = []
        for _number in range(count):
            at = AT - weeks_ago * WEEK
            case = report(at=at, platform=platform, about=about, **WHEN).case
            case.triage(**WEIGHED | weighed, by=amara, at=at)
            made.append(case)
        return made

    return make


def part(trends, title):
    return next(one for one in trends.parts if one.title == title)


def test_what_comes_more_often_is_said_in_words_and_small_figures_stand_together(filed, amara):
    filed(5, kind="ON-BULLY", platform="snapchat")
    filed(3, kind="CT-GROOM", caused_by="stranger", platform="Snapchat and Roblox")
    filed(2, kind="RAD", caused_by="group")
    filed(2, weeks_ago=20, kind="ON-BULLY", platform="Snapchat")
    filed(4, weeks_ago=20, kind="RAD", caused_by="group")
    filed(9, weeks_ago=40, kind="RAD", caused_by="group")  # longer ago than counts
    filed(1, weeks_ago=0, kind="RAD", caused_by="group")  # this week is not over
    trends = Trends.of(amara, AT)
    assert trends.rises == [
        "Bullying online: at least twice as often as in the twelve weeks before.",
        "Grooming online: several times in the last twelve weeks, and not once in the twelve before.",
        "Snapchat: at least twice as often as in the twelve weeks before.",
        "Roblox: several times in the last twelve weeks, and not once in the twelve before.",
    ]
    assert part(trends, "Kind of concern").rows == [["Online: conduct", "5"], ["All others together", "5"]]
    assert part(trends, "App, game or site").rows == [["Snapchat", "8"], ["Roblox", "Fewer than 5"]]
    assert [bar.says for bar in trends.chart.bars] == ["0", "6", "0", "0", "0", "10"]
    assert trends.until == "Sunday 22 November 2026"


def test_a_case_belongs_to_the_groups_its_young_people_were_in_then(filed, amara, person):
    zed = YoungPerson()
    zed.add("Zed A", "", date(2014, 1, 1), YoungPerson.Kind.YOUNG_PERSON, by=amara)
    with event("seed", by="the tests"):
        makers, studio = (Group.objects.create(name=name) for name in ("Makers", "Studio"))
        GroupMember.objects.create(young_person=zed, group=makers, starts_on=date(2020, 1, 1))
        GroupMember.objects.create(
            young_person=zed, group=studio, starts_on=date(2020, 1, 1), ends_on=(AT - 5 * WEEK).date()
        )
    for case in filed(5):
        case.add_person(part="affected", name="Zed A", handle="", age="12", notes="", young_person=zed, by=amara, at=AT)
    assert part(Trends.of(amara, AT), "Group").rows == [["Makers", "5"]]


def test_only_what_the_reader_may_open_and_nothing_that_is_kept_apart(filed, amara, tom, ruth, sign_in, sam):
    filed(5, kind="ON-BULLY")
    for case in Case.objects.all()[:1]:
        case.recuse(tom, by=amara, why="It is his nephew.")
    for one in (amara, tom):  # alike for both, or the two figures side by side would tell
        assert part(Trends.of(one, AT), "Kind of concern").rows == [["All together", "Fewer than 5"]]
    assert Trends.of(sam, AT).rises == []
    for one, status in ((amara, 200), (tom, 200), (ruth, 404), (sam, 404)):
        assert sign_in(one).get(reverse("incidents:trends")).status_code == status


def test_it_takes_as_many_queries_for_forty_as_for_four(filed, amara):
    taken = []
    for count in (4, 16):
        filed(count, platform="Discord")
        with CaptureQueriesContext(connection) as queries:
            Trends.of(amara, AT)
        taken.append(len(queries))
    assert taken[0] == taken[1]
