"""A lost phone or key: two who lead confirm it, a day of notice, and the server's command where no two are left."""

from datetime import timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate, now

from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.audit.transitions import Refused
from harmony.home import lost
from harmony.home.lost import LostDevice
from harmony.notifications.models import Notice
from harmony.people import sessions
from harmony.people.models import Relationship
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
HOW = "I rang her, and know her voice."


def words(response):
    return response.content.decode()


@pytest.fixture
def amaras(amara, client_elsewhere):
    """The second proofs of Amara, who is signed in on another computer."""
    client_elsewhere.post(reverse("account_login"), {"login": amara.email, "password": PASSWORD})
    with event("set up", by=amara, about=amara):
        Authenticator.objects.create(user=amara, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return Authenticator.objects.filter(user=amara)


@pytest.fixture
def sign_in(client):
    def enter(user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return enter


def told(clock):
    return {(one.recipient.name.split()[0], one.sentence) for one in Notice.objects.filter(clock=clock)}


def test_two_who_lead_confirm_it_and_a_day_later_it_is_reset(amara, amaras, tom, ruth, gwen, sign_in, client_elsewhere):
    assert sessions.of(amara).exists()
    page = reverse("home:lost", args=[amara.pk])
    client = sign_in(ruth)
    assert page in words(client.get(reverse("people:person", args=[amara.pk])))
    assert "Say how you know that it is them." in words(client.post(page, {"how": ""}))
    assert client.post(page, {"how": HOW}).url == page
    assert "Now one of these has to say so too:" in words(client.get(page)) and amaras.exists()
    assert told("lost") == {("Tom", "lost_said"), ("Gwen", "lost_said")}
    client = sign_in(tom)
    assert HOW in words(client.get(page))
    client.post(page, {"how": "She stood before me."})
    standing = LostDevice.objects.get()
    assert standing.resets_at - standing.confirmed_at == timedelta(hours=24) and amaras.exists()
    assert not sessions.of(amara).exists() and client_elsewhere.get("/").wsgi_request.user.is_anonymous
    assert ("Amara", "lost_notice") in told("lost_own")
    assert {("Ruth", "lost_confirmed"), ("Tom", "lost_confirmed"), ("Gwen", "lost_confirmed")} <= told("lost")
    assert "Confirmed by two" in words(sign_in(ruth).get(reverse("home:running")))
    lost.reset_due(standing.resets_at - timedelta(minutes=1))
    assert amaras.exists()
    lost.reset_due(standing.resets_at)
    assert not amaras.exists() and ("Amara", "lost_done") in told("lost_own")
    assert ("Gwen", "lost_reset") in told("lost")
    assert {"say", "confirm", "reset"} <= set(Entry.objects.filter(root=amara.root.hex).values_list("verb", flat=True))


def test_any_of_them_stops_it(amara, amaras, tom, ruth, gwen, sign_in):
    LostDevice.begin(amara, HOW, by=ruth).confirm(HOW, by=tom)
    client = sign_in(gwen)
    client.post(reverse("home:stop_lost", args=[amara.pk]), {"why": "It was not her voice."})
    lost.reset_due(now() + timedelta(days=2))
    assert amaras.exists() and ("Amara", "lost_stopped") in told("lost_own")
    LostDevice.begin(amara, HOW, by=ruth)  # and later it may truly be so


def test_neither_they_nor_who_is_close_to_them_nor_one_alone(amara, amaras, tom, ruth, gwen, sam, sign_in):
    with event("declare", by=tom):
        Relationship.objects.create(user=tom, kind="partner", other=amara, starts_on=localdate() - timedelta(days=9))
    for user in (amara, tom, sam):
        with pytest.raises(PermissionDenied):
            LostDevice.begin(amara, HOW, by=user)
    said = LostDevice.begin(amara, HOW, by=ruth)
    assert ("Tom", "lost_said") not in told("lost")
    with pytest.raises(PermissionDenied):
        said.confirm(HOW, by=ruth)
    with pytest.raises(IntegrityError), transaction.atomic(), event("forge", by=ruth, about=said):
        LostDevice.objects.update(status="confirmed", confirmed_by=ruth, confirmed_at=now(), resets_at=now())
    assert sign_in(tom).get(reverse("home:lost", args=[amara.pk])).status_code == 403
    assert sign_in(sam).get(reverse("home:lost", args=[amara.pk])).status_code == 404


def test_the_server_resets_it_only_where_no_two_are_left(amara, amaras, tom, ruth, mailoutbox):
    with pytest.raises(CommandError, match=r"Ruth Hale .*Tom Ellery"):
        call_command("reset_second_proof", amara.email, why="She rang.", stdout=StringIO())
    assert amaras.exists()
    given = {"why": "She rang.", "cannot": [tom.email], "stdout": StringIO()}
    call_command("reset_second_proof", amara.email, **given)
    assert not amaras.exists() and {("Ruth", "lost_server"), ("Tom", "lost_server")} == told("lost_server")
    assert [name for name, what, _when in lost.lost_between(now() - timedelta(days=1), now()) if "server" in what] == [
        "Amara Okafor"
    ]
    assert any(tom.email in line.reason for line in Entry.objects.filter(verb=lost.ON_THE_SERVER))


def test_where_nobody_else_is_left_it_says_so(amara, amaras, ruth):
    with pytest.raises(Refused, match="Nobody else is left"):
        LostDevice.begin(amara, HOW, by=ruth)
