"""A report without a mouse: Tab, Enter, Space and the arrows that choose among answers."""

import pytest

from incidents.models import Report

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs("Chromium"), pytest.mark.journey]
FAR = 60  # no page has so many stops before what one looks for


@pytest.fixture
def keys(at_a_browser, sam):
    reporter = at_a_browser(sam)
    reporter.opens("/report/")
    return Keys(reporter.window)


class Keys:
    def __init__(self, window):
        self.window, self.press = window, window.keyboard.press

    def reach(self, part):
        """Tab to it; what has the focus can be seen to have it."""
        for _stop in range(FAR):
            if part.evaluate("part => part === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"Tab never reaches {part}")

    def choose(self, group, answer):
        answers = self.window.get_by_role("group", name=group).get_by_role("radio")
        self.reach(answers.first)
        self.press("Space")
        wanted = self.window.get_by_role("group", name=group).get_by_label(answer, exact=True)
        while not wanted.is_checked():
            self.press("ArrowDown")

    def type(self, question, words):
        self.reach(self.window.get_by_label(question))
        self.window.keyboard.type(words)

    def go(self, button, key="Enter"):
        self.reach(self.window.get_by_role("button", name=button, exact=True))
        with self.window.expect_navigation():
            self.press(key)


def test_a_report_is_filed_by_keyboard_alone(keys):
    keys.press("Tab")
    assert keys.window.evaluate("document.activeElement.innerText") == "Skip to main content"
    keys.press("Enter")
    keys.choose("Before you write: is somebody in danger, or is it about one of us?", "Neither of these")
    keys.go("Continue", key="Space")
    keys.type("Who are you worried about?", "Zed A (12)")
    keys.go("Save and continue")
    keys.type("What happened?", "A bruise on his arm.")
    keys.go("Skip to check and send", key="Space")
    keys.go("Send report")
    assert keys.window.inner_text("h1") == "Thank you. Your report is sent"
    assert Report.objects.get().facts == "A bruise on his arm."
