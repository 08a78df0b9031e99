"""Each page about people, knocked at by each of the cast: it opens, or it is not there."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.people.models import Care, Carer, OnCall, Relationship

pytestmark = pytest.mark.django_db
CAST = ("sam", "leah", "amara", "tom", "ruth", "gwen", "sol")
EVERYBODY = set(CAST)
DSO_LINE = {"amara", "tom", "ruth"}
ADMINS = {"amara", "ruth", "gwen", "sol"}
KEEPERS = {"amara", "tom", "sol"}
MAKERS = {"leah"}  # works with the group


@pytest.fixture
def world(person, amara, tom, ruth, gwen, sol, sam, leah, group, young):
    """Somebody to look at, a group that Leah works with, a child in it, a slot to come."""
    hana = person("Hana Sato", "training", kind="volunteer")
    makers = group("Makers", leah)
    zed = young("Zed A", makers)
    with event("set up", by="the tests"):
        carer = Carer.objects.create(name="Kofi A", phone="01632 960 201")
        care = Care.objects.create(young_person=zed, carer=carer, relation="father")
        starts = now() + timedelta(days=1)
        slot = OnCall.objects.create(user=hana, phone="1", starts_at=starts, ends_at=starts + timedelta(hours=8))
    related = Relationship(user=hana)
    related.declare("family", named="Zed", by=hana)
    return {
        "hana": hana.pk,
        "post": hana.appointments.get().pk,
        "kind": hana.memberships.get().pk,
        "group": makers.pk,
        "worker": makers.workers.get().pk,
        "member": makers.members.get().pk,
        "zed": zed.pk,
        "care": care.pk,
        "slot": slot.pk,
        "related": related.pk,
    }


# page, what stands in its address, who opens it, who sees the record but may not take this step
PAGES = [
    ("people", (), {"tom"} | ADMINS, ()),
    ("invite", (), ADMINS, ()),
    ("person", ("hana",), {"tom"} | ADMINS, ()),
    ("details", ("hana",), ADMINS, {"tom"}),
    ("suspend", ("hana",), ADMINS, {"tom"}),
    ("restore", ("hana",), ADMINS, {"tom"}),
    ("leave", ("hana",), ADMINS, {"tom"}),
    ("come_back", ("hana",), ADMINS, {"tom"}),
    ("appoint", ("hana",), {"ruth", "gwen", "sol"}, {"amara", "tom"}),
    ("end_post", ("hana", "post"), {"ruth", "gwen", "sol"}, {"amara", "tom"}),
    ("add_membership", ("hana",), ADMINS, {"tom"}),
    ("end_membership", ("hana", "kind"), ADMINS, {"tom"}),
    ("rota", (), EVERYBODY, ()),
    ("add_slot", (), {"tom"} | ADMINS, ()),
    ("change_slot", ("slot",), {"tom"} | ADMINS, {"sam", "leah"}),
    ("away", (), EVERYBODY, ()),
    ("away_for", ("hana",), {"tom"} | ADMINS, ()),
    ("close_to_me", (), EVERYBODY, ()),
    ("declared", (), DSO_LINE, ()),
    ("link_relationship", ("related",), DSO_LINE, ()),
    ("young_people", (), DSO_LINE | {"sol"} | MAKERS, ()),
    ("add_young_person", (), KEEPERS, ()),
    ("young_person", ("zed",), DSO_LINE | {"sol"} | MAKERS, ()),
    ("change_young_person", ("zed",), KEEPERS, {"ruth", "leah"}),
    ("young_person_leaves", ("zed",), KEEPERS, {"ruth", "leah"}),
    ("young_person_comes_back", ("zed",), KEEPERS, {"ruth", "leah"}),
    ("add_carer", ("zed",), KEEPERS, {"ruth", "leah"}),
    ("link_carer", ("zed",), KEEPERS, {"ruth", "leah"}),
    ("change_carer", ("zed", "care"), KEEPERS, {"ruth", "leah"}),
    ("groups", (), DSO_LINE | {"sol"} | MAKERS, ()),
    ("add_group", (), KEEPERS, ()),
    ("group", ("group",), DSO_LINE | {"sol"} | MAKERS, ()),
    ("change_group", ("group",), KEEPERS, {"ruth", "leah"}),
    ("finish_group", ("group",), KEEPERS, {"ruth", "leah"}),
    ("add_member", ("group",), KEEPERS, {"ruth", "leah"}),
    ("end_member", ("group", "member"), KEEPERS, {"ruth", "leah"}),
    ("add_worker", ("group",), KEEPERS, {"ruth", "leah"}),
    ("end_worker", ("group", "worker"), KEEPERS, {"ruth", "leah"}),
]


def address(name, world, parts):
    return reverse(f"people:{name}", args=[world[part] for part in parts])


@pytest.mark.parametrize(("name", "parts", "opens", "told"), PAGES, ids=[page[0] for page in PAGES])
def test_a_page_opens_to_those_who_may_and_is_not_there_for_others(request, world, client, name, parts, opens, told):
    page = address(name, world, parts)
    assert client.get(page).status_code == 302  # to the sign-in page
    found = {}
    for who in CAST:
        client.force_login(request.getfixturevalue(who))
        found[who] = client.get(page).status_code
    assert found == {who: 200 if who in opens else 403 if who in told else 404 for who in CAST}


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("send_again", ("hana",)),
        ("back", ("hana",)),
        ("remove_slot", ("slot",)),
        ("end_relationship", ("related",)),
        ("unlink_carer", ("zed", "care")),
    ],
)
def test_a_step_without_a_page_of_its_own_is_only_posted(world, client, gwen, sam, name, parts):
    client.force_login(gwen)
    assert client.get(address(name, world, parts)).status_code == 405
    client.force_login(sam)
    before = Entry.objects.exclude(changes=None).count()
    assert client.post(address(name, world, parts)).status_code in (403, 404)
    assert Entry.objects.exclude(changes=None).count() == before


def test_somebody_elses_record_under_ones_own_address_is_not_there(world, client, ruth, amara):
    client.force_login(ruth)
    post_of_another = amara.appointments.get().pk
    assert client.get(reverse("people:end_post", args=[world["hana"], post_of_another])).status_code == 404


def test_reading_a_child_is_noted_and_no_title_carries_a_name(world, client, leah):
    client.force_login(leah)
    page = client.get(address("young_person", world, ("zed",))).content.decode()
    title = page[page.index("<title>") : page.index("</title>")]
    assert "Zed A" in page and "Zed" not in title
    assert Entry.objects.filter(verb="read", actor_name="Leah Osei", table_name="people_youngperson").exists()


def test_a_worker_sees_whom_to_ring_and_not_what_they_are_to_the_child(world, client, leah, amara):
    page = address("young_person", world, ("zed",))
    client.force_login(leah)
    seen = client.get(page).content.decode()
    assert "Kofi A" in seen and "01632 960 201" in seen and "father" not in seen and "Date of birth" not in seen
    client.force_login(amara)
    assert "father" in client.get(page).content.decode()


def test_a_worker_of_yesterday_sees_nobody(world, client, leah, ruth, amara):
    leah.groups_worked.get().end(date(2021, 1, 1), by=amara)
    client.force_login(leah)
    assert client.get(address("young_people", world, ())).status_code == 404
    assert client.get(address("young_person", world, ("zed",))).status_code == 404


def test_a_list_of_children_is_noted_by_record_once_a_quarter_of_an_hour(world, client, leah):
    client.force_login(leah)
    for _again in range(2):
        client.get(address("young_people", world, ()))
    (line,) = Entry.objects.filter(verb="list", table_name="young people")
    assert line.reason == world["zed"].hex


def test_relationships_stand_on_ones_own_page_and_before_the_dso_line_only(world, client, person, sol, amara):
    page, words = address("person", world, ("hana",)), b"People close to"
    for who, seen in ((sol, False), (amara, True)):
        client.force_login(who)
        assert (words in client.get(page).content) is seen


def test_people_are_found_by_part_of_a_name_and_by_account(person, sol, client):
    person("Amy Gone")
    client.force_login(sol)
    page = reverse("people:people")
    assert b"Amy Gone" in client.get(page, {"q": "amy"}).content
    assert b"Amy Gone" not in client.get(page, {"q": "zzz"}).content
    assert b"Amy Gone" not in client.get(page, {"status": "suspended"}).content
    for odd in ({"page": "x"}, {"page": "-1"}, {"status": "'"}, {"q": "%"}, {"q": "x" * 5000}):
        assert client.get(page, odd).status_code == 200
    assert client.get(page + "?q=%00").status_code == 400
