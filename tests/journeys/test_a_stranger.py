"""An adult stranger plans to meet a girl: from the first words to a closed case, each step at its time, half a year long.

What lies behind us is taken step by step with the clock stepped through it; the last day is walked in the browser. Every
clock is met, and the chronology on paper tells the whole of it to somebody who was not there.
"""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from harmony.audit.events import event
from harmony.people.models import OnCall
from incidents.models import Case
from incidents.models.timing import NAMES
from tests.incidents.planning import settle_steps

from .steps import asks_for_a_document
from .test_main_job import how_far

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.needs("Chromium", "Pango", "pdftotext"),
    pytest.mark.journey,
]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FACTS = "Lily said her friend Max, who is 16, wants to meet her at the retail park today at two."
SAID = "hes not a stranger ive known him three weeks"
WEIGHED = {
    "severity": "critical", "kind": "CT-GROOM", "caused_by": "stranger", "rationale": "A meeting is planned for today.",
    "parents": "told", "parents_reason": "Her mum is on her way.", "refer": True, "refer_reason": "999, log 402.",
}  # fmt: skip
VIEW = "It wasn't my fault. You can close it."


@pytest.fixture
def half_a_year_on(report, sam, amara, tom, leah):
    """Filed and worked until yesterday: today the last review is due."""
    filed = now() - 180 * DAY - 3 * HOUR
    with event("set up", by="the tests"):
        OnCall.objects.create(user=amara, phone="020 7946 0101", starts_at=filed - HOUR, ends_at=filed + DAY)
    sent = report(at=filed, danger="yes", who="Lily R (12)", facts=FACTS, childs_words=SAID, meeting="yes")
    case = sent.case
    case.acknowledge(by=amara, at=filed + MINUTE)
    case.write(
        "contact", "999, log 402: an officer comes here.", filed + 4 * MINUTE, True, by=amara, at=filed + 6 * MINUTE
    )
    case.triage(**WEIGHED, by=amara, at=filed + 8 * MINUTE)
    case.write("child", SAID, filed + 25 * MINUTE, by=amara, at=filed + 27 * MINUTE)
    case.tell_reporter("Lily is with her mum, and the police deal with it.", by=amara, at=filed + HOUR)
    plan(case, filed + 2 * HOUR, by=amara, leah=leah)
    case.decide_charity(True, "Agreed with the chair; reference SIR-2291.", by=amara, at=filed + DAY)
    for number in range(4):
        case = Case.objects.get(pk=case.pk)
        case.review(
            f"Review {number + 1}: nobody wrote to her.", by=(amara, tom)[number % 2], at=case.review_due - HOUR
        )
    return Case.objects.get(pk=case.pk)


def plan(case, at, *, by, leah):
    day = localdate(at)
    for lens, what, days in (
        ("affected", "Somebody she knows at each session", 7),
        ("ours", "A session on people you only know online", 14),
    ):
        case.give(what, leah, day + timedelta(days=days), lens, by=by, at=at)
        case.actions.open().get().finish(f"Done: {what}", by=leah, at=at + days * DAY)
    case.say_not_needed("bystander", "Nobody else was written to; all were asked.", by=by, at=at)
    case.agree_plan(by=by, at=at + HOUR)
    settle_steps(case, by=by, at=at + HOUR)


def test_a_stranger_who_plans_to_meet_a_girl(at_a_browser, half_a_year_on, sam, amara, tom, text_of):
    case = half_a_year_on
    amara, tom, sam = at_a_browser(amara, looks=True), at_a_browser(tom, width=390), at_a_browser(sam, width=390)
    amara.opens(case.get_absolute_url())
    amara.follows("Review this case")
    amara.reads("The last review of this case")
    amara.types("How is it now?", "She laughs again, and her mum sleeps.")
    amara.chooses("Is it over for good, as far as you can see?", "Yes")
    amara.types("How do you know that it has not happened again?", "Her mum and the police both say so.")
    amara.chooses("Was the child asked how they see it?", "Yes")
    amara.types("What they said, or why they were not asked", VIEW)
    amara.types("How are those who saw it?", "Nobody else was written to.")
    amara.types("What have we learned, and where is it written down?", "A session each autumn; it is in the plan.")
    amara.presses("Save the review")
    amara.reads("It is over for good, as far as we could see")

    amara.follows("Overview")
    amara.follows("Close this case")
    amara.chooses("How did it end?", "Referred, and accepted")
    amara.types("Why can it be closed?", "Nothing came for half a year.")
    amara.chooses("What did the police decide?", "Somebody was charged")
    amara.presses("Ask for somebody to agree")
    assert how_far(sam, case.reference) == "Being worked on"
    tom.opens(case.get_absolute_url())
    tom.follows("See what was asked")
    tom.presses("I agree: close this case")
    assert how_far(sam, case.reference) == "Closed"

    case.refresh_from_db()
    for name, (_label, met) in NAMES.items():
        if met:
            assert getattr(case, met) <= getattr(case, f"{name}_due"), name
    assert [one.late_by for one in case.entries.filter(kind="review")] == [None] * 5
    amara.opens(case.get_absolute_url())
    amara.follows("Make a PDF of the chronology")
    text = " ".join(text_of(asks_for_a_document(amara, "For our trustees")).split())
    for words in (
        *(
            FACTS,
            SAID,
            "A meeting is planned for today.",
            "999, log 402: an officer comes here.",
            "Her mum is on her way.",
        ),
        *("Somebody she knows at each session", "Nobody else was written to; all were asked.", "SIR-2291"),
        *("Review 4: nobody wrote to her.", "She laughs again, and her mum sleeps.", "It is over for good."),
        *("Nothing came for half a year.", "Police: Somebody was", "Tom Ellery agreed"),
    ):
        assert words in text
