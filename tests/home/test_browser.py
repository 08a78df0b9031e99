"""Every page about people and the organisation in a real browser: accessible, and nothing sticks out."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime, now

from harmony.audit.events import event
from harmony.home import ladders, tasks
from harmony.organisation.beginning import begin
from harmony.people.models import Away, Care, Carer, Group, GroupMember, GroupWorker, OnCall, Relationship, YoungPerson
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
    at, today = now(), now().date()
    makers, zed, carer = Group(), YoungPerson(), Carer()
    with event("set up", by="the tests"):
        OnCall.objects.create(user=hana, phone="01632 960 300", starts_at=at, ends_at=at + timedelta(days=2))
    Relationship(user=hana).declare("family", named="Zed", by=hana)
    makers.add("Tuesday Makers", "11 to 13", by=ruth)
    zed.add("Zed A", "Zedekiah Agyeman", today.replace(year=today.year - 12, day=1), "young", by=ruth)
    carer.add("Kofi Agyeman", "01632 960 201", "kofi@example.org", by=ruth)
    care = Care(young_person=zed, carer=carer)
    care.link("father", True, by=ruth)
    GroupMember(group=makers, young_person=zed).join(today, by=ruth)
    GroupWorker(group=makers, user=hana).join(today, by=ruth)
    return {"ruth": ruth, "hana": hana, "zed": zed, "makers": makers, "care": care}


def pages(world):
    hana, zed, makers = world["hana"].pk, world["zed"].pk, world["makers"].pk
    named = {
        **dict.fromkeys(("people", "invite", "rota", "add_slot", "away", "close_to_me", "declared"), ()),
        **dict.fromkeys(("young_people", "add_young_person", "groups", "add_group"), ()),
        **dict.fromkeys(("person", "details", "suspend", "leave", "appoint", "add_membership", "away_for"), (hana,)),
        **dict.fromkeys(("young_person", "change_young_person", "add_carer", "link_carer"), (zed,)),
        "change_carer": (zed, world["care"].pk),
        **dict.fromkeys(("group", "add_member", "add_worker", "finish_group"), (makers,)),
    }
    yield "front", "/"
    for name, parts in named.items():
        yield name, reverse(f"people:{name}", args=parts)
    for name in ("organisation", "add_closure", "contacts", "add_contact", "council", "guidance", "keys"):
        yield name, reverse(f"home:{name}")


def test_every_page_is_accessible_and_fits(page, site, world):
    """Drawn once, then made narrower: the rules are asked once a page, on the phone, since they take seconds."""
    window = page(user=world["ruth"], site=site)
    for name, address in pages(world):
        window.set_viewport_size({"width": 1280, "height": 900})
        window.goto(site + address)
        for width in WIDTHS:
            window.set_viewport_size({"width": width, "height": 900})
            fits(window)
            shot(window, f"people-{name}-{width}")
            if width == 390:
                axe(window)


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
