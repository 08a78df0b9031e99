"""A report that was begun and not sent: its author is reminded, then somebody may ask. Nothing is ever thrown away."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

from harmony.audit.events import event
from harmony.notifications import inbox, waits
from harmony.notifications.dispatch import send_waiting
from harmony.notifications.models import Notice
from harmony.people.models import Away, Relationship
from incidents.models import Report
from incidents.waits import DRAFTS
from tests.clients import same_as_missing

pytestmark = pytest.mark.django_db
BEGUN = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
LATER = BEGUN + timedelta(days=2)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def begun(sam):
    """begun(about=amara): Sam's draft, last touched at seven in the evening."""

    def make(author=None, about=(), **fields):
        named = " ".join(str(user.pk) for user in ([about] if hasattr(about, "pk") else about))
        answers = {"danger": "no", "who": "Zed A", "facts": "I saw", "about_us": bool(named), "named": named} | fields
        draft = Report(author=author or sam, form_key=uuid4(), started_at=BEGUN, saved_at=BEGUN, **answers)
        draft.save()
        return draft

    return make


@pytest.fixture
def sweep():
    """sweep(BEGUN + HOUR): who hears what, in order."""

    def run(at):
        before = set(Notice.objects.values_list("pk", flat=True))
        waits.climb(at, DRAFTS)
        new = Notice.objects.exclude(pk__in=before).select_related("recipient").order_by("kind", "rung")
        return [(notice.recipient.name.split()[0], notice.sentence) for notice in new]

    return run


def test_its_author_is_reminded_after_an_hour_and_the_next_morning(begun, sweep, ruth):
    begun()
    assert sweep(BEGUN + 59 * MINUTE) == []
    assert sweep(BEGUN + HOUR) == [("Sam", "unsent")]
    assert sweep(BEGUN + 2 * HOUR) == []
    assert sweep(datetime(2026, 11, 25, 7, 59, tzinfo=UTC)) == []
    assert sweep(datetime(2026, 11, 25, 8, 0, tzinfo=UTC)) == [("Sam", "unsent")]
    assert sweep(BEGUN + 20 * HOUR) == []


def test_whoever_is_still_writing_is_left_alone(begun, sweep, sam, ruth):
    draft = begun()
    draft.answer(facts="I saw more", by=sam, at=BEGUN + 50 * MINUTE)
    assert sweep(BEGUN + 70 * MINUTE) == []
    draft.answer(facts="I saw more still", by=sam, at=BEGUN + DAY)
    assert sweep(BEGUN + DAY + 30 * MINUTE) == []


def test_after_a_day_the_lead_is_told_and_after_another_the_one_above(begun, sweep, ruth, gwen, amara, tom):
    begun()
    sweep(BEGUN + DAY - MINUTE)
    assert sweep(BEGUN + DAY) == [("Ruth", "somebody_unsent")]
    assert sweep(BEGUN + 2 * DAY - MINUTE) == []
    assert sweep(BEGUN + 2 * DAY) == [("Gwen", "somebody_unsent")]
    assert sweep(BEGUN + 30 * DAY) == []


def test_the_dso_hears_nothing_of_what_was_not_sent(begun, sweep, amara, tom, client):
    begun(about=amara)
    for hours in range(0, 24 * 40, 7):
        sweep(BEGUN + hours * HOUR)
    assert not Notice.objects.filter(recipient__in=[amara, tom]).exists()


def test_whoever_it_is_about_is_passed_over(begun, sweep, ruth, gwen):
    begun(about=ruth)
    assert ("Gwen", "somebody_unsent") in sweep(BEGUN + DAY)
    assert not Notice.objects.filter(recipient=ruth).exists()


def test_so_is_whoever_is_close_to_them(begun, sweep, ruth, gwen, sol):
    with event("declare", by=ruth, about=ruth):
        Relationship.objects.create(user=ruth, other=sol, kind=Relationship.Kind.PARTNER, starts_on=date(2020, 1, 1))
    begun(about=sol)
    assert ("Gwen", "somebody_unsent") in sweep(BEGUN + DAY)


def test_so_is_whoever_is_away_or_wrote_it(begun, sweep, ruth, gwen, person):
    with event("say", by=ruth, about=ruth):
        Away.objects.create(user=ruth, starts_at=BEGUN, ends_at=BEGUN + 30 * DAY)
    begun()
    assert ("Gwen", "somebody_unsent") in sweep(BEGUN + DAY)


def test_a_lead_is_not_asked_about_their_own(begun, sweep, ruth, gwen):
    begun(author=ruth)
    assert sorted(sweep(BEGUN + DAY)) == [("Gwen", "somebody_unsent"), ("Ruth", "unsent")]
    assert not Notice.objects.filter(recipient=ruth, kind="unsent").exists()
    assert Notice.objects.filter(recipient=gwen, kind="unsent").count() == 1


