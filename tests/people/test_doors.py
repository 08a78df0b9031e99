"""The doors: who comes to a record, what the book says of it, and what strangers may open."""

from urllib.parse import urlsplit

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.look.strangers import OPEN  # where nobody is known, whoever is signed in
from harmony.people.accounts import CONFIRM, SET_UP
from harmony.people.doors import GUESSES, opens
from harmony.people.inviting import invite
from harmony.people.models import User
from incidents.models import Case, Recusal
from tests.conftest import PASSWORD
from tests.pages import every_page

pytestmark = pytest.mark.django_db


def lines(verb="read"):
    return list(Entry.objects.filter(verb=verb, changes=None).values_list("actor_name", "row_id"))


@pytest.fixture
def invitation(sol):
    """The address of Hana's welcome page."""
    return urlsplit(invite(name="Hana Sato", email="hana@harmony.test", kind="volunteer", by=sol)[1]).path


def test_a_door_opens_to_who_may_see_and_notes_it(case, amara, sam, client):
    page = reverse("incidents:case", args=[case.pk])
    assert client.get(page).status_code == 302
    client.force_login(sam)
    assert client.get(page).status_code == 404
    client.force_login(amara)
    assert case.reference.encode() in client.get(page).content
    assert lines() == [("Amara Okafor", case.pk.hex)]
    with event("recuse", by="the chair"):
        Recusal.objects.create(case=case, user=amara)
    assert client.get(page).status_code == 404
    assert len(lines()) == 1


def test_who_may_not_see_a_record_gets_what_a_missing_one_gets(case, sam, client):
    client.force_login(sam)
    there = client.get(reverse("incidents:case", args=[case.pk]))
    missing = client.get(reverse("incidents:case", args=["0" * 8 + "-0000-4000-8000-" + "0" * 12]))
    assert (there.status_code, there.headers, bare(there)) == (404, missing.headers, bare(missing))


@pytest.mark.parametrize(("status", "read"), [(200, True), (409, True), (302, False), (204, False)])
def test_a_form_shown_again_is_a_reading_and_a_redirect_is_not(case, amara, rf, status, read):
    request = rf.post("/")
    request.user = amara
    opens(Case)(lambda request, case: HttpResponse("words", status=status))(request, pk=case.pk)
    assert bool(lines()) is read


def test_a_view_gets_the_record_before_anything_is_noted(case, amara, rf):
    request = rf.get("/")
    request.user = amara
    seen = []
    opens(Case)(lambda request, case: seen.append((case, lines())) or HttpResponse("words"))(request, pk=case.pk)
    assert seen == [(case, [])]


def test_a_link_is_read_by_its_holder(invitation, client):
    assert client.get(invitation).status_code == 200
    assert lines()[0][0] == "holder of link"


def test_a_link_lets_nothing_be_known_of_why_it_fails(invitation, sol, client):
    dead_link = of_somebody_who_left(sol)
    unknown = client.get(reverse("people:welcome", args=["never-was"]))
    dead = client.get(dead_link)
    assert unknown.status_code == dead.status_code == 404
    assert bare(unknown) == bare(dead)
    assert "does not work any more" in unknown.content.decode()


def test_each_failing_link_costs_the_same_queries(invitation, sol, client, django_assert_num_queries):
    dead_link = of_somebody_who_left(sol)
    client.get("/people/welcome/warm-up/")
    with django_assert_num_queries(count_of(client, "/people/welcome/never-was/")):
        client.get(dead_link)


def of_somebody_who_left(sol):
    user, link = invite(name="Ed", email="ed@harmony.test", kind="staff", by=sol)
    with event("leave", by="the tests"):
        User.objects.filter(pk=user.pk).update(status="left")
    return urlsplit(link).path


def count_of(client, address):
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_after_many_wrong_links_a_right_one_is_not_looked_up_either(invitation, client, client_elsewhere):
    for guess in range(int(GUESSES["config"]["link"].split("/")[0])):
        client.get(reverse("people:welcome", args=[f"guess-{guess}"]))
    assert client.get(invitation).status_code == 404
    assert client_elsewhere.get(invitation, REMOTE_ADDR="203.0.113.7").status_code == 200


