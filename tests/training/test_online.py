"""Online safety with young people and parents: the log, which group heard about what, and the library (S16, S17)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate, now

from harmony.audit.events import event
from harmony.audit.transitions import Refused
from harmony.documents.making import fingerprint
from harmony.documents.models import Export
from harmony.people.models import Group
from training import delivery
from training.documents import online
from training.models import Audience, Online, Present, Resource, Talk

from .test_pages import boxes, page

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


@pytest.fixture
def talked(amara):
    def hold(group, *topics, ago=0, audience="young", present=7, people=(), at=None):
        at = at or now()
        one = Talk(group=group)
        one.hold(
            audience, topics or ("help",), localdate(at) - ago * A_DAY, present, amara, False, people, by=amara, at=at
        )
        return one

    return hold


def cell(group, topic, audience=Audience.YOUNG, on=None):
    return delivery.Year(delivery.told(), on or localdate()).heard(group.pk, audience, topic)


def test_a_session_is_written_down_by_whoever_works_with_the_group(client, makers, leah, sam):
    told = {"audience": "young", "topics": ["help", "contact"], "led_by": leah.pk, "present": "8"}
    told |= boxes("held_on", localdate())
    client.force_login(sam)
    assert "Not yet" in client.get(page("online")).content.decode()
    assert "Write down" not in client.get(page("talks", makers.pk)).content.decode()
    assert client.post(page("add_talk", makers.pk), told).status_code == 403
    client.force_login(leah)
    assert client.post(page("add_talk", makers.pk), told).status_code == 302
    shown = client.get(page("talks", makers.pk)).content.decode()
    assert "8 young people came." in shown and "Leah Osei led it." in shown
    shown = client.get(page("online")).content.decode()
    assert "1 time" in shown and "1 group has gaps" in shown and "5 gaps" in shown


def test_bad_answers_get_a_sentence_and_keep_what_was_typed(client, makers, zed, leah):
    client.force_login(leah)
    told = {"audience": "young", "topics": ["help"], "led_by": leah.pk, "present": ""} | boxes("held_on", localdate())
    assert "Write how many came." in client.post(page("add_talk", makers.pk), told).content.decode()
    parents = told | {"audience": "parents", "people": [zed.pk]}
    assert "write only how many came" in client.post(page("add_talk", makers.pk), parents).content.decode()
    again = client.post(page("add_talk", makers.pk), told | {"topics": [], "present": "many"}).content.decode()
    assert "Tick at least one." in again and "Write a whole number" in again and 'value="many"' in again
    assert not Talk.objects.exists()


def test_names_stand_only_where_the_list_was_ticked_and_for_those_who_see_them(client, makers, zed, leah, sam, amara):
    client.force_login(leah)
    told = {"audience": "young", "topics": ["help"], "led_by": leah.pk, "people": [zed.pk]}
    assert client.post(page("add_talk", makers.pk), told | boxes("held_on", localdate())).status_code == 302
    one = Talk.objects.get()
    assert one.present == 1 and one.ticked.get().young_person == zed
    assert "Zed A" in client.get(page("talk", one.pk)).content.decode()
    client.force_login(sam)
    shown = client.get(page("talk", one.pk)).content.decode()
    assert "Zed" not in shown and "1 whom you do not see." in shown


def test_the_database_keeps_parents_unnamed_and_words_as_they_were(talked, makers, zed, amara):
    evening = talked(makers, audience="parents")
    with pytest.raises(IntegrityError, match="only how many came"), transaction.atomic():
        Present(talk=evening, young_person=zed).tick(by=amara)
    with pytest.raises(IntegrityError, match="stays"), event("try", by="the tests"), transaction.atomic():
        Talk.objects.update(present=99)
    with pytest.raises(IntegrityError), transaction.atomic():
        talked(None, audience="young")
    with pytest.raises(Refused, match="not come yet"):
        talked(makers, ago=-1)


def test_a_year_counts_and_what_was_struck_out_does_not(client, talked, makers, amara, sam, leah):
    old, new = talked(makers, "help", ago=365), talked(makers, "contact", ago=364)
    assert cell(makers, Online.HELP).gap and cell(makers, Online.CONTACT).times == 1
    assert cell(makers, Online.HELP, on=localdate() - A_DAY) == (1, old.held_on)
    with pytest.raises(PermissionDenied):
        new.strike_out(by=sam, why="No")
    client.force_login(amara)
    assert client.post(page("strike_talk", new.pk), {"why": "It was cancelled."}).status_code == 302
    assert "It counts for nothing." in client.get(page("talk", new.pk)).content.decode()
    assert cell(makers, Online.CONTACT).gap


def test_what_all_parents_were_told_counts_for_each_group(client, talked, makers, amara, sam):
    client.force_login(sam)
    assert client.get(page("add_talk_for_all")).status_code == 404
    client.force_login(amara)
    told = {"topics": ["pictures"], "led_by": amara.pk, "present": "20"} | boxes("held_on", localdate())
    assert client.post(page("add_talk_for_all"), told).status_code == 302
    assert "20 parents and carers came." in client.get(page("talks_for_all")).content.decode()
    assert cell(makers, Online.PICTURES, Audience.PARENTS).times == 1
    assert cell(makers, Online.PICTURES).gap


def test_groups_with_most_gaps_come_first_and_so_do_topics(talked, makers, sol):
    other = Group()
    other.add("Arts", "", by=sol)
    talked(other, *[topic for topic in Online if topic != Online.HELP])
    talked(makers, *[topic for topic in Online if topic not in (Online.HELP, Online.CONTENT)])
    rows = delivery.Year(delivery.told(), localdate()).rows(Audience.YOUNG)
    assert [(name, delivery.gaps(cells)) for _key, name, cells in rows] == [("Makers", 2), ("Arts", 1)]
    assert delivery.worst_first(rows)[:2] == [Online.HELP, Online.CONTENT]


def test_a_paper_of_a_day_gone_by_has_the_rows_of_the_one_made_that_day(organisation, talked, makers, amara, sol):
    at = now()
    first = talked(makers, "help", ago=2, at=at)
    that_day = online(organisation, Export(until=localdate(at)), at)
    later = at + 3 * A_DAY
    talked(makers, "contact", ago=6, at=later)  # it was held by then, and nobody had written it down
    first.strike_out(by=amara, at=later, why="Another group.")
    makers.change("Tuesday Makers", "11-13", by=sol, at=later)
    Group().add("Arts", "", by=sol, at=later)
    again = online(organisation, Export(until=localdate(at)), later)
    assert again["tables"] == that_day["tables"] and fingerprint(again) == fingerprint(that_day)
    now_known = online(organisation, Export(until=localdate(later)), later)
    assert fingerprint(now_known) != fingerprint(that_day) and "Tuesday Makers" in str(now_known)


def test_the_page_of_a_day_gone_by_says_what_it_said(client, talked, makers, amara):
    talked(makers, "help", ago=9)
    client.force_login(amara)
    then = boxes("day", localdate() - 5 * A_DAY)
    assert "1 time" not in client.get(page("online"), then).content.decode()
    assert "1 time" in client.get(page("online"), then | {"known": "now"}).content.decode()


@pytest.mark.needs("Pango")
def test_it_becomes_a_pdf_for_those_who_count(client, organisation, talked, makers, gwen, sam):
    from harmony.documents.making import make_waiting

    talked(makers, "help")
    told = {"purpose": "trustees", "purpose_words": "They meet in May."} | boxes("until", localdate())
    address = reverse("documents:ask", args=["online-safety", organisation.pk])
    client.force_login(sam)
    assert client.post(address, told).status_code == 404
    client.force_login(gwen)
    assert client.post(address, told).status_code == 302
    assert make_waiting() == 1 and Export.objects.get().status == "ready"


def test_the_library_is_by_age_and_topic_and_looked_at_again(client, amara, sam):
    far = boxes("check_on", localdate() + 200 * A_DAY)
    told = {"title": "Cards", "audience": "young", "youngest": "11", "oldest": "14", "topics": ["help"]} | far
    client.force_login(sam)
    assert client.post(page("add_resource"), told).status_code == 404
    client.force_login(amara)
    for wrong, says in (
        ({}, "one of the two"),
        ({"address": "https://a.example.org", "words": "Ours"}, "one of the two"),
        ({"address": "http://a.example.org"}, "Write a full address"),
        ({"address": "javascript:alert(1)"}, "Write a full address"),
        ({"words": "Ours", "oldest": "9"}, "younger than the age it begins with"),
        ({"words": "Ours"} | boxes("check_on", localdate() + 400 * A_DAY), "A year is the longest."),
        ({"words": "Ours"} | boxes("check_on", localdate()), "later day"),
    ):
        assert says in client.post(page("add_resource"), told | wrong).content.decode(), wrong
    assert client.post(page("add_resource"), told | {"address": "https://cards.example.org"}).status_code == 302
    one = Resource.objects.get()
    client.force_login(sam)
    for asked, found in (
        ({"age": "12"}, True),
        ({"age": "15"}, False),
        ({"topic": "help"}, True),
        ({"topic": "content"}, False),
    ):
        assert ("Cards" in client.get(page("library"), asked).content.decode()) is found, asked
    assert "Nothing here is for that." in client.get(page("library"), {"age": "15"}).content.decode()
    assert client.get(page("library"), {"age": "x"}).status_code == 200
    assert list(Resource.objects.to_check(one.check_on)) == [one]
    client.force_login(amara)
    assert client.post(page("check_resource", one.pk), boxes("check_on", localdate() + 300 * A_DAY)).status_code == 302
    assert not Resource.objects.to_check(one.check_on).exists()
    assert client.post(page("end_resource", one.pk)).status_code == 302
    assert "Nothing is in the library yet." in client.get(page("library")).content.decode()


def test_many_groups_take_as_many_queries_as_few(client, talked, makers, sol, amara, django_assert_max_num_queries):
    client.force_login(amara)
    client.get(page("online"))
    with django_assert_max_num_queries(30) as few:
        client.get(page("online"))
    for number in range(9):
        group = Group()
        group.add(f"Group {number}", "", by=sol)
        talked(group, "help", ago=number)
    with django_assert_max_num_queries(30) as many:
        client.get(page("online"))
    assert len(few) == len(many)
