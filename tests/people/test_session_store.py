"""Whoever reads the tables of sessions finds nothing that lets them go on as somebody."""

import time

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse

from tests.clients import TwoProofs
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
PAGE = reverse("usersessions_list")


@pytest.fixture
def signed_in(client, sam):
    client.post(reverse("account_login"), {"login": sam.email, "password": PASSWORD})
    assert client.get(PAGE).status_code == 200
    return client


def key_of(client):
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def asks_with(key):
    thief = TwoProofs()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key
    return thief.get(PAGE)


def test_the_key_in_the_cookie_stands_in_no_table(signed_in):
    key = key_of(signed_in)
    assert len(key) >= 43  # 256 bits, 6 in a character
    with connection.cursor() as cursor:
        for table in ("django_session", "usersessions_usersession", "audit_entry"):
            cursor.execute(f"SELECT * FROM {table}")
            rows = cursor.fetchall()
            assert rows
            assert key not in str(rows)


def test_what_stands_in_the_tables_opens_nothing(signed_in):
    (kept,), (listed,) = Session.objects.all(), UserSession.objects.all()
    assert kept.session_key == listed.session_key
    assert asks_with(kept.session_key).status_code == 302
    assert asks_with(kept.session_data).status_code == 302
    assert signed_in.get(PAGE).status_code == 200


@pytest.mark.parametrize("key", ["x" * 32, "é" * 300, "", "a b", "\xff\xfe"])
def test_a_key_that_nobody_was_given_opens_nothing_and_is_never_taken_over(client, sam, key):
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert client.get(PAGE).status_code == 302
    client.post(reverse("account_login"), {"login": sam.email, "password": PASSWORD})
    assert key_of(client) != key
    assert client.get(PAGE).status_code == 200


def test_signing_in_and_out_leaves_no_key_that_worked_before(signed_in, client_elsewhere):
    before = key_of(signed_in)
    signed_in.post(reverse("account_logout"))
    assert asks_with(before).status_code == 302
    assert not Session.objects.exclude(session_key__in=UserSession.objects.values("session_key")).exists()


def long_ago(client):
    """As if the last proof of who they are had been six minutes before."""
    session = client.session
    proofs = session["account_authentication_methods"]
    session["account_authentication_methods"] = [proof | {"at": time.time() - 360} for proof in proofs]
    session.save()


def test_another_device_is_signed_out_by_whoever_has_just_proved_who_they_are(signed_in, client_elsewhere, sam):
    client_elsewhere.post(reverse("account_login"), {"login": sam.email, "password": PASSWORD})
    long_ago(signed_in)
    assert "ask you to show that it is you" in signed_in.get(PAGE).text
    other = UserSession.objects.latest("pk")
    for pressed in ({"session": other.pk}, {}):
        asked = signed_in.post(PAGE, pressed)
        assert asked.url.startswith(reverse("account_reauthenticate"))
        assert client_elsewhere.get(PAGE).status_code == 200
    back = signed_in.post(asked.url, {"password": PASSWORD, "next": PAGE})
    assert back.url == PAGE
    assert "ask you to show that it is you" not in signed_in.get(PAGE).text
    assert client_elsewhere.get(PAGE).status_code == 200  # nothing is done by itself
    signed_in.post(PAGE, {})
    assert client_elsewhere.get(PAGE).status_code == 302
    assert signed_in.get(PAGE).status_code == 200


def test_what_waits_for_a_proof_keeps_no_key_meanwhile(signed_in):
    long_ago(signed_in)
    for page in (PAGE, reverse("mfa_generate_recovery_codes")):
        assert signed_in.post(page, {}).url.startswith(reverse("account_reauthenticate"))
    assert key_of(signed_in) not in str(signed_in.session.items())


def test_whoever_proves_again_who_they_are_goes_on_under_a_new_key(signed_in):
    before, (listed,) = key_of(signed_in), UserSession.objects.all()
    wrong = signed_in.post(reverse("account_reauthenticate"), {"password": "not the password"})
    assert wrong.status_code == 200 and key_of(signed_in) == before
    signed_in.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert key_of(signed_in) != before
    assert asks_with(before).status_code == 302
    assert signed_in.get(PAGE).status_code == 200
    (again,) = UserSession.objects.all()
    assert (again.pk, again.created_at) == (listed.pk, listed.created_at)
    assert again.session_key == Session.objects.get().session_key


def test_somebody_may_be_signed_in_on_as_many_devices_as_they_use_and_sees_each(sam):
    devices = [TwoProofs() for _device in range(7)]
    for device in devices:
        device.post(reverse("account_login"), {"login": sam.email, "password": PASSWORD})
    assert "You are signed in on 7 devices" in devices[0].get(PAGE).text
    assert all(device.get(PAGE).status_code == 200 for device in devices)
