"""The end of a session in a real browser: said in time, put off by a press, and no typed word lost when it comes."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from incidents.models import Report
from tests.browser import axe, fits, shot
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs("Chromium")]
NOTE = "My nephew Zed comes on Tuesdays."
LATER = 20_000  # milliseconds: a shared machine is slow


@pytest.fixture
def soon(settings):
    """Sessions end so fast that a test can wait for it."""
    settings.SESSION_IDLE_AGE, settings.SESSION_WARNING = 9, 6


def banner(window):
    return window.get_by_role("region", name="Your session")


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_it_is_said_in_time_without_taking_the_focus_and_a_press_stays(page, site, organisation, sam, soon, width):
    window = page(width, user=sam, site=site)
    window.goto(site + reverse("people:close_to_me"))
    expect(banner(window)).to_be_hidden()
    box = window.get_by_label("Or a young person here")
    box.focus()
    expect(banner(window)).to_be_visible(timeout=LATER)
    expect(box).to_be_focused()
    assert re.search(r"You will be signed out at \d+(:\d\d)?(am|pm)\.", banner(window).inner_text())
    if width != 320:
        axe(window)
    fits(window)
    shot(window, f"session-ends-{width}")
    banner(window).get_by_role("button", name="Stay signed in").press("Enter")
    expect(banner(window)).to_be_hidden()
    assert window.request.get(site + reverse("people:close_to_me"), max_redirects=0).status == 200


def test_when_it_has_ended_the_page_is_left_and_every_word_comes_back(page, site, organisation, sam, soon, settings):
    window = page(390, user=sam, site=site, allow=("401", "302"))
    window.goto(site + reverse("people:close_to_me"))
    window.get_by_label("Or a young person here").fill(NOTE)
    window.wait_for_url("**/sign-in/?idle=1**", timeout=2 * LATER)
    said = window.get_by_text("You were signed out to keep records safe.").inner_text()
    assert re.search(r"What you wrote is kept until \d+(:\d\d)?(am|pm)\. Sign in by then", said)
    shot(window, "signed-out-390")
    assert NOTE not in window.content()
    settings.SESSION_IDLE_AGE = 900
    window.get_by_label("E-mail address").fill(sam.email)
    window.get_by_label("Password", exact=True).fill(PASSWORD)
    window.get_by_role("button", name="Sign in with password").click()
    window.wait_for_url("**/people/close/")
    assert window.get_by_label("Or a young person here").input_value() == NOTE
    expect(window.get_by_text("What you wrote is here.")).to_be_visible()
    assert not sam.relationships.exists()


def test_with_no_connection_at_the_end_the_page_is_emptied_and_every_word_comes_back(
    page, site, organisation, sam, soon, settings
):
    window = page(390, user=sam, site=site, allow=("401", "302", "ERR_INTERNET_DISCONNECTED"))
    window.goto(site + reverse("people:close_to_me"))
    window.get_by_label("Or a young person here").fill(NOTE)
    window.context.set_offline(True)
    said = window.get_by_role("heading", name="You were signed out to keep records safe")
    expect(said).to_be_visible(timeout=2 * LATER)
    assert window.title() == "You were signed out"
    assert NOTE not in window.evaluate("document.documentElement.outerHTML")
    assert window.locator("input, textarea").count() == 0
    fits(window)
    axe(window)
    shot(window, "signed-out-offline-390")
    window.context.set_offline(False)
    window.wait_for_url("**/sign-in/?idle=1**", timeout=2 * LATER)
    expect(window.get_by_text("What you wrote is kept until")).to_be_visible()
    settings.SESSION_IDLE_AGE = 900
    window.get_by_label("E-mail address").fill(sam.email)
    window.get_by_label("Password", exact=True).fill(PASSWORD)
    window.get_by_role("button", name="Sign in with password").click()
    window.wait_for_url("**/people/close/")
    assert window.get_by_label("Or a young person here").input_value() == NOTE


def test_a_report_that_cannot_be_saved_says_so_and_saves_itself_later(page, site, organisation, sam, draft):
    window = page(390, user=sam, site=site, allow=("Failed to load resource", "htmx"))
    address = site + reverse("incidents:report_what", args=[draft.pk])
    window.goto(address)
    window.route(address, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    window.get_by_label("What happened?").fill("Every word of it.")
    status = window.locator("#saved")
    expect(status).to_have_text("Not saved. Keep this page open.", timeout=LATER)
    shot(window, "report-not-saved-390")
    assert "Every word" not in window.evaluate("JSON.stringify([localStorage, sessionStorage])")
    window.unroute(address)
    expect(status).to_contain_text("Saved at", timeout=LATER)
    assert Report.objects.get().facts == "Every word of it."
