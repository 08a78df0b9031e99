"""The search in a browser: without a word in the address, at every width."""

import pytest
from playwright.sync_api import expect

from tests.browser import axe, fits, pressable, shot

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs("Chromium")]


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_searching(page, site, organisation, report, amara, ruth, tom, width):
    for number in range(26):
        case = report(facts="She had a giraffe", who=f"Zed Abbott{number} (12)", handle=f"jordan_{number // 2}").case
    window = page(width=width, user=amara, site=site)
    window.goto(site + "/cases/")
    look(window, f"search-way-{width}")
    window.get_by_role("link", name="Search names, words and usernames").click()
    look(window, f"search-{width}")
    window.get_by_label("Words, a name, a username or a reference").fill("giraffes")
    window.get_by_role("button", name="Search", exact=True).click()
    expect(window.get_by_role("heading", name="26 cases")).to_be_visible()
    look(window, f"search-found-{width}")
    window.get_by_role("button", name="Older cases").click()
    expect(window.get_by_text("Page 2 of 2")).to_be_visible()
    assert window.url == site + "/cases/search/"
    window.get_by_label("Words, a name, a username or a reference").fill("elephant")
    window.keyboard.press("Enter")
    expect(window.get_by_role("heading", name="Nothing found")).to_be_visible()
    look(window, f"search-nothing-{width}")
    window.get_by_label("Words, a name, a username or a reference").fill("the")
    window.keyboard.press("Enter")
    expect(window.get_by_role("heading", name="Check one thing")).to_be_visible()
    look(window, f"search-again-{width}")
    window.goto(f"{site}/cases/{case.pk}/people/")
    expect(window.get_by_role("heading", name="Seen before")).to_be_visible()
    look(window, f"seen-before-{width}")


def look(window, name):
    axe(window)
    fits(window)
    pressable(window)
    shot(window, name)
