"""Signing in, and what the book says of it."""

import json
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import override_settings
from django.urls import reverse

from harmony.audit import book
from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.people import devices
from harmony.people.accounts import Argon2id
from harmony.people.models import User
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = {"login": "sam@harmony.test", "password": PASSWORD}


@pytest.fixture
def secret(sam):
    """Sam has an authenticator app and recovery codes."""
    secret = totp.generate_totp_secret()
    with event("enrol", by=sam):
        totp.TOTP.activate(sam, secret)
        RecoveryCodes.activate(sam)
    return secret


def code_for(secret):
    """The code of these thirty seconds; the next one, where these are nearly over."""
    if (left := 30 - time.time() % 30) < 3:
        time.sleep(left)
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def verbs():
    return list(Entry.objects.filter(changes=None).values_list("verb", "actor_name"))


def sign_in(client, **fields):
    return client.post(reverse("account_login"), LOGIN | fields)


@pytest.mark.django_db(transaction=True)
def test_signing_in_by_password_is_recorded(sam, client):
    assert sign_in(client).status_code == 302
    assert client.session["_auth_user_id"] == str(sam.pk)
    assert verbs() == [("sign in (password)", "Sam")]
    assert list(book.breaks()) == []


def test_capitals_in_the_address_do_not_matter(sam, client):
    assert sign_in(client, login="Sam@Harmony.TEST").status_code == 302


def test_signing_in_by_totp_is_recorded(sam, secret, client):
    answer = sign_in(client)
    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    client.post(answer.url, {"code": code_for(secret)})
    assert client.session["_auth_user_id"] == str(sam.pk)
    assert verbs() == [("sign in (password, mfa)", "Sam")]


def test_a_code_works_once(sam, secret, client):
    code = code_for(secret)
    client.post(sign_in(client).url, {"code": code})
    client.post(reverse("account_logout"))
    client.post(sign_in(client).url, {"code": code})
    assert "_auth_user_id" not in client.session
    assert verbs()[-2:] == [("sign out", "Sam"), ("sign in refused", "not signed in")]


def test_a_used_code_stays_used_for_as_long_as_it_would_work(sam, secret, client):
    code = code_for(secret)
    client.post(sign_in(client).url, {"code": code})
    client.post(reverse("account_logout"))
    cache.delete(f"allauth.mfa.totp.used?user={sam.pk}&code={code}")  # as it is after 30 seconds
    client.post(sign_in(client).url, {"code": code})
    assert "_auth_user_id" not in client.session


def test_a_spent_recovery_code_is_recorded_and_no_secret_is(sam, secret, client):
    codes = RecoveryCodes(Authenticator.objects.get(user=sam, type="recovery_codes"))
    client.post(sign_in(client).url, {"code": codes.get_unused_codes()[0]})
    assert client.session["_auth_user_id"] == str(sam.pk)
    assert Entry.objects.filter(verb="account: mfa_authenticate", table_name="mfa_authenticator").exists()
    assert not Entry.objects.filter(changes__contains=secret).exists()
    assert secret not in str(list(Authenticator.objects.values("data")))


def test_a_refused_sign_in_is_recorded_without_what_was_typed(sam, client):
    sign_in(client, password="wrong words")
    sign_in(client, login="nobody@harmony.test")
    assert verbs() == [("sign in refused", "not signed in")] * 2
    assert list(Entry.objects.filter(changes=None).values_list("row_id", flat=True)) == [sam.pk.hex, ""]


def test_an_account_page_changes_a_password_under_its_own_name(sam, client, mailoutbox):
    client.force_login(sam)
    words = {"oldpassword": PASSWORD, "password1": "quite another 88"}
    assert client.post(reverse("account_change_password"), words).status_code == 302
    line = Entry.objects.filter(table_name="people_user").last()
    assert (line.verb, line.actor_name) == ("account: account_change_password", "Sam")
    assert json.loads(line.changes) == {"password": ["***", "***"]}
    (mail,) = mailoutbox
    assert mail.to == [sam.email]


