"""Whoever reads the tables of sessions finds nothing that lets them go on as somebody."""

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