def test_a_link_goes_into_no_other_sites_log(invitation, client):
    token = invitation.split("/")[-2]
    page = client.get(invitation)
    assert page["Referrer-Policy"] == "strict-origin"
    assert not Entry.objects.filter(changes__contains=token).exists()


def test_every_page_is_shut_unless_marked_open(client):
    """Strangers are sent to sign in, or find nothing; at each address there is."""
    for name, view, address in every_page():
        if getattr(view, "open_to_all", False):
            continue
        answers = [client.get(address), client.post(address)]
        assert any(is_shut(answer) for answer in answers), name
        assert all(is_shut(answer) or answer.status_code == 405 for answer in answers), name


def is_shut(answer):
    to_sign_in = answer.status_code == 302 and answer.url.startswith(reverse("account_login"))
    return to_sign_in or answer.status_code == 404


def test_pages_open_to_strangers_are_these():
    """Whoever opens another one to strangers changes this list, and says why in the review."""
    opened = {name for name, view, _address in every_page() if getattr(view, "open_to_all", False)}
    assert {name for name in opened if name.startswith(("account_", "mfa_", "usersessions_", "people:"))} == {
        "account_login",
        "account_logout",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_signup",  # a 404 for everybody
        "mfa_authenticate",
        "mfa_login_webauthn",
        "people:welcome",
    }


def test_with_a_password_only_a_dso_reaches_no_page_but_the_set_up(amara, client):
    client.post(reverse("account_login"), {"login": amara.email, "password": PASSWORD})
    for name, _view, address in every_page():
        if name in SET_UP or address.startswith(OPEN):
            continue
        for answer in (client.get(address), client.post(address)):
            assert (answer.status_code, answer.headers.get("Location")) == (302, reverse("mfa_index")), name


def test_a_session_with_a_password_only_stays_outside_when_a_second_proof_is_set_up_elsewhere(amara, client):
    client.post(reverse("account_login"), {"login": amara.email, "password": PASSWORD})
    give_app(amara)
    for name, _view, address in every_page():
        if name not in CONFIRM and not address.startswith(OPEN):
            assert client.get(address).headers.get("Location") == reverse("mfa_reauthenticate"), name


def test_recovery_codes_alone_are_no_second_proof(amara, client):
    with event("enrol", by=amara):
        RecoveryCodes.activate(amara)
    client.post(reverse("account_login"), {"login": amara.email, "password": PASSWORD})
    assert client.get("/").headers.get("Location") == reverse("mfa_index")


def test_who_holds_no_such_post_needs_no_second_proof(sam, client):
    client.post(reverse("account_login"), {"login": sam.email, "password": PASSWORD})
    assert client.get(reverse("account_change_password")).status_code == 200


def test_with_whom_a_case_is_shared_needs_one_from_then_on(case, amara, sam, client):
    client.post(reverse("account_login"), {"login": sam.email, "password": PASSWORD})
    case.share(sam, by=amara, why="He works with her")
    assert client.get("/").headers.get("Location") == reverse("mfa_index")
    case.unshare(sam, by=amara)
    assert client.get("/").headers.get("Location") != reverse("mfa_index")


def test_posts_invitations_and_the_key_sheet_ask_again_who_one_is(ruth, sam, organisation, client):
    client.force_login(ruth)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session.save()
    doors = (
        *(reverse(f"people:{name}", args=[sam.pk]) for name in ("appoint", "restore", "come_back")),
        *(reverse("people:invite"), reverse("home:keys")),
    )
    for address in doors:
        for answer in (client.get(address), client.post(address)):
            assert answer.headers.get("Location", "").startswith(reverse("account_reauthenticate")), address
    session["account_authentication_methods"][0]["at"] += 3600
    session.save()
    assert client.get(doors[0]).status_code == 200


def test_a_demo_can_be_walked_with_a_password(amara, organisation, client):
    with event("begin", by="the tests"):
        type(organisation).objects.update(is_demo=True)
    client.post(reverse("account_login"), {"login": amara.email, "password": PASSWORD})
    assert client.get(reverse("account_change_password")).status_code == 200


def bare(response):
    return [line for line in response.content.decode().splitlines() if "csrf" not in line]


def give_app(user):
    with event("enrol", by=user):
        totp.TOTP.activate(user, totp.generate_totp_secret())