def test_whoever_has_no_password_is_led_to_a_new_one(sam, client):
    with event("try", by="the tests"):
        sam.set_unusable_password()
        sam.save()
    client.force_login(sam)
    assert client.get(reverse("account_change_password")).url == reverse("account_reset_password")


def test_a_changed_password_ends_every_other_session(sam, client, client_elsewhere):
    client.force_login(sam)
    client_elsewhere.force_login(sam)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "quite another 88"})
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client_elsewhere.get(reverse("mfa_index")).status_code == 302


def test_the_old_password_is_asked_for_and_has_to_be_right(sam, client):
    client.force_login(sam)
    for old in ("", PASSWORD.upper(), f"{PASSWORD} "):
        client.post(reverse("account_change_password"), {"oldpassword": old, "password1": "quite another 88"})
        sam.refresh_from_db()
        assert sam.check_password(PASSWORD), old


def test_a_long_password_counts_to_its_last_letter_with_its_capitals_and_blanks(sam, client):
    client.force_login(sam)
    long = " Åse’s 71 herons walk home " + "slowly and softly " * 6 + "Z "
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": long})
    sam.refresh_from_db()
    assert len(long) > 128 and sam.check_password(long)
    for other in (long.strip(), long.lower(), long[:-2], f"{long} "):
        client.post(reverse("account_logout"))
        assert sign_in(client, password=other).status_code == 200, other
    assert sign_in(client, password=long).status_code == 302


def test_a_box_for_a_password_hides_it_and_lets_a_password_manager_fill_it(sam, client):
    client.force_login(sam)
    pages = [client.get(reverse("account_change_password"))]
    client.post(reverse("account_logout"))
    pages.append(client.get(reverse("account_login")))
    boxes = [box for page in pages for box in re.findall(r'<input[^>]*name="\w*password\w*"[^>]*>', page.text)]
    assert len(boxes) == 3
    for box in boxes:
        assert 'type="password"' in box and re.search(r'autocomplete="(current|new)-password"', box), box
        assert "onpaste" not in box


@pytest.mark.parametrize("password", ["short 9", "1234567890", "sam@harmony.test", "password123"])
def test_a_password_that_is_easy_to_guess_is_refused_with_a_sentence(sam, client, password):
    client.force_login(sam)
    answer = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": password})
    assert answer.status_code == 200
    assert answer.context["form"].errors["password1"]


def test_a_password_is_kept_at_the_owasp_profile(sam):
    assert sam.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize("status", ["invited", "suspended", "left"])
def test_whoever_is_not_active_meets_the_answer_of_a_wrong_password(sam, client, status):
    wrong = sign_in(client, password="not the password").content
    with event("change", by="the tests"):
        User.objects.filter(pk=sam.pk).update(status=status, is_active=False)
    right = sign_in(client)
    assert right.status_code == 200
    assert without_tokens(right.content) == without_tokens(wrong)


def without_tokens(page):
    return [line for line in page.decode().splitlines() if "csrfmiddlewaretoken" not in line]


def test_one_session_can_be_ended_and_that_is_recorded(sam, client, client_elsewhere):
    sign_in(client)
    sign_in(client_elsewhere)
    page = client.get(reverse("usersessions_list"))
    (other,) = [session for session in page.context["sessions"] if session.session_key != client.session.session_key]
    assert client.post(reverse("usersessions_list"), {"session": other.pk}).status_code == 302
    assert client_elsewhere.get(reverse("usersessions_list")).status_code == 302
    assert client.get(reverse("usersessions_list")).status_code == 200
    assert verbs()[-1] == ("end a session", "Sam")


def test_nobody_ends_somebody_elses_session(sam, ruth, client, client_elsewhere):
    sign_in(client)
    client_elsewhere.post(reverse("account_login"), {"login": ruth.email, "password": PASSWORD})
    theirs = ruth.usersession_set.get()
    client.post(reverse("usersessions_list"), {"session": theirs.pk})
    assert ruth.usersession_set.exists()


