"""However often it is pressed, gone back from or loaded again: one report, one case, no lost word."""

import pytest

from incidents.models import Case, Report

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
