"""Coming in by invitation: one link, once, for a week."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.people.inviting import invite, invite_again, send_invitation
from harmony.people.models import Invitation, User
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(ruth):
    return invite(name="Hana Sato", email="Hana.Sato@harmony.test", kind="volunteer", posts=["deputy"], by=ruth)


def test_inviting_makes_the_account_its_posts_and_one_link_each_by_a_step(invited):
    user, link = invited
    assert (user.status, user.is_active, user.email) == ("invited", False, "hana.sato@harmony.test")
    assert user.memberships.get().kind == "volunteer" and user.holds("deputy")
    assert link.startswith("http") and not user.has_usable_password()
    lines = Entry.objects.filter(actor_name="Ruth Hale", changes__isnull=False)
    assert set(lines.values_list("verb", flat=True)) == {"invite", "add", "appoint", "send"}
    assert {line.happened for line in lines} == {lines[0].happened}


def test_the_link_is_neither_in_the_book_nor_in_the_database(invited):
    token = urlsplit(invited[1]).path.split("/")[-2]
    assert not Entry.objects.filter(changes__contains=token).exists()
    assert token not in str(list(Invitation.objects.values()))


def test_only_those_who_may_invite_do(sam, sol):
    with pytest.raises(PermissionDenied):
        invite(name="A friend", email="a@harmony.test", kind="staff", by=sam)
    with pytest.raises(PermissionDenied):  # the office grants no case role
        invite(name="A friend", email="a@harmony.test", kind="staff", posts=["training", "deputy"], by=sol)
    assert not User.objects.filter(email="a@harmony.test").exists()


def test_the_set_up_command_invites_before_anybody_is_here(db):
    user, link = invite(name="Gwen Price", email="gwen@harmony.test", kind="trustee", posts=["chair"], by="set-up")
    assert user.holds("chair") and link


def test_the_mail_carries_the_link_and_no_more_than_a_lock_screen_may_show(invited, mailoutbox):
    send_invitation(*invited)
    (mail,) = mailoutbox
    assert mail.to == ["hana.sato@harmony.test"] and invited[1] in mail.body
    assert "safeguarding officer" not in mail.body.lower() and "Hana" not in mail.subject


def test_a_new_invitation_ends_the_older_ones(sol, invited):
    user, older = invited
    newer = invite_again(user, by=sol)
    opened = [Invitation.objects.opened_by(urlsplit(link).path.split("/")[-2]).exists() for link in (older, newer)]
    assert opened == [False, True]


def test_an_invitation_lasts_a_week(invited):
    token = urlsplit(invited[1]).path.split("/")[-2]
    assert Invitation.objects.opened_by(token, at=now() + timedelta(days=6, hours=23)).exists()
    assert not Invitation.objects.opened_by(token, at=now() + timedelta(days=7, minutes=1)).exists()


def page(link):
    return urlsplit(link).path


def come_in(client, link, **fields):
    return client.post(page(link), {"name": "Hana Sato", "password": PASSWORD} | fields)


def test_coming_in_uses_the_link_up_and_signs_in(invited, client, client_elsewhere):
    user, link = invited
    assert come_in(client, link, name="Hana S.").status_code == 302
    user.refresh_from_db()
    assert (user.status, user.is_active, user.name) == ("active", True, "Hana S.")
    assert client.session["_auth_user_id"] == str(user.pk)
    line = Entry.objects.filter(table_name="people_user", changes__isnull=False).last()
    assert (line.verb, line.actor_id) == ("accept", user.pk.hex)
    assert Entry.objects.filter(verb="sign in (invitation)").exists()
    assert client_elsewhere.get(page(link)).status_code == 404
    assert come_in(client_elsewhere, link, password="another password 8").status_code == 404


def test_whoever_comes_in_to_a_post_sets_up_a_second_proof_before_anything_else(invited, client):
    come_in(client, invited[1])
    assert client.get(reverse("account_change_password")).url == reverse("mfa_index")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200, (
        "having just come in counts as showing it is you"
    )


@pytest.mark.parametrize(
    ("field", "words"),
    [("password", "short"), ("password", "hana.sato@harmony"), ("password", "x" * 1001), ("name", ""),
     ("name", "n" * 151), ("name", "a\0b"), ("password", "a\0" * 10)],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_beside_the_field_and_the_name_is_kept(invited, client, field, words):
    answer = come_in(client, invited[1], **{field: words})
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert PASSWORD not in answer.content.decode()
    assert Invitation.objects.get().used_at is None


@pytest.mark.parametrize("status", ["suspended", "left"])
def test_the_invitation_of_somebody_suspended_or_gone_is_dead(invited, client, status):
    with event("end", by="the tests"):
        User.objects.filter(pk=invited[0].pk).update(status=status)
    assert client.get(page(invited[1])).status_code == 404
    assert come_in(client, invited[1]).status_code == 404


def test_somebody_elses_session_gives_way_to_whoever_was_invited(invited, sam, client):
    client.force_login(sam)
    come_in(client, invited[1])
    assert client.session["_auth_user_id"] == str(invited[0].pk)


@pytest.mark.django_db(transaction=True)
@pytest.mark.only("postgresql")
def test_a_link_opened_twice_at_once_lets_one_in(invited):
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda _one: _knock(invited[1]), range(2)))
    assert sorted(answers) == [302, 404]


def _knock(link):
    try:
        return come_in(Client(), link).status_code
    finally:
        connection.close()
