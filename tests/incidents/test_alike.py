"""Seen before: what stands in another case is shown to whoever may see both, and told above where somebody may not."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.notifications.models import Notice
from harmony.people.models import Group, GroupMember, YoungPerson
from incidents.alike import SAYS, alike
from incidents.models import Case

pytestmark = pytest.mark.django_db
NOBODY = {"part": "affected", "name": "", "handle": "", "age": "", "notes": "", "young_person": None}


@pytest.fixture
def filed(report):
    """filed(facts="…"): a case, as the database has it. Each about another child."""

    def make(**words):
        return Case.objects.get(pk=report(**{"who": "a boy"} | words).case_id)

    return make


@pytest.fixture
def child():
    def make(name, group=None):
        with event("join", by="the tests"):
            young = YoungPerson.objects.create(name=name)
            if group:
                GroupMember.objects.create(young_person=young, group=group, starts_on=date(2020, 1, 1))
        return young

    return make


def told():
    rows = Notice.objects.filter(clock="alike").select_related("recipient")
    return sorted((one.recipient.name, one.about) for one in rows)


def same(case, other):
    return alike(case, Case.objects.all()).get(other.pk, [])


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"handle": "@Jordan_2011"}, {"handle": "Snapchat: jordan_2011"}, ["username"]),
        ({"handle": "snapchat Jordan_2011"}, {"handle": "snapchat mia.k9"}, []),
        ({"who": "Zed Abbott (12)"}, {"who": "ZED ABBOTT, maybe 13"}, []),  # more than a name: nobody can say whose
        ({"who": "Zed Abbott (12)"}, {"who": "Abbott Zed"}, ["name"]),
        ({"others": '[{"name": "Chloë Vane"}]'}, {"who": "chloe vane"}, ["name"]),
        ({"who": "Zed"}, {"who": "Zed"}, []),
        ({"platform": "Snapchat"}, {"platform": "snapchat, at night"}, ["app"]),
        ({"facts": "jordan_2011 Zed Abbott"}, {"handle": "jordan_2011", "who": "Zed Abbott"}, []),
    ],
)
def test_what_counts_as_the_same(filed, amara, first, second, expected):
    first, second = filed(**first), filed(**second)
    assert same(second, first) == expected
    assert told() == []  # everybody who works the one sees the other


def test_the_same_record_and_the_same_group(filed, amara, child):
    with event("begin", by="the tests"):
        group = Group.objects.create(name="Climbers")
    zed, mia = child("Zed", group), child("Mia", group)
    first, second, third = filed(), filed(), filed()
    for case, young in ((first, zed), (second, zed), (third, mia)):
        case.add_person(by=amara, **(NOBODY | {"name": "Z", "young_person": young}))
    assert same(first, second) == ["person", "group"]
    assert same(first, third) == ["group"]
    with event("age", by="the tests"):
        Case.objects.update(filed_at=now() - timedelta(days=91))
    assert same(first, second) == ["person"]
    assert same(first, third) == []


def test_a_colleague_who_was_let_in_again_is_not_the_same(filed, amara, tom, leah):
    first, second = filed(), filed()
    for case in (first, second):
        case.recuse(leah, by=amara, why="It is about her")
    assert same(first, second) == same(second, first) == ["colleague"]
    second.ask_to_let_in(leah, by=amara, why="It was another one")
    second.let_in(leah, by=tom)
    assert same(first, second) == same(second, first) == []


def test_the_page_shows_it_to_whoever_may_see_both(filed, sign_in, amara):
    first, second = filed(handle="jordan_2011"), filed(handle="jordan_2011")
    page = sign_in(amara).get(f"/cases/{second.pk}/people/").content.decode()
    assert first.reference in page and str(SAYS["username"]) in page
    assert [line.verb for line in Entry.objects.filter(table_name="cases with the same people")] == ["list"]


def test_whoever_may_not_see_the_other_learns_nothing_and_somebody_above_does(filed, sign_in, amara, tom, ruth):
    """The DSO works a case with a username that stands in a concern about the DSO."""
    hidden = filed(about=amara, author=tom, handle="jordan_2011")
    plain = filed(handle="@jordan_2011")
    assert told() == [("Ruth Hale", hidden.pk)]  # who sees that one, and asks
    page = sign_in(amara).get(f"/cases/{plain.pk}/people/").content.decode()
    assert "Seen before" not in page and hidden.reference not in page
    assert not Entry.objects.filter(root=plain.root.hex, table_name="notifications_notice", changes__contains="alike")
    assert "alike" not in "".join(Entry.objects.filter(root=hidden.root.hex).values_list("changes", flat=True))


def test_the_next_one_up_who_may_see_both_is_told_once(filed, amara, tom, ruth):
    hidden = filed(about=tom, handle="jordan_2011")  # a worker's case: lead and DSO see it
    plain = filed(handle="jordan_2011")
    assert told() == [("Amara Okafor", plain.pk)]  # no lead sees a child's case, the DSO works both
    plain.add_person(by=amara, **(NOBODY | {"name": "J", "handle": "jordan_2011"}))
    person = plain.people.get()
    plain.change_person(person, person.changed_at, by=amara, why="More", **(NOBODY | {"handle": "jordan_2011"}))
    assert told() == [("Amara Okafor", plain.pk)]
    with event("open", by="the tests"):
        Case.objects.filter(pk=plain.pk).update(escalated_to="lead")
    other = filed(about=tom, handle="jordan_2011")
    assert told() == sorted([("Amara Okafor", plain.pk), ("Ruth Hale", other.pk)])
    assert hidden.pk != other.pk


def test_nobody_is_told_of_an_app_alone(filed, amara, tom, ruth):
    filed(about=tom, platform="Snapchat")
    filed(platform="Snapchat")
    assert told() == []


def test_a_page_costs_the_same_however_many_cases_are_alike(organisation, filed, sign_in, amara):
    client, taken, cases = sign_in(amara), [], []
    for size in (2, 4, 25):
        cases += [filed(handle="jordan_2011") for _number in range(len(cases), size)]
        client.get(f"/cases/{cases[0].pk}/people/")
        with CaptureQueriesContext(connection) as queries:
            shown = client.get(f"/cases/{cases[0].pk}/people/").context["before"]
        assert len(shown) == min(size - 1, 20)
        taken.append(len(queries))
    assert len(set(taken)) == 1, taken
