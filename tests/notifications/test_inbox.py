"""The inbox: what waits for me, and nothing of what I may not see. And whom to ring when no message gets through."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.notifications import inbox
from harmony.notifications.models import Delivery, Notice, QuietHours
from harmony.organisation.models import HelpContact
from incidents.models import Recusal
from tests.clients import same_as_missing

pytestmark = pytest.mark.django_db
INBOX = "/inbox/"


@pytest.fixture
def signed_in(client):
    def come_in(user):
        client.force_login(user)
        return client

    return come_in


@pytest.fixture
def out(case):
    def recuse(user):
        with event("recuse", by="the chair", about=case):
            Recusal.objects.create(case=case, user=user)

    return recuse


def test_a_sentence_and_the_way_to_the_page(organisation, signed_in, told, amara, case):
    told(amara, urgent=True, due=now() + timedelta(minutes=30))
    page = signed_in(amara).get(INBOX).text
    assert "1 message waits for you" in page
    assert "A case needs you by " in page
    assert "Urgent" in page
    assert f'href="{case.get_absolute_url()}"' in page
    page = re.sub(r'value="[^"]*"', "", page)  # a form's token is random, and may hold two letters by chance
    for word in ("Zed", "ZA", "bruise", case.reference):
        assert word not in page


def test_the_menu_counts_what_waits(organisation, signed_in, told, amara, tom):
    told(amara)
    told(amara, rung=1)
    told(tom)
    assert inbox.unread(amara) == 2
    assert inbox.unread(tom) == 1
    assert '<span class="badge-n" aria-hidden="true">2</span>' in signed_in(amara).get("/").text


def test_a_read_message_waits_no_more_and_stays(organisation, signed_in, told, amara):
    notice = told(amara)
    before = Entry.objects.count()
    page = signed_in(amara).post(reverse("notifications:read", args=[notice.pk]), follow=True).text
    assert "A case needs you now." in page
    assert "Mark as read" not in page
    assert inbox.unread(amara) == 0
    assert Entry.objects.exclude(verb__startswith="sign in").count() == before


def test_all_at_once(organisation, signed_in, told, amara, tom):
    for rung in range(3):
        told(amara, tom, rung=rung)
    signed_in(amara).post(reverse("notifications:read_all"))
    assert inbox.unread(amara) == 0
    assert inbox.unread(tom) == 3


def test_what_was_answered_says_so_and_waits_no_more(organisation, signed_in, told, amara, case):
    told(amara, urgent=True, due=now() - timedelta(minutes=30))
    assert "It was due at" in signed_in(amara).get(INBOX).text
    with event("acknowledge", by=amara, about=case):
        Notice.objects.of(case, "read").stop()
    page = signed_in(amara).get(INBOX).text
    assert "Answered" in page
    assert "Urgent" not in page
    assert inbox.unread(amara) == 0


def test_nothing_is_left_of_a_case_one_is_kept_out_of(organisation, signed_in, told, amara, out):
    notice = told(amara)
    assert signed_in(amara).get(INBOX).text.count("A case needs you") > 0
    out(amara)
    page = signed_in(amara).get(INBOX).text
    assert "No message for you" in page
    assert inbox.unread(amara) == 0
    assert signed_in(amara).post(reverse("notifications:read", args=[notice.pk])).status_code == 404
    assert Notice.objects.get().read_at is None


def test_somebody_elses_message_answers_as_if_it_were_not(organisation, signed_in, told, amara, tom):
    notice = told(amara)
    address = reverse("notifications:read", args=[notice.pk])
    missing = reverse("notifications:read", args=[organisation.pk])
    client = signed_in(tom)
    assert same_as_missing(client, address, missing) is False  # a GET is refused before anything is looked up
    assert same_as_missing(client, address, missing, method="post")


def test_an_empty_inbox_says_so(organisation, signed_in, sam):
    page = signed_in(sam).get(INBOX).text
    assert "No message for you" in page
    assert "phone" not in page.lower().split("<main")[1].split("</main")[0]


def test_a_page_has_twenty_five(organisation, signed_in, told, amara):
    for rung in range(27):
        told(amara, rung=rung)
    client = signed_in(amara)
    assert client.get(INBOX).text.count("A case needs you now.</strong>") == 25
    assert client.get(INBOX + "?page=2").text.count("A case needs you now.</strong>") == 2


def test_a_full_page_costs_the_queries_of_a_short_one(organisation, signed_in, told, amara, report):
    client = signed_in(amara)
    told(amara)
    client.get(INBOX)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(INBOX).status_code == 200
        return len(queries)

    few = asked()
    for _number in range(20):
        told(amara, about=report().case)
    assert asked() == few


def test_counting_is_two_queries_and_one_when_nothing_waits(
    organisation, told, amara, report, django_assert_num_queries
):
    amara.holds("dso")  # known once a page
    with django_assert_num_queries(1):
        assert inbox.unread(amara) == 0
    told(amara)
    told(amara, about=report().case)
    with django_assert_num_queries(2):
        assert inbox.unread(amara) == 2


def test_while_every_message_gets_out_a_page_asks_once(organisation, told, amara, django_assert_num_queries):
    told(amara)
    with django_assert_num_queries(1):
        assert inbox.trouble(amara) == inbox.Trouble()


def test_lines_that_are_open_stand_where_nobody_answered(organisation, signed_in, told, report, sam):
    with event("begin", by="the tests"):
        shut = {"says": "Help", "position": 1}
        HelpContact.objects.create(code="day", name="Day line", phone="0800 1", hours="", **shut)
        HelpContact.objects.create(code="night", name="Night line", phone="0800 2", hours="always", **shut)
    sent = report()
    told(sam, about=sent, kind="report", sentence="nobody", urgent=True)
    page = signed_in(sam).get(INBOX).text.split("<main")[1].split("</main")[0]
    assert "Night line" in page
    assert "Day line" not in page


# quiet hours


def test_everybody_chooses_their_quiet_hours(organisation, signed_in, sam):
    client, address = signed_in(sam), reverse("notifications:quiet")
    assert client.post(address, {"since": "22", "until": "7"}).status_code == 302
    hours = QuietHours.objects.get(user=sam)
    assert (hours.since.hour, hours.until.hour) == (22, 7)
    assert "10pm to 7am" in client.get(INBOX).text
    assert '<option value="22" selected' in client.get(address).text
    client.post(address, {"since": "", "until": ""})
    assert QuietHours.objects.get(user=sam).since is None
    assert "Choose hours without e-mail" in client.get(INBOX).text


@pytest.mark.parametrize("since, until", [("22", ""), ("", "7"), ("5", "5"), ("99", "7")])
def test_half_an_answer_is_asked_again(organisation, signed_in, sam, since, until):
    page = signed_in(sam).post(reverse("notifications:quiet"), {"since": since, "until": until})
    assert page.status_code == 200
    assert "There is a problem" in page.text or "Error:" in page.text
    assert not QuietHours.objects.exists()


# what did not get out


@pytest.fixture
def stuck(told, amara):
    notice = told(amara, urgent=True)
    Delivery.objects.update(status="dead", failure="SMTPRecipientsRefused")
    return notice


def banner(page):
    return "We could not tell" in page.text


def test_the_line_is_told_whom_to_ring(organisation, signed_in, stuck, amara, tom, sam, sol):
    with event("phone", by="the tests", about=amara):
        type(amara).objects.filter(pk=amara.pk).update(phone="01632 960 109")
    page = signed_in(tom).get("/")
    assert "We could not tell Amara Okafor about something urgent." in page.text
    assert 'href="tel:01632960109"' in page.text
    assert not banner(signed_in(sam).get("/"))


@pytest.mark.parametrize("post", ["office", "it"])
def test_admins_learn_that_there_is_one_and_no_name(organisation, signed_in, stuck, person, post):
    """With a sole DSO whose address is dead nobody else could know."""
    page = signed_in(person("Ada Admin", post)).get("/").text
    assert "An urgent message could not be sent." in page
    assert 'href="/running/"' in page
    assert "We could not tell" not in page
    [alert] = re.findall(r'role="alert">(.*?)</div>', page, flags=re.DOTALL)
    assert "Amara" not in alert


def test_whoever_is_of_the_line_too_hears_only_as_the_line_does(organisation, signed_in, stuck, person, out):
    both = person("Bo Both", "deputy", "office")
    assert "We could not tell Amara Okafor" in signed_in(both).get("/").text
    out(both)
    page = signed_in(both).get("/").text
    assert "We could not tell" not in page
    assert "An urgent message could not be sent." not in page


def test_oneself_is_told_of_the_dead_address(organisation, signed_in, stuck, amara):
    page = signed_in(amara).get("/").text
    assert "We could not reach you by e-mail." in page
    assert "We could not tell" not in page
    Notice.objects.read()
    assert "We could not reach you" not in signed_in(amara).get("/").text


def test_somebody_who_left_is_no_trouble(organisation, signed_in, stuck, sol, amara, ruth):
    amara.suspend(by=ruth, why="Under investigation")
    assert not inbox.trouble(sol).nameless


def test_whoever_is_kept_out_sees_no_banner(organisation, signed_in, stuck, tom, out):
    out(tom)
    assert not banner(signed_in(tom).get("/"))
    page = signed_in(tom).get(reverse("notifications:unsent"))
    assert "Every urgent message is out" in page.text
    signed_in(tom).post(reverse("notifications:unsent"))
    assert Delivery.objects.get().status == "dead"


def test_a_late_message_is_trouble_after_ten_minutes(organisation, told, amara, tom):
    told(amara, urgent=True)
    assert inbox.not_told(tom) == []
    assert [one.user for one in inbox.not_told(tom, now() + timedelta(minutes=11))] == [amara]


def test_what_can_wait_is_no_trouble(organisation, told, amara, tom):
    told(amara)
    Delivery.objects.update(status="dead")
    assert inbox.not_told(tom) == []


def test_reached_by_phone_is_reached(organisation, stuck, tom):
    Delivery.objects.create(notice=stuck, channel="phone", status="sent")
    assert inbox.not_told(tom) == []


def test_once_read_or_answered_it_is_over(organisation, signed_in, stuck, amara, tom):
    Notice.objects.read()
    assert inbox.not_told(tom) == []


def test_it_can_be_tried_again(organisation, signed_in, stuck, tom, sam):
    address = reverse("notifications:unsent")
    assert "Amara Okafor" in signed_in(tom).get(address).text
    signed_in(tom).post(address)
    assert Delivery.objects.get().status == "pending"
    assert signed_in(sam).get(address).status_code == 404
