"""Filing a report in a real browser, with the rules of accessibility on every page of the way."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import now

from incidents import steps
from incidents.models import Case, Report
from tests.browser import axe, fits

from .conftest import WEIGHED
from .planning import end

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


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_of_a_case_is_accessible(page, site, organisation, report, amara, leah, width):
    new, closed, case = report(danger="yes").case, report(about=leah).case, report(childs_words="He pushed me").case
    for weighed in (closed, case):
        weighed.triage(**WEIGHED, by=amara)
    end(closed, "safe", "Over", by=amara)
    case.write("decision", "We ring his dad.", now(), by=amara)
    case.give("Ring his dad", leah, date(2100, 1, 1), by=amara)
    case.share(leah, by=amara, why="Her key worker")
    entry, action = case.entries.get().pk, case.actions.get().pk
    pages = {
        (): ["cases", "my_reports", "my_actions"],
        (new.pk,): ["case", "triage"],
        (closed.pk,): ["case", "reopen"],
        (case.pk,): ["case", "chronology", "actions", "give", "close", "sharing", "recuse", "access_log"]
        + ["level", "review", "tell"],
        (case.pk, entry): ["correct"],
        (case.pk, action): ["finish", "waive"],
    }
    window = page(width=width, user=amara, site=site)
    for args, names in pages.items():
        for name in names:
            window.goto(site + reverse(f"incidents:{name}", args=args))
            axe(window)
            fits(window)
