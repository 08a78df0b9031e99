"""A forgotten password: who asks learns nothing, and the link works once, for an hour, for whoever is active."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.people.models import User

pytestmark = pytest.mark.django_db
NEW = "quite another 88"


def ask(client, email):
    return client.post(reverse("account_reset_password"), {"email": email}, follow=True)


@pytest.fixture
def link(sam, client, mailoutbox):
    ask(client, sam.email)
    return re.search(r"http\S+", mailoutbox[0].body)[0]


def choose(client, link, password=NEW):
    """The link leads to a page without the key in its address; the new password is chosen there."""
    page = client.get(urlsplit(link).path, follow=True)
    if not page.redirect_chain:
        return page
    return client.post(page.redirect_chain[-1][0], {"password1": password}, follow=True)


@pytest.mark.parametrize("status", ["invited", "suspended", "left", None])
def test_nobody_learns_from_the_page_whether_there_is_an_account(sam, leah, client, mailoutbox, status):
    with event("change", by="the tests"):
        User.objects.filter(pk=leah.pk).update(status=status or "active", is_active=not status)
    known = ask(client, sam.email)
    other = ask(client, leah.email if status else "nobody@harmony.test")
    assert known.redirect_chain == other.redirect_chain
    assert known.content == other.content
    to_known, to_other = mailoutbox
    assert to_known.subject == to_other.subject
    assert "http" in to_known.body
    assert "http" not in to_other.body
    assert not {"suspended", "left", "invited", "account"} & set(to_other.body.lower().split())


def test_a_link_begins_with_our_own_address_whatever_the_asker_calls_us(sam, client, mailoutbox, settings):
    settings.ALLOWED_HOSTS = ["testserver", "another.test"]
    client.post(reverse("account_reset_password"), {"email": sam.email}, headers={"host": "another.test"})
    assert settings.SITE_URL + "/accounts/" in mailoutbox[0].body
    assert "another.test" not in mailoutbox[0].body


def test_a_new_password_is_chosen_through_the_link_and_recorded(sam, link, client, mailoutbox):
    choose(client, link)
    sam.refresh_from_db()
    assert sam.check_password(NEW)
    assert "_auth_user_id" not in client.session, "who holds the link signs in with both proofs"
    line = Entry.objects.filter(table_name="people_user", changes__isnull=False).last()
    assert line.verb == "account: account_reset_password_from_key"
    assert mailoutbox[-1].subject == "Your password was changed"


def test_a_link_works_once(sam, link, client, client_elsewhere):
    choose(client, link)
    again = choose(client_elsewhere, link, "a third password 3")
    assert "does not work any more" in again.content.decode()
    sam.refresh_from_db()
    assert sam.check_password(NEW)


def test_the_key_is_not_in_the_address_of_the_page_with_the_form(link, client):
    page = client.get(urlsplit(link).path, follow=True)
    assert urlsplit(link).path.split("-", 1)[1].strip("/") not in page.redirect_chain[-1][0]


@pytest.mark.parametrize("status", ["suspended", "left"])
def test_a_link_is_dead_once_its_owner_is_suspended_or_gone(sam, link, client, status):
    with event("change", by="the tests"):
        User.objects.filter(pk=sam.pk).update(status=status, is_active=False)
    assert "does not work any more" in choose(client, link).content.decode()


@pytest.mark.parametrize("path", ["x-y", "not-a-key", f"{'z' * 40}-set-password"])
def test_a_broken_link_says_so(client, path):
    page = client.get(f"/accounts/password/new/{path}/")
    assert "does not work any more" in page.content.decode()


def test_asking_again_and_again_meets_a_page_in_words(sam, client, mailoutbox):
    for _try in range(3):
        ask(client, sam.email)
    answer = ask(client, sam.email)
    assert answer.status_code == 429
    assert len(mailoutbox) == 3


def test_a_mail_that_cannot_be_sent_fails_no_page(sam, client, settings):
    settings.EMAIL_BACKEND = "harmony.notifications.bounded.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 9  # nobody listens there
    assert "Look in your e-mail" in ask(client, sam.email).content.decode()
