"""“Hide this page”, on the pages that a stranger opens."""

import pytest
from django.urls import reverse

from tests.browser import axe, fits

pytestmark = [
    pytest.mark.needs("Chromium"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("organisation"),
]
WEATHER = "https://www.bbc.co.uk/weather"


@pytest.fixture
def opened(page, site):
    """opened(): the help page, come to from another one; the weather is served here."""

    def open(**options):
        window = page(**options)
        window.route(WEATHER, lambda route: route.fulfill(body="Sunny", content_type="text/plain"))
        window.goto(site + reverse("home:privacy"))
        window.goto(site + reverse("home:help"))
        return window

    return open


@pytest.mark.parametrize("how", ["button", "keys"])
def test_it_leaves_and_the_way_back_does_not_lead_here(opened, site, how):
    window = opened()
    if how == "button":
        window.get_by_role("button", name="Hide this page").click()
    else:
        for _press in range(3):
            window.keyboard.press("Shift")
    window.wait_for_url(WEATHER)
    window.go_back()
    window.wait_for_url(site + reverse("home:privacy"))


def test_without_scripts_it_is_a_link(opened):
    window = opened(scripts=False)
    assert not window.get_by_text("press Shift 3 times").is_visible()
    window.get_by_role("button", name="Hide this page").click()
    window.wait_for_url(WEATHER)


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_page_with_it_is_accessible_and_fits(opened, width):
    window = opened(width=width)
    axe(window)
    fits(window)


@pytest.mark.parametrize("scripts", [True, False])
def test_or_stands_only_beside_another_way_to_sign_in(page, site, scripts):
    window = page(scripts=scripts)
    window.goto(site + reverse("account_login"))
    passkey = window.get_by_role("button", name="Use your passkey").is_visible()
    assert passkey == scripts
    heading = "Or use your password" if passkey else "Use your password"
    assert window.get_by_role("heading", name=heading, exact=True).is_visible()
    assert window.get_by_role("heading", name="use your password").count() == 1
    assert window.get_by_text("You do not need to sign in to get help.").is_visible()
