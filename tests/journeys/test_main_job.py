"""The main job in the browser: staff file a concern, the DSO works it to its end, the reporter sees how far it is."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from incidents.models import Case
from tests.browser import says_what_is_wrong

from .steps import FACTS, SAID, VIEW, WHO, answers_the_triage, files_a_concern

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs("Chromium", "Pango", "pdftotext")]
HAND = [(1280, True), (390, True), (1280, False), (390, False)]
IDS = [f"{width}px, {'with' if scripts else 'without'} JavaScript" for width, scripts in HAND]


def test_what_sam_files_is_read_by_amara(at_a_browser, sam, amara):
    """The smoke of the browser journeys: this one runs on every database."""
    reference = files_a_concern(at_a_browser(sam, width=390))
    amara = at_a_browser(amara, width=390)
    amara.opens("/cases/")
    amara.follows("New concern")
    amara.reads(reference, WHO, FACTS, SAID, VIEW)


@pytest.mark.journey
@pytest.mark.parametrize(("width", "scripts"), HAND, ids=IDS)
def test_a_concern_from_first_words_to_its_end(at_a_browser, report, sam, amara, tom, leah, width, scripts):
    older = report(at=now() - timedelta(days=9)).case
    weighed = ("medium", "ON-BULLY", "It goes on.", "told", "Dad knows.", False, "Below the threshold.", "peer")
    older.triage(*weighed, by=tom)
    looks = (width, scripts) == HAND[0]
    sam = at_a_browser(sam, width, scripts=scripts, looks=looks, allow=("403",))
    amara = at_a_browser(amara, width, scripts=scripts, looks=looks)

    reference = files_a_concern(sam)
    assert sam.heading == "Thank you. Your report is sent"
    assert how_far(sam, reference) == "Sent"

    case = Case.objects.get(reference=reference)
    reads_and_weighs(amara, reference, sam)
    plans(amara)
    works(amara)
    assert sam.opens(case.get_absolute_url()) == 403  # their own report: that there is a case is no secret to them
    asks_to_close(amara)
    assert how_far(sam, reference) == "Being worked on"
    agrees(at_a_browser(tom, width, scripts=scripts, looks=looks), case)
    assert how_far(sam, reference) == "Closed"


def how_far(reporter, reference):
    """The word beside one's own report in My reports."""
    reporter.opens("/my-reports/")
    return reporter.window.locator("tr", has_text=reference).locator(".govuk-tag").inner_text().strip()


def reads_and_weighs(amara, reference, sam):
    """New ones stand first; what Sam sees changes with each step."""
    amara.opens("/cases/")
    assert reference in amara.window.text_content("tbody tr:first-child")  # on a phone the row leaves it out
    amara.follows("New concern")
    amara.reads(reference, WHO, FACTS, SAID, VIEW)
    amara.presses("I have read this")
    assert how_far(sam, reference) == "Read"
    amara.follows("Triage this case")
    amara.presses("Save the triage")
    says_what_is_wrong(amara.window)
    answers_the_triage(amara, "It has gone on since Sunday, and Zed is frightened.")
    amara.presses("Save the triage")
    assert amara.heading == "Bullying online"
    assert how_far(sam, reference) == "Being worked on"


def plans(amara):
    """What is done for Zed; for each of the others, why nothing is needed."""
    amara.follows("Go to the plan")
    amara.window.locator("section", has_text="The person affected").get_by_role("link", name="Add an action").click()
    amara.types("What is to be done?", "Meet Zed at the door each Tuesday")
    amara.selects("Who does it?", "Leah Osei")
    amara.dates("By what day?", localdate() + timedelta(days=5))
    amara.presses("Add the action")
    for whom in ("People who saw it or got it", "Our organisation", "The child who caused harm"):
        amara.follows(f"Nothing is needed : {whom}")  # the words for screen readers stand apart
        amara.types("Why is nothing needed?", f"{whom}: talked with already.")
        amara.presses("Save why")
    amara.presses("Agree this plan")
    amara.reads("Amara Okafor agreed it", "Planned", "The last one: is it over for good?")
    amara.follows("Finish it")
    amara.types("What came of it?", "He came, and stayed.")
    amara.presses("Save what came of it")


def works(amara):
    """An entry with both its times, an action given and finished."""
    amara.follows("Chronology")
    amara.selects("What is it?", "Call or talk")
    amara.types("What happened, or was decided", "Rang his dad: he will keep Zed at home.")
    amara.dates("When did it happen?", localdate() - timedelta(days=1), "4:30pm")
    amara.presses("Add to the chronology")
    amara.reads("Rang his dad: he will keep Zed at home.", "Written down")
    amara.follows("Actions")
    amara.follows("Add an action")
    amara.types("What is to be done?", "Ask the moderators for the chat log")
    amara.selects("Who does it?", "Leah Osei")
    amara.dates("By what day?", localdate() + timedelta(days=2))
    amara.presses("Add the action")
    amara.follows("Finish it")
    amara.types("What came of it?", "The log is here, and the group is gone.")
    amara.presses("Save what came of it")
    amara.reads("Nothing is left to do.")
    amara.follows("Steps")
    for step in case_steps(amara):
        amara.presses(f"It is done : {step}")
    amara.reads("6 of 6 done or not needed")


def case_steps(amara):
    """The words of each step that waits on the page."""
    return amara.window.locator(".hm-task li:has(button) p:first-child").all_inner_texts()


def asks_to_close(amara):
    """At High: decided on the Charity Commission first, and then somebody else has to agree."""
    amara.follows("Overview")
    amara.follows("Write down the decision")
    amara.chooses("Is the Charity Commission told?", "No")
    amara.types("Why, or why not?", "Talked over with the chair: nobody came to serious harm.")
    amara.presses("Save the decision")
    amara.follows("Close this case")
    amara.chooses("How did it end?", "Safe: nothing more to do")
    amara.types("Why can it be closed?", "It has stopped. Zed says so, and his dad does.")
    amara.chooses("What did the police decide?", "They had no part in it")
    amara.chooses("Was the child asked how they see it?", "Yes")
    amara.types("What they said, or why they were not asked", "i am back and it is ok")
    amara.types("Why not wait for the last review?", "His school sees him each day.")
    amara.presses("Ask for somebody to agree")
    amara.reads("Amara Okafor asks to close it: Safe: nothing more to do", "Tom Ellery")


def agrees(tom, case):
    tom.opens(case.get_absolute_url())
    tom.follows("See what was asked")
    tom.reads("i am back and it is ok")
    tom.presses("I agree: close this case")
    tom.reads("Closed: Safe: nothing more to do", "It has stopped. Zed says so, and his dad does.", "Tom Ellery agreed")
