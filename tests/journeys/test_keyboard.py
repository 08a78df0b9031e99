"""The two long ways without a mouse: Tab, Enter, Space and the arrows that choose among answers."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from incidents.models import Case, Report
from tests.incidents.planning import settle_steps

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs("Chromium"), pytest.mark.journey]
FAR = 80  # no page has so many stops before what one looks for
# where the focus is: the part, or what stands for it (a radio button is drawn by its label)
UNSEEN = """part => {
    const box = part.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, 40) / 2);
    const label = part.labels && part.labels[0];
    return !(top && (part.contains(top) || top.contains(part) || (label && label.contains(top))));
}"""


@pytest.fixture
def at_the_keys(at_a_browser):
    """at_the_keys(sam, "/report/"): a window of theirs at a page, and no mouse."""

    def sit_down(user, path):
        somebody = at_a_browser(user)
        somebody.opens(path)
        return Keys(somebody.window)

    return sit_down


class Keys:
    def __init__(self, window):
        self.window, self.press = window, window.keyboard.press

    def reach(self, part):
        """Tab to it; what has the focus can be seen to have it."""
        for _stop in range(FAR):
            if part.evaluate("part => part === document.activeElement"):
                assert not part.evaluate(UNSEEN), f"{part} has the focus, and something lies over it"
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

    def select(self, question, answer):
        """The arrows walk through the list until the answer stands there."""
        box = self.window.get_by_label(question)
        self.reach(box)
        for _option in range(FAR):
            if box.evaluate("box => box.selectedOptions[0].label") == answer:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{answer} is not among the answers to {question}")

    def date(self, question, day):
        for box, typed in {"Day": day.day, "Month": day.month, "Year": day.year}.items():
            self.reach(self.window.get_by_role("group", name=question).get_by_label(box, exact=True))
            self.press("Control+a")
            self.window.keyboard.type(str(typed))

    def go(self, button, key="Enter", exact=True):
        self._leave(self.window.get_by_role("button", name=button, exact=exact).first, key)

    def follow(self, link):
        self._leave(self.window.get_by_role("link", name=link).first, "Enter")

    def _leave(self, part, key):
        self.reach(part)
        with self.window.expect_navigation():
            self.press(key)

    @property
    def heading(self):
        return self.window.inner_text("h1")


def test_a_report_is_filed_by_keyboard_alone(at_the_keys, sam):
    keys = at_the_keys(sam, "/report/")
    keys.press("Tab")
    assert keys.window.evaluate("document.activeElement.innerText") == "Skip to main content"
    keys.press("Enter")
    keys.choose("Before you write: is somebody in danger, or is it about one of us?", "Neither of these")
    keys.go("Continue", key="Space")
    _writes_and_sends(keys)
    assert Report.objects.get().facts == "A bruise on his arm."


def test_a_report_about_one_of_us_is_filed_by_keyboard_alone(at_the_keys, sam, amara, ruth):
    keys = at_the_keys(sam, "/")
    keys.follow("Report a concern")
    first = "Before you write: is somebody in danger, or is it about one of us?"
    keys.choose(first, "It is about someone who works or volunteers here")
    keys.go("Continue")
    whom = keys.window.get_by_role("group", name="Who is it about?").get_by_label("Amara Okafor")
    keys.reach(whom)
    keys.press("Space")
    keys.go("Save and continue")
    _writes_and_sends(keys)
    assert "Amara" not in keys.window.inner_text("body")
    assert not Case.objects.visible_to(amara).exists() and Case.objects.visible_to(ruth).exists()


def _writes_and_sends(keys):
    keys.type("Who are you worried about?", "Zed A (12)")
    keys.go("Save and continue")
    keys.type("What happened?", "A bruise on his arm.")
    keys.go("Skip to check and send", key="Space")
    keys.go("Send report")
    assert keys.heading == "Thank you. Your report is sent"


def test_a_case_is_worked_to_its_end_by_keyboard_alone(at_the_keys, report, amara, leah):
    report()
    keys = at_the_keys(amara, "/start/")
    assert re.fullmatch(r"1 case needs you now", keys.heading)
    keys.follow("New concern")
    keys.go("I have read this", key="Space")
    keys.follow("Triage this case")
    keys.choose("How serious is it?", "Low")
    keys.select("What kind of concern is it?", "Bullying online")
    keys.choose("Who caused it, as far as you know?", "A child or young person of ours")
    keys.type("Why do you weigh it so?", "It goes on every night.")
    keys.choose("Have parents or carers been told?", "Not yet, we will tell them later")
    keys.type("What they said, or why they are not told now", "His dad is told tonight.")
    keys.choose("Will you refer it to somebody outside?", "No")
    keys.type("To whom and why, or why not", "Below the threshold.")
    keys.go("Save the triage")
    assert keys.heading == "Bullying online"
    keys.follow("Chronology")
    keys.select("What is it?", "Call or talk")
    keys.type("What happened, or was decided", "Rang his dad.")
    keys.go("Add to the chronology")
    keys.follow("Actions")
    keys.follow("Add an action")
    keys.type("What is to be done?", "Ask for the chat log")
    keys.select("Who does it?", "Leah Osei")
    keys.date("By what day?", localdate() + timedelta(days=2))
    keys.go("Add the action")
    keys.follow("Finish it")
    keys.type("What came of it?", "The group is gone.")
    keys.go("Save what came of it")
    keys.follow("Response plan")
    keys.follow("Say that advice was enough")
    keys.type("What was advised, and to whom?", "His dad: block them, and tell us if it goes on.")
    keys.go("Save the advice")
    keys.follow("Steps")
    keys.go("It is done", exact=False)
    settle_steps(Case.objects.get(), by=amara)  # the others in the same way
    keys.follow("Overview")
    keys.follow("Close this case")
    keys.choose("How did it end?", "Safe: nothing more to do")
    keys.type("Why can it be closed?", "It has stopped.")
    keys.choose("What did the police decide?", "They had no part in it")
    keys.choose("Was the child asked how they see it?", "Yes")
    keys.type("What they said, or why they were not asked", "It is fine now.")
    keys.go("Close the case", key="Space")
    case = Case.objects.get()
    assert (case.status, case.severity) == (Case.Status.CLOSED, "low")
    assert "Rang his dad." in [entry.words for entry in case.entries.all()]
