"""However often it is pressed, gone back from or loaded again: one report, one case, no lost word."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from incidents.models import Case, Report
from tests.browser import fits, shot

from .steps import FACTS, answers_whom_it_is_about, writes_what_happened

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs("Chromium"), pytest.mark.journey]
SENT = "Thank you. Your report is sent"


@pytest.fixture
def at_the_check(at_a_browser, sam):
    """Sam, before the last button."""
    reporter = at_a_browser(sam, width=390)
    answers_whom_it_is_about(reporter)
    writes_what_happened(reporter)
    return reporter


def only_one():
    return Report.objects.count() == 1 and Case.objects.count() == 1


def test_a_button_pressed_twice_sends_once(at_the_check):
    at_the_check.button("Send report").dblclick()
    at_the_check.window.wait_for_url("**/sent/")
    assert at_the_check.heading == SENT
    assert only_one()


def test_going_back_and_loading_again_sends_nothing_more(at_the_check):
    at_the_check.presses("Send report")
    at_the_check.window.reload()
    assert at_the_check.heading == SENT
    at_the_check.window.go_back()
    at_the_check.window.reload()
    assert at_the_check.heading == SENT
    at_the_check.window.go_back()
    at_the_check.window.reload()
    assert at_the_check.heading == SENT
    assert only_one()


def test_going_back_to_an_answer_finds_it_there(at_the_check):
    at_the_check.window.go_back()
    assert at_the_check.window.get_by_label("What happened?").input_value() == FACTS
    at_the_check.presses("Skip to check and send")
    at_the_check.presses("Send report")
    assert only_one()


def test_windows_left_open_send_nothing_more_and_change_no_word(at_the_check):
    second, third = at_the_check.in_another_window(), at_the_check.in_another_window()
    third.follows("Change What happened")
    at_the_check.presses("Send report")
    second.presses("Send report")
    assert second.heading == SENT
    third.types("What happened?", "Something else.")
    third.presses("Save and go back to check")
    assert only_one()
    assert Report.objects.get().facts == FACTS
    third.presses("Add these words to the report")
    third.reads("Something else.")
    assert "Something else." in Report.objects.get().addenda.get().words


def test_a_reply_that_is_lost_on_the_way_costs_nothing(at_the_check):
    """The report is sent, and the page that says so never comes: going back to the check shows it."""
    window, check = at_the_check.window, at_the_check.path
    reached = []

    def lose(route):
        reached.append(route.fetch(max_redirects=0).status)
        route.abort()

    window.route("**/send/", lose)
    at_the_check.button("Send report").click()
    window.wait_for_url("chrome-error://**")
    assert reached == [302]
    window.unroute("**/send/")
    at_the_check.opens(check)
    assert at_the_check.heading == SENT
    assert only_one()


def test_a_session_that_ended_meanwhile_costs_no_word(at_a_browser, sam):
    """What was typed too late stands on its page after signing in again, and is sent once."""
    reporter = at_a_browser(sam, width=390, scripts=False)
    answers_whom_it_is_about(reporter)
    reporter.types("Who are you worried about?", "Zed A (12)")
    reporter.presses("Save and continue")
    reporter.types("What happened?", FACTS)
    Session.objects.all().delete()
    reporter.presses("Skip to check and send")
    reporter.comes_back(sam)
    reporter.opens(reverse("incidents:report_what", args=[Report.objects.get().pk]))
    assert reporter.window.get_by_label("What happened?").input_value() == FACTS
    reporter.presses("Skip to check and send")
    reporter.presses("Send report")
    assert only_one()
    assert Report.objects.get().facts == FACTS


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_two_windows_on_one_page_lose_no_word(at_a_browser, sam, scripts):
    """Whoever saves second is shown both, and what was saved first stands until then."""
    first = at_a_browser(sam, width=390, scripts=scripts, allow=("409",))
    answers_whom_it_is_about(first)
    first.types("Who are you worried about?", "Zed A (12)")
    first.presses("Save and continue")
    second = first.in_another_window()
    first.types("What happened?", FACTS)
    first.presses("Save and continue")
    second.types("What happened?", "He was crying.")
    assert second.presses("Save and continue") == 409
    second.reads("In another window you wrote", FACTS)
    assert second.window.get_by_label("What happened?").input_value() == "He was crying."
    assert Report.objects.get().facts == FACTS
    fits(second.window)
    shot(second.window, f"two-windows-390{'' if scripts else '-no-scripts'}")
    second.types("What happened?", f"{FACTS} He was crying.")
    second.presses("Save and continue")
    assert Report.objects.get().facts == f"{FACTS} He was crying."


def test_what_was_just_typed_outlives_loading_the_page_again(at_a_browser, sam):
    reporter = at_a_browser(sam, width=390)
    answers_whom_it_is_about(reporter)
    reporter.types("Who are you worried about?", "Zed A (12)")
    reporter.presses("Save and continue")
    reporter.window.get_by_label("What happened?").press_sequentially(FACTS, delay=5)
    reporter.window.reload()
    page = reporter.path
    for _try in range(20):  # what went out with the page may come in after the page was asked for again
        if Report.objects.get().facts == FACTS:
            break
        reporter.window.wait_for_timeout(100)
    reporter.opens(page)
    assert reporter.window.get_by_label("What happened?").input_value() == FACTS
    kept = reporter.window.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "group chat" not in kept and "dead" not in kept
