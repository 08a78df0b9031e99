"""Every page about people and the organisation in a real browser: accessible, and nothing sticks out."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime, now

from harmony.audit.events import event
from harmony.home import ladders, tasks
from harmony.organisation.beginning import begin
from harmony.people.models import Away, OnCall
from tests.browser import axe, fits, says_what_is_wrong, shot

pytestmark = [pytest.mark.needs("Chromium"), pytest.mark.django_db(transaction=True)]
WIDTHS = [1280, 390, 320]
FOCUS = """() => ({
    what: document.activeElement.outerHTML.slice(0, 80),
    bottom: document.activeElement.getBoundingClientRect().bottom,
    in_bar: !!document.activeElement.closest(".hm-bar"),
})"""


@pytest.fixture
def world(person):
    begin(name="Harbour Youth Online and Community Learning", hours="Mon-Fri 09:00-17:00", by="the tests")
    ruth, hana = (
        person("Ruth Hale", "lead", "office", phone="01632 960 103"),
        person("Hana Sato", phone="01632 960 300"),
    )
    at = now()
    with event("set up", by="the tests"):
        OnCall.objects.create(user=hana, phone="01632 960 300", starts_at=at, ends_at=at + timedelta(days=2))
    return {"ruth": ruth, "hana": hana}


@pytest.mark.parametrize("width", WIDTHS)
def test_strangers_have_a_page_that_fits(page, site, world, width):
    window = page(width)
    window.goto(site + "/")
    axe(window)
    fits(window)
    shot(window, f"people-welcome-{width}")


def test_on_a_phone_the_heading_is_near_the_top_and_help_above_it(page, site, world):
    """Menu stands in the first row, and 999 and whoever is on call in two lines above it."""
    window = page(user=world["hana"], site=site)
    window.set_viewport_size({"width": 390, "height": 844})
    window.goto(site + reverse("incidents:my_reports"))
    shot(window, "people-top-of-a-phone-390")
    assert window.get_by_role("heading", level=1).bounding_box()["y"] <= 160  # under a name of two lines; else 138
    strip = window.locator(".hm-safety")
    assert strip.bounding_box()["height"] <= 56
    assert "Call 999" in strip.inner_text()
    assert "01632 960 300" in strip.inner_text()
    menu, brand = (window.locator(part).bounding_box() for part in (".govuk-service-navigation__toggle", ".hm-brand"))
    assert menu["y"] < brand["y"] + brand["height"]
    assert menu["x"] + menu["width"] <= 390


def test_on_a_phone_the_way_to_report_is_always_in_reach_and_covers_no_focus(page, site, world):
    window = page(390, height=640, user=world["ruth"], site=site)
    window.goto(site + reverse("people:invite"))
    bar = window.get_by_role("navigation", name="Report", exact=True)
    top = bar.bounding_box()["y"]
    assert top > 500
    for _stop in range(200):
        window.keyboard.press("Tab")
        here = window.evaluate(FOCUS)
        if here["in_bar"]:
            break
        assert here["bottom"] <= top + 1, here
    assert here["in_bar"], "the bar was never reached"
    window.keyboard.press("Enter")
    window.wait_for_url("**/report/")
    assert not bar.is_visible()
    window.goto(site + "/")
    assert not bar.is_visible()


def test_the_way_to_report_is_not_on_paper_nor_in_a_low_window(page, site, world):
    window = page(390, user=world["ruth"], site=site)
    window.goto(site + reverse("people:invite"))
    bar = window.get_by_role("navigation", name="Report", exact=True)
    window.emulate_media(media="print")
    assert not bar.is_visible()
    window.emulate_media(media="screen")
    window.set_viewport_size({"width": 700, "height": 320})
    assert not bar.is_visible()


def test_one_tap_away_works_without_scripts_and_by_keyboard(page, site, world):
    window = page(390, scripts=False, user=world["hana"], site=site)
    window.goto(site + reverse("people:away"))
    window.get_by_role("button", name="I’m away from now").focus()
    window.keyboard.press("Enter")
    window.get_by_role("heading", name="You are away").wait_for()
    assert Away.objects.at().get().user == world["hana"]
    window.get_by_role("button", name="I’m back").click()
    assert not Away.objects.at().exists()


def test_a_wrong_answer_is_said_first_and_kept(page, site, world):
    window = page(320, user=world["ruth"], site=site)
    window.goto(site + reverse("people:invite"))
    window.get_by_label("E-mail address").fill("not an address")
    window.get_by_role("button", name="Send the invitation").click()
    says_what_is_wrong(window)
    assert window.get_by_label("E-mail address").input_value() == "not an address"
    axe(window)
    fits(window)
    shot(window, "people-invite-wrong-320")


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_lacking_and_the_week_fit_and_are_accessible(page, site, world, person, width):
    tasks.live.apply()
    ladders.look(localtime().replace(hour=12))
    amara = person("Amara Okafor", "dso", phone="01632 960 101")
    for user, address in ((world["ruth"], "home:running"), (amara, "home:week")):
        window = page(width=width, user=user, site=site)
        window.goto(site + reverse(address))
        axe(window)
        fits(window)
        shot(window, f"{address.split(':')[1]}-{width}")
