"""How far permission goes: each young person stands in one state of each use, and whoever is never shown in that alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from consent import coverage
from consent.models import NeverShown
from harmony.people.models import Group, GroupMember, YoungPerson

pytestmark = pytest.mark.django_db


@pytest.fixture
def seven(young, use, say, amara, sol):
    """One in each state of the website; all of them in one group."""
    website, today = use(), localdate()
    people = {state: young(state) for state in coverage.SAYS}
    say(people["given"], website, parent="yes", young="yes")
    say(people["ending"], website, parent="yes", young="yes", until=today + timedelta(days=9))
    say(people["refused"], website, parent="no")
    say(people["ended"], website, parent="yes", young="yes", at=now() - timedelta(days=500))
    say(people["waiting"], website, young="yes")
    say(people["never_shown"], website, parent="yes", young="yes")
    NeverShown(young_person=people["never_shown"]).flag("A court order", by=amara)
    group = Group()
    group.add("Tuesday Makers", "11-13", by=sol)
    for one in people.values():
        GroupMember(group=group, young_person=one).join(today, by=sol)
    return website, people, group


def test_each_stands_in_one_state_and_every_number_is_those_it_leads_to(client, seven, noor, leah, use):
    website, people, group = seven
    everybody = YoungPerson.objects.all()
    (of,) = coverage.by_use(everybody).values()
    assert of == {"given": 2, "ending": 1, "refused": 1, "ended": 1, "waiting": 1, "never_asked": 1, "never_shown": 1}
    assert sum(of.values()) - of["ending"] == len(people)
    for state, one in people.items():
        found = set(coverage.only(everybody, state, website))
        assert one in found and len(found) == of[state]
    assert coverage.by_group([group]) == {group: (7, {website.pk: 2})}
    by_person = coverage.by_person([one.pk for one in people.values()])
    assert by_person[people["never_shown"].pk] == {"never_shown": 1}
    assert by_person[people["never_asked"].pk] == {"never_asked": 1}
    client.force_login(noor)
    shown = client.get(reverse("consent:coverage"), {"group": group.pk}).content.decode()
    assert "1 of them is never to be shown" in shown and "waiting" not in shown.split("<main")[1].split("show=")[0]
    listed = client.get(reverse("consent:records"), {"show": "refused", "use": website.pk}).content.decode()
    assert ">refused<" in listed and ">given<" not in listed
    whole = client.get(reverse("consent:records")).content.decode()
    row = whole[whole.index(">never_shown<") :].split("</tr>")[0]
    assert "Never to be shown" in row and "1 of 1" not in row
    assert "2 of 7" in client.get(reverse("consent:coverage")).content.decode()
    client.force_login(leah)
    assert client.get(reverse("consent:coverage")).status_code == 404


@pytest.mark.parametrize("many", [1, 9])
def test_it_asks_the_same_however_many_there_are(
    client, many, young, use, agreed, noor, sol, django_assert_num_queries
):
    uses = [use(f"Purpose {number}", f"Channel {number}") for number in range(2)]
    groups = []
    for number in range(many):
        group = Group()
        group.add(f"Group {number}", "", by=sol)
        one = young(f"Young {number}")
        GroupMember(group=group, young_person=one).join(localdate(), by=sol)
        agreed(one, uses[0])
        groups.append(group)
    keys = list(YoungPerson.objects.values_list("pk", flat=True))
    with django_assert_num_queries(4 + 2 + 3):
        coverage.by_use(YoungPerson.objects.all())
        coverage.by_group(groups)
        coverage.by_person(keys)
