"""The phone channel: only where there is one, only what is urgent, only whoever is on call."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.notifications.checks import messages_to_phones_travel_sealed
from harmony.notifications.dispatch import send_waiting
from harmony.people.models import OnCall

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_call(amara):
    with event("add", by="the tests", about=amara):
        hours = timedelta(hours=12)
        OnCall.objects.create(user=amara, phone="01632 960 109", starts_at=now() - hours, ends_at=now() + hours)
    return amara


def test_the_person_on_call_gets_the_sentence_and_nothing_else(organisation, told, on_call, phones):
    notice = told(on_call, urgent=True)
    assert send_waiting() == 2
    [(headers, body)] = phones.taken
    assert body == {"id": notice.pk.hex, "to": "01632960109", "text": "A case needs you now. Sign in."}
    assert headers["Authorization"] == "Bearer a token"


def test_others_and_what_can_wait_go_by_e_mail_alone(organisation, told, on_call, tom, phones):
    told(tom, urgent=True)
    told(on_call)
    assert send_waiting() == 2
    assert phones.taken == []


def test_without_a_service_there_is_no_phone(organisation, told, on_call):
    notice = told(on_call, urgent=True)
    assert [one.channel for one in notice.deliveries.all()] == ["mail"]


@pytest.mark.parametrize("answer, status", [("503", "failed"), ("429", "failed"), ("400", "dead"), ("302", "dead")])
def test_a_refusal_is_tried_again_or_given_up(organisation, told, on_call, phones, answer, status):
    phones.answers = answer
    notice = told(on_call, urgent=True)
    assert send_waiting() == 1
    delivery = notice.deliveries.get(channel="phone")
    assert (delivery.status, delivery.failure) == (status, "HTTPError")
    assert len(outbox.outbox) == 1


def test_a_service_that_hangs_is_asked_again(organisation, told, on_call, phones, settings):
    phones.hangs, settings.EMAIL_TIMEOUT = True, 0.2
    notice = told(on_call, urgent=True)
    assert send_waiting() == 1
    assert notice.deliveries.get(channel="phone").status == "failed"


@pytest.mark.parametrize(
    "address, is_safe",
    [
        ("", True),
        ("https://phones.example.org/send", True),
        ("http://127.0.0.1:8025/", True),
        ("http://phones.example.org/send", False),
        ("phones.example.org", False),
    ],
)
def test_the_token_never_travels_in_clear(settings, address, is_safe):
    settings.HARMONY_PHONE_URL = address
    assert (messages_to_phones_travel_sealed(None) == []) is is_safe
