"""Messages that were given up: admins see to whom and when, never about what, and have them tried again or set aside."""

import pytest
from django.urls import reverse

from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.home import health, ladders
from harmony.notifications import dispatch
from harmony.notifications.models import Delivery
from harmony.notifications.telling import tell
from incidents.models import Recusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
PAGE = "/running/"


@pytest.fixture
def ivo(person):
    return person("Ivo IT", "it")


@pytest.fixture
def dead(report, amara):
    """dead(amara): a message about Sam's report that its reader's server refused."""
    case = report().case

    def give_up(*people, urgent=False, rung=50):
        with event("tell", by="the tests", about=case):
            [notice] = tell("case", case, people or [amara], clock="x", sentence="case_late", urgent=urgent, rung=rung)
        notice.deliveries.update(status="dead", failure="SMTPRecipientsRefused")
        return notice.deliveries.get()

    Delivery.objects.update(status="sent")
    return give_up


@pytest.fixture
def page(client):
    def open(user):
        client.force_login(user)
        return client.get(PAGE).text

    return open


def test_admins_see_to_whom_and_when_and_never_about_what(page, dead, ivo, amara):
    delivery = dead(urgent=True)
    words = page(ivo)
    for word in ("Messages that were given up", "Amara Okafor", "Safeguarding", "SMTPRecipientsRefused", "Urgent"):
        assert word in words
    for word in ("A case", "Zed", str(delivery.notice.about), "/cases/"):
        assert word not in words.split("<main")[1]


def test_one_is_tried_again_or_all_and_then_the_lack_is_over(client, page, dead, ivo, amara, tom, mailoutbox):
    first, second, third = dead(), dead(tom), dead(rung=51)
    assert "messages" in [fact.name for fact in health.facts() if not fact.is_well]
    client.force_login(ivo)
    client.post(reverse("home:send_again", args=[first.pk]))
    assert set(Delivery.objects.filter(status="dead")) == {second, third}
    client.post(reverse("home:send_all_again"))
    assert ladders._given_up(None, None) is False
    dispatch.send_waiting()
    assert len(mailoutbox) == 3
    assert "Messages that were given up" not in page(ivo)
    assert "messages" not in [fact.name for fact in health.facts() if not fact.is_well]


def test_what_can_wait_is_set_aside_and_what_is_urgent_is_not(client, page, dead, ivo, amara):
    calm, urgent = dead(), dead(urgent=True, rung=51)
    assert page(ivo).count("Set aside") == 1
    assert client.post(reverse("home:set_aside", args=[urgent.pk])).status_code == 403
    client.post(reverse("home:set_aside", args=[calm.pk]))
    assert set(Delivery.objects.filter(status="dead")) == {urgent}
    line = Entry.objects.get(verb="set a message aside")
    assert (line.actor_name, line.root) == ("Ivo IT", amara.pk.hex)


def test_what_was_read_needs_nobody(page, dead, ivo):
    delivery = dead()
    type(delivery.notice).objects.read()
    assert "Messages that were given up" not in page(ivo)
    assert ladders._given_up(None, None) is False


def test_the_line_sees_only_those_of_what_it_may_see(client, page, dead, amara, tom, ruth):
    delivery = dead(tom)
    assert "Tom Ellery" in page(amara)
    with event("recuse", by="the chair", about=delivery.notice):
        Recusal.objects.create(case_id=delivery.notice.about, user=amara)
    words = page(amara)
    assert "Messages that were given up" in words
    assert "Tom Ellery" not in words.split("<main")[1]
    assert client.post(reverse("home:send_again", args=[delivery.pk])).status_code == 404
    assert client.post(reverse("home:set_aside", args=[delivery.pk])).status_code == 404
    client.post(reverse("home:send_all_again"))
    assert Delivery.objects.get(pk=delivery.pk).status == "pending"


@pytest.mark.parametrize(("who", "status"), [("gwen", 404), ("sam", 404), ("sol", 302)])
def test_only_whoever_sees_to_messages_may(client, request, dead, who, status):
    delivery = dead()
    client.force_login(request.getfixturevalue(who))
    for address in (
        reverse("home:send_again", args=[delivery.pk]),
        reverse("home:send_all_again"),
    ):
        assert client.post(address).status_code == status