def test_a_lead_named_afterwards_loses_every_trace(begun, sweep, sam, ruth, gwen, client):
    draft = begun()
    sweep(BEGUN + DAY)
    assert inbox.unread(ruth) == 1
    draft.answer(about_us=True, named=str(ruth.pk), by=sam, at=BEGUN + DAY)
    assert inbox.unread(ruth) == 0
    client.force_login(ruth)
    assert "begun and not sent" not in client.get("/inbox/").text
    notice = Notice.objects.get(recipient=ruth)
    assert same_as_missing(client, reverse("incidents:unsent", args=[notice.pk]), f"/unsent/{uuid4()}/")
    assert sweep(BEGUN + DAY + 2 * HOUR)[0] == ("Gwen", "somebody_unsent")


def test_no_mail_goes_to_a_lead_who_was_named_before_it_was_sent(organisation, begun, sweep, sam, ruth):
    draft = begun()
    sweep(BEGUN + DAY)
    draft.answer(about_us=True, named=str(ruth.pk), by=sam)
    send_waiting(LATER)
    assert {address for message in mail.outbox for address in message.to} == {sam.email}


def test_once_it_is_sent_nobody_is_reminded(organisation, begun, sweep, sam, ruth, amara):
    draft = begun()
    sweep(BEGUN + DAY)
    draft.file(by=sam, at=BEGUN + DAY)
    mail.outbox.clear()
    send_waiting(LATER)
    assert not [message for message in mail.outbox if "not sent" in message.body]
    assert inbox.unread(ruth) == 0
    assert not Notice.objects.visible_to(sam).filter(kind="draft").exists()
    assert sweep(BEGUN + 10 * DAY) == []


def test_nor_once_it_is_thrown_away(begun, sweep, sam, ruth):
    draft = begun()
    sweep(BEGUN + DAY)
    draft.discard(by=sam)
    assert sweep(BEGUN + 10 * DAY) == []
    assert inbox.unread(sam) == inbox.unread(ruth) == 0


def test_nothing_is_ever_thrown_away(begun, sweep, ruth):
    draft = begun()
    for day in range(0, 60, 5):
        sweep(BEGUN + day * DAY)
    assert Report.objects.get(pk=draft.pk).facts == "I saw"


# the page for whoever was told


@pytest.fixture
def told(begun, sweep, ruth, gwen):
    begun()
    sweep(BEGUN + DAY)
    return Notice.objects.get(recipient=ruth)


def test_the_page_names_whom_to_ask_and_nothing_else(organisation, told, ruth, client):
    client.force_login(ruth)
    page = client.get(told.link).text
    assert "Sam has a report that was begun and not sent" in page
    for word in ("Zed", "I saw", "danger\n"):
        assert word not in page.split("<main")[1].split("</main")[0]


def test_i_have_asked_ends_it(organisation, told, sweep, ruth, client):
    client.force_login(ruth)
    client.post(told.link)
    assert Notice.objects.get(pk=told.pk).stopped_at
    assert inbox.unread(ruth) == 0
    assert ("Gwen", "somebody_unsent") not in sweep(BEGUN + 10 * DAY)
    assert "Somebody has asked them." in client.get(told.link).text


@pytest.mark.parametrize("answers", [{"about_us": None}, {"about_us": True, "named": ""}])
def test_nobody_is_told_whose_it_is_before_it_says_whom_it_is_about(
    organisation, begun, sweep, sam, ruth, client, answers
):
    draft = begun(**answers)
    assert ("Ruth", "somebody_unsent") in sweep(BEGUN + DAY)
    notice = Notice.objects.get(recipient=ruth)
    client.force_login(ruth)
    for page in (client.get("/inbox/").text, client.get(notice.link).text, client.post(notice.link).text):
        assert "Sam" not in page
    assert not Notice.objects.get(pk=notice.pk).stopped_at  # nobody was asked: the next one up hears too
    draft.answer(about_us=False, by=sam, at=BEGUN + DAY)
    assert "Sam has a report that was begun and not sent" in client.get(notice.link).text


@pytest.mark.parametrize("who", ["sam", "amara", "gwen"])
def test_nobody_else_opens_the_page(request, organisation, told, client, who):
    client.force_login(request.getfixturevalue(who))
    assert same_as_missing(client, told.link, f"/unsent/{uuid4()}/")


def test_a_message_about_something_else_opens_no_such_page(organisation, told, sam, client):
    client.force_login(sam)
    own = Notice.objects.filter(recipient=sam).first()
    assert client.get(reverse("incidents:unsent", args=[own.pk])).status_code == 404


def test_the_mail_names_nobody(organisation, told):
    send_waiting(LATER)
    assert len(mail.outbox) == 2
    for message in mail.outbox:
        assert "Sam" not in message.body + message.subject
        assert "Zed" not in message.body
