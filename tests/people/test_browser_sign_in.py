"""Signing in, in a real browser: password, authenticator app, passkey; on a phone too, and without JavaScript."""

import re
import time
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse

from harmony.audit.models import Entry
from harmony.people.inviting import invite
from tests.browser import axe, fits, shot
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs("Chromium")]
HOME = reverse("mfa_index")


@pytest.fixture(params=[(1280, True), (390, True), (390, False)], ids=["wide", "phone", "no-scripts"])
def window(request, page, site, organisation):
    """A browser at the sign-in page, and a way to look at each page that it comes to."""
    width, scripts = request.param
    window = page(width, scripts=scripts)

    def look(name):
        window.wait_for_load_state()
        fits(window)
        if scripts:
            axe(window)
        shot(window, f"{name}-{width}{'' if scripts else '-no-scripts'}")

    window.look = look
    window.goto(f"{site}{reverse('account_login')}?next={HOME}")
    return window


def code_for(secret):
    """The code of these thirty seconds; the next one, where these are nearly over."""
    if (left := 30 - time.time() % 30) < 6:
        time.sleep(left)
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def type_password(window, user):
    window.get_by_label("E-mail address").fill(user.email)
    window.get_by_label("Password", exact=True).fill(PASSWORD)
    window.get_by_role("button", name="Sign in with password").click()


def give_device(window):
    """A phone's own passkey store, with its owner's finger on it."""
    devices = window.context.new_cdp_session(window)
    devices.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    always = {"isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": kind | always})


def test_a_dso_signs_in_sets_up_an_app_and_comes_back_with_a_code(window, amara):
    window.look("sign-in")
    type_password(window, amara)
    assert window.get_by_role("heading", level=1).inner_text() == "Set up a second check"
    window.look("second-check")
    window.get_by_role("link", name="Set up an app").click()
    window.get_by_text("I can’t scan it").click()
    window.look("set-up-app")
    secret = window.locator("#secret").inner_text().replace(" ", "")
    window.get_by_label("Type the 6 numbers it shows").fill("000000")
    window.get_by_role("button", name="Check the numbers").click()
    window.look("set-up-app-wrong")
    assert window.get_by_text("That code does not work").first.is_visible()
    assert secret == window.locator("#secret").inner_text().replace(" ", "")
    window.get_by_label("Type the 6 numbers it shows").fill(code_for(secret))
    window.get_by_role("button", name="Check the numbers").click()
    assert window.get_by_role("heading", level=1).inner_text() == "Keep these codes safe"
    window.look("recovery-codes")
    window.goto(urlsplit(window.url)._replace(path=reverse("account_logout")).geturl())
    window.look("sign-out")
    window.locator("main").get_by_role("button", name="Sign out").click()
    window.goto(urlsplit(window.url)._replace(path=reverse("account_login"), query=f"next={HOME}").geturl())
    type_password(window, amara)
    window.look("code")
    window.get_by_label("Code").fill(code_for(secret))
    window.get_by_role("button", name="Check the code").click()
    assert window.get_by_role("heading", level=1).inner_text() == "Sign-in and security"
    window.look("security")
    ways = [verb for verb in Entry.objects.values_list("verb", flat=True) if verb.startswith("sign in")]
    assert ways == ["sign in (password)", "sign in (password, mfa)"]


@pytest.mark.parametrize("window", [(1280, True), (390, True)], indirect=True, ids=["wide", "phone"])
def test_a_dso_sets_up_a_passkey_and_signs_in_with_it_alone(window, amara):
    give_device(window)
    type_password(window, amara)
    window.get_by_role("link", name="Set up a passkey").click()
    window.look("set-up-passkey")
    window.get_by_role("button", name="Set up a passkey").click()
    window.get_by_role("heading", name="Keep these codes safe").wait_for()
    window.goto(window.url.replace(reverse("mfa_view_recovery_codes"), reverse("mfa_list_webauthn")))
    window.look("passkeys")
    window.locator("main").get_by_role("link", name="Remove").click()
    window.look("remove-passkey")
    window.goto(urlsplit(window.url)._replace(path=reverse("account_logout")).geturl())
    window.locator("main").get_by_role("button", name="Sign out").click()
    window.goto(urlsplit(window.url)._replace(path=reverse("account_login"), query=f"next={HOME}").geturl())
    window.get_by_role("button", name="Use your passkey").click()
    window.get_by_role("heading", name="Sign-in and security").wait_for()
    assert Entry.objects.filter(verb="sign in (mfa)", actor_name="Amara Okafor").exists()


@pytest.mark.parametrize("window", [(390, True)], indirect=True, ids=["phone"])
def test_a_device_that_says_no_leads_to_a_sentence(window, site):
    give_device(window)  # with no passkey on it
    window.get_by_role("button", name="Use your passkey").click()
    window.get_by_text("That did not work").wait_for()
    window.look("passkey-failed")


def test_somebody_invited_chooses_a_password_and_is_in(window, site, ruth):
    _user, link = invite(name="Hana Sato", email="hana@harmony.test", kind="volunteer", posts=["deputy"], by=ruth)
    window.goto(site + urlsplit(link).path)
    window.look("welcome")
    window.get_by_label("Password", exact=True).fill("short")
    window.get_by_role("button", name="Save and come in").click()
    window.look("welcome-wrong")
    window.get_by_label("Password", exact=True).fill(PASSWORD)
    window.get_by_role("button", name="Save and come in").click()
    assert window.get_by_role("heading", level=1).inner_text() == "Set up a second check"


def test_a_forgotten_password_is_chosen_anew(window, site, sam, mailoutbox):
    window.get_by_role("link", name="Forgotten your password?").click()
    window.look("forgotten")
    window.get_by_label("Your e-mail address at work").fill(sam.email)
    window.get_by_role("button", name="Send me the link").click()
    window.look("forgotten-sent")
    (mail,) = mailoutbox
    link = re.search(r"http\S+", mail.body)[0]
    window.goto(site + urlsplit(link).path)
    window.look("new-password")
    window.get_by_label("New password").fill("quite another 88")
    window.get_by_role("button", name="Save the new password").click()
    window.look("new-password-done")
    assert "/abc" not in window.url
    sam.refresh_from_db()
    assert sam.check_password("quite another 88")


@pytest.mark.parametrize("window", [(1280, True), (390, True)], indirect=True, ids=["wide", "phone"])
def test_the_other_account_pages_fit_and_break_no_rule(window, site, sam):
    type_password(window, sam)
    for name in (
        "account_change_password",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "usersessions_list",
    ):
        window.goto(site + reverse(name))
        window.look(name)
    window.goto(site + reverse("mfa_index"))
    window.look("security-staff")


@pytest.mark.parametrize("window", [(390, True)], indirect=True, ids=["phone"])
def test_a_dead_link_says_what_to_do(page, site, organisation, window):
    refused = page(1280, allow=("404",))
    refused.goto(site + "/people/welcome/never-was/")
    axe(refused)
    shot(refused, "no-such-link-1280")
    window.goto(site + reverse("account_login") + "?idle=1")
    window.look("sign-in-idle")
