"""Setting up a second proof, and what the book and the owner's mail say of it."""

import time
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.management import CommandError, call_command
from django.urls import reverse

from harmony.audit.events import operator
from harmony.audit.models import Entry
from tests.conftest import PASSWORD

from .test_sign_in import code_for

pytestmark = pytest.mark.django_db
APP = reverse("mfa_activate_totp")


@pytest.fixture
def amara_in(amara, client):
    """Amara, signed in with her password only."""
    client.post(reverse("account_login"), {"login": amara.email, "password": PASSWORD})
    return client


@pytest.fixture
def with_app(amara_in):
    amara_in.get(APP)
    amara_in.post(APP, {"code": code_for(amara_in.session["mfa.totp.secret"])})
    return amara_in


def test_a_fresh_sign_in_need_not_show_again_that_it_is_you(amara_in):
    assert amara_in.get(APP).status_code == 200


def test_after_five_minutes_it_is_asked_again(amara_in):
    session = amara_in.session
    session["account_authentication_methods"] = [
        record | {"at": time.time() - 301} for record in session["account_authentication_methods"]
    ]
    session.save()
    assert amara_in.get(APP).url.startswith(reverse("account_reauthenticate"))
    amara_in.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert amara_in.get(APP).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_an_app_set_up_opens_the_rest_is_recorded_and_mailed(with_app, amara, mailoutbox):
    assert Authenticator.objects.filter(user=amara, type="totp").exists()
    assert with_app.get(reverse("account_change_password")).status_code == 200
    lines = Entry.objects.filter(table_name="mfa_authenticator", verb="account: mfa_activate_totp")
    assert set(lines.values_list("actor_name", flat=True)) == {"Amara Okafor"}
    assert [mail.subject for mail in mailoutbox[1:]] == ["An authenticator app was added to your sign-in"]


def test_the_first_look_at_recovery_codes_is_recorded(with_app):
    codes = reverse("mfa_view_recovery_codes")
    assert with_app.get(codes).status_code == 200
    assert with_app.get(codes).status_code == 200
    assert Entry.objects.filter(verb="account: mfa_view_recovery_codes").count() == 1
    assert with_app.get(reverse("mfa_download_recovery_codes"))["Content-Type"] == "text/plain"


def test_whoever_removes_the_last_proof_sets_up_another_one(with_app, client_elsewhere, amara, mailoutbox):
    with_app.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=amara).exists(), "recovery codes go with it"
    assert mailoutbox[-1].subject == "The authenticator app was removed from your sign-in"
    client_elsewhere.post(reverse("account_login"), {"login": amara.email, "password": PASSWORD})
    assert client_elsewhere.get("/").url == reverse("mfa_index")


def test_a_wrong_code_is_refused_ten_times_and_then_not_looked_at(with_app, client_elsewhere, amara):
    page = client_elsewhere.post(reverse("account_login"), {"login": amara.email, "password": PASSWORD}).url
    for _try in range(10):
        client_elsewhere.post(page, {"code": "000000"})
    secret = totp.decrypt(Authenticator.objects.get(user=amara, type="totp").data["secret"])
    answer = client_elsewhere.post(page, {"code": code_for(secret)})
    assert "Too many tries" in answer.content.decode()
    assert Entry.objects.filter(verb="sign in refused", row_id=amara.pk.hex).count() >= 10


@pytest.mark.parametrize(
    "credential", ["", "{}", "[1]", "7", "not json", '{"id": "x"}', '{"response": {"userHandle": "x"}}']
)
def test_a_forged_passkey_is_refused_with_a_sentence(client, credential):
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert (answer.status_code, answer.url) == (302, reverse("account_login"))
    assert "_auth_user_id" not in client.session


def test_a_refused_passkey_leaves_a_line(client):
    client.post(reverse("mfa_login_webauthn"), {"credential": '{"id": "x"}'})
    assert Entry.objects.filter(verb="sign in refused").exists()


def test_a_passkey_cannot_be_added_with_a_forged_answer(amara_in):
    for credential in ("", "{}", "not json", '{"id": "x", "response": {}}'):
        assert amara_in.post(reverse("mfa_add_webauthn"), {"credential": credential}).status_code == 200
    assert not Authenticator.objects.exists()


def test_what_is_typed_wrong_is_never_a_500(sam, client):
    for login in (
        "",
        "sam",
        "a\0b@c.d",
        "x" * 5000 + "@harmony.test",
        "s\ud800m@harmony.test".encode(errors="replace"),
    ):
        answer = client.post(reverse("account_login"), {"login": login, "password": "p\0\0" * 9})
        assert answer.status_code == 200


def test_a_lost_device_is_reset_on_the_server_with_a_reason_and_the_owner_hears(with_app, amara, mailoutbox):
    call_command(
        "reset_second_proof", " Amara.Okafor@harmony.test", why="She rang, and I know her voice.", stdout=StringIO()
    )
    assert not Authenticator.objects.filter(user=amara).exists()
    assert with_app.get("/").wsgi_request.user.is_anonymous
    marked = Entry.objects.filter(verb="second proof reset on the server")
    assert {line.actor_name for line in marked} == {operator()}
    assert "She rang, and I know her voice." in {line.reason for line in marked}
    assert mailoutbox[-1].to == [amara.email] and "Amara" not in mailoutbox[-1].body
    with_app.post(reverse("account_login"), {"login": amara.email, "password": PASSWORD})
    assert with_app.get("/").url == reverse("mfa_index")


@pytest.mark.parametrize(("email", "why"), [("nobody@harmony.test", "Lost"), ("amara.okafor@harmony.test", " ")])
def test_nothing_is_reset_for_nobody_or_for_no_reason(with_app, amara, email, why):
    with pytest.raises(CommandError):
        call_command("reset_second_proof", email, why=why)
    assert Authenticator.objects.filter(user=amara).exists()
