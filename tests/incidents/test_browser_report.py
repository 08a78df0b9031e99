"""Filing a report in a real browser, with the rules of accessibility on every page of the way."""

import pytest
from django.urls import reverse

from incidents import steps
from incidents.models import Case, Report
from tests.browser import axe, fits

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs("Chromium")]

ANSWERED = """() => document.querySelectorAll("main :checked").length
    + [...document.querySelectorAll("main textarea, main input[type=text]")].filter(box => box.value).length"""
FIRST = "Before you write: is somebody in danger, or is it about one of us?"


def test_three_answers_and_one_page_to_check_are_a_whole_report(page, site, organisation, sam, amara):
    """Counted as whoever reports would: each question that was answered, each page that was seen."""
    window = page(width=390, user=sam, site=site)
    answers = pages = 0
    window.goto(site + reverse("incidents:begin"))
    while not window.get_by_role("button", name="Send report").is_visible():
        pages += 1
        if window.get_by_role("group", name=FIRST).is_visible():
            window.get_by_role("group", name=FIRST).get_by_label("Neither of these").check()
        else:
            window.locator("main textarea").first.fill("Zed A, a bruise.")
        answers += window.evaluate(ANSWERED)
        skip = window.get_by_role("button", name="Skip to check and send")
        (skip if skip.is_visible() else window.locator("main form button").first).click()
    window.get_by_role("button", name="Send report").click()
    window.get_by_role("heading", name="Thank you. Your report is sent").wait_for()
    assert (answers, pages) == (3, 3)


@pytest.mark.parametrize(("width", "scripts"), [(390, True), (1280, True), (390, False)])
def test_a_report_is_filed(page, site, organisation, sam, amara, width, scripts):
    window = page(width=width, scripts=scripts, user=sam, site=site)

    def look():
        fits(window) if scripts else None
        axe(window) if scripts else None

    def go_on(button="Save and continue"):
        look()
        window.get_by_role("button", name=button).click()

    window.goto(site + reverse("incidents:begin"))
    window.get_by_role("group", name=FIRST).get_by_label("Neither of these").check()
    go_on("Continue")
    window.get_by_label("Who are you worried about?").fill("Zed A (12)")
    go_on()
    window.get_by_label("What happened?").fill("A bruise on his arm.")
    window.get_by_label("Their own words").fill("He pushed me")
    if scripts:
        window.get_by_text("Saved at").wait_for()
        with window.expect_response(lambda answer: answer.request.method == "POST", timeout=10_000):
            window.get_by_label("What you think").press_sequentially("He was scared.")
        assert Report.objects.get().facts == "A bruise on his arm."
    for _page in range(1 + len(steps.DETAILS)):
        go_on()
    look()
    window.get_by_role("button", name="Send report").click()
    window.get_by_role("heading", name="Thank you. Your report is sent").wait_for()
    look()
    assert Case.objects.get().reference in window.inner_text("main")


def test_a_concern_about_one_of_us_with_danger(page, site, organisation, sam, amara, ruth):
    window = page(width=390, user=sam, site=site)
    window.goto(site + reverse("incidents:begin"))
    window.get_by_role("group", name=FIRST).get_by_label("Both:").check()
    for button in ("Continue", "Continue with the report"):
        axe(window)
        fits(window)
        window.get_by_role("button", name=button).click()
    window.get_by_label("Amara Okafor").check()
    axe(window)
    fits(window)
    window.get_by_role("button", name="Save and continue").click()
    window.get_by_label("Who are you worried about?").wait_for()
    assert "Amara" not in window.inner_text("body")