def test_a_session_ends_after_twelve_hours_whatever_was_done_in_it(sam, client):
    sign_in(client)
    session = client.session
    session["began"] -= 12 * 60 * 60 + 1
    session.save()
    answer = client.get(reverse("mfa_index"))
    assert answer.status_code == 302
    assert "idle=1" in answer.url
    assert "next=" in answer.url
    assert "_auth_user_id" not in client.session


class CountingArgon2id(Argon2id):
    """Counts how often a password was hashed or compared."""

    times = 0

    def encode(self, *args, **kwargs):
        type(self).times += 1
        return super().encode(*args, **kwargs)

    def verify(self, *args, **kwargs):
        type(self).times += 1
        return super().verify(*args, **kwargs)


@override_settings(PASSWORD_HASHERS=["tests.people.test_sign_in.CountingArgon2id"])
def test_after_ten_tries_no_password_is_hashed_any_more(sam, client):
    for _try in range(10):
        sign_in(client, password="wrong words")
    CountingArgon2id.times = 0
    answer = sign_in(client)
    assert CountingArgon2id.times == 0
    assert "Too many tries" in answer.content.decode()
    assert "_auth_user_id" not in client.session


@override_settings(PASSWORD_HASHERS=["tests.people.test_sign_in.CountingArgon2id"])
def test_an_unknown_address_costs_as_many_hashes_as_a_known_one(sam, client):
    costs = []
    for login in ("sam@harmony.test", "nobody@harmony.test"):
        CountingArgon2id.times = 0
        sign_in(client, login=login, password="wrong words")
        costs.append(CountingArgon2id.times)
    assert costs == [1, 1]


def test_others_cannot_lock_somebody_out(sam, client):
    sign_in(client, password="wrong words")
    for _try in range(12):
        client.post(reverse("account_login"), LOGIN | {"password": "wrong"}, REMOTE_ADDR="203.0.113.9")
    assert sign_in(client).status_code == 302


def test_guessing_from_many_addresses_is_slowed_but_not_for_where_somebody_came_in_before(sam, client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_anywhere": "3/10m/key"}
    sign_in(client)
    client.post(reverse("account_logout"))
    for guess in range(5):
        refused = client.post(reverse("account_login"), LOGIN | {"password": "x"}, REMOTE_ADDR=f"198.51.100.{guess}")
    assert "Too many tries" in refused.content.decode()
    assert sign_in(client).status_code == 302


def test_a_new_device_is_told_once_in_words_that_say_nothing_of_it(sam, leah, client, client_elsewhere, mailoutbox):
    for _time in range(2):
        sign_in(client)
        client.post(reverse("account_logout"))
    (mail,) = mailoutbox
    assert mail.to == [sam.email] and mail.subject == "Your sign-in was used on a new device"
    sign_in(client, login=leah.email)  # new for her, and still known for Sam
    client.post(reverse("account_logout"))
    sign_in(client)
    assert [one.to for one in mailoutbox] == [[sam.email], [leah.email]]
    client_elsewhere.cookies[devices.cookie()] = "x.." + "0" * 32
    sign_in(client_elsewhere, REMOTE_ADDR="198.51.100.7")
    assert (mailoutbox[-1].subject, mailoutbox[-1].body) == (mail.subject, mail.body)
    assert len(mailoutbox) == 3 and "Sam" not in mail.body and "198" not in mailoutbox[-1].body


def test_a_mail_that_cannot_be_sent_keeps_nobody_out(sam, client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert sign_in(client).url == reverse("home:start")


@pytest.mark.parametrize(
    "password",
    ["1234567890", "Password2026!", "!!!Sunshine99", "harmony four words", "H-a-r-m-o-n-y 77", "my safeguarding 4"],
)
def test_well_known_passwords_and_our_own_name_are_refused(sam, organisation, client, password):
    client.force_login(sam)
    words = {"oldpassword": PASSWORD, "password1": password}
    assert client.post(reverse("account_change_password"), words).status_code == 200
    assert client.post(reverse("account_change_password"), words | {"password1": "quite another 88"}).status_code == 302
