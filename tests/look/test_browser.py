"""The components in a real browser, at three widths, by keyboard, without scripts."""

import pytest

from tests.browser import axe, fits, says_what_is_wrong, shot

pytestmark = [
    pytest.mark.needs("Chromium"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.look.site"),
]
WIDTHS = [1280, 390, 320]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_components_are_accessible_and_fit(page, site, organisation, amara, width):
    window = page(width, user=amara, site=site)
    window.goto(site + "/components/")
    axe(window)
    fits(window)
    shot(window, f"look-{width}")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_form_with_mistakes_says_them_first(page, site, organisation, amara, width):
    window = page(width, user=amara, site=site)
    window.goto(site + "/components/")
    window.get_by_label("Their words").fill("He said " * 40)
    window.get_by_role("button", name="Save and continue").click()
    says_what_is_wrong(window)
    assert window.evaluate("document.activeElement.className") == "govuk-error-summary"
    assert window.get_by_label("Their words").input_value().startswith("He said ")
    axe(window)
    fits(window)
    shot(window, f"look-wrong-{width}")


def test_a_link_in_the_summary_leads_into_the_field(page, site, organisation, amara):
    window = page(user=amara, site=site)
    window.goto(site + "/components/")
    window.get_by_role("button", name="Save and continue").click()
    for link, field in [("Write what they said.", "words"), ("Answer this: Is anyone in danger now?", "danger")]:
        window.get_by_role("link", name=link).click()
        assert window.evaluate("document.activeElement.name") == field


def test_the_screen_can_be_blanked_and_nothing_is_lost(page, site, organisation, amara):
    window = page(user=amara, site=site)
    window.goto(site + "/components/")
    window.get_by_label("Their words").fill("Not for others")
    window.get_by_role("button", name="Blank screen").click()
    shot(window, "blank")
    assert window.evaluate("document.querySelector('main').closest('[inert]') !== null")
    window.keyboard.press("Enter")
    assert window.get_by_label("Their words").input_value() == "Not for others"


@pytest.mark.parametrize("width", [1280, 390])
def test_without_scripts_the_menu_stands_open(page, site, organisation, amara, width):
    window = page(width, scripts=False, user=amara, site=site)
    window.goto(site + "/components/")
    assert window.get_by_role("link", name="Inbox").is_visible()
    assert not window.get_by_role("button", name="Blank screen").is_visible()
    shot(window, f"look-noscript-{width}")


@pytest.mark.parametrize("width", WIDTHS)
def test_public_pages_have_a_way_out(page, site, organisation, width):
    window = page(width)
    window.goto(site + "/help/")
    assert window.get_by_role("button", name="Hide this page").is_visible()
    axe(window)
    fits(window)
    shot(window, f"public-{width}")


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_here_is_a_page_too(page, site, organisation, width):
    window = page(width, allow=("404",))
    window.goto(site + "/no-such-page/")
    axe(window)
    fits(window)
    shot(window, f"404-{width}")
