"""What leaves the building on paper: the chronology for whoever works the case, figures for the office."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from tests.incidents.planning import end

from .steps import FACTS, SAID, VIEW, WHO, asks_for_a_document
from .test_main_job import HAND, IDS

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.needs("Chromium", "Pango", "pdftotext"),
    pytest.mark.journey,
]


@pytest.fixture
def closed(report, amara, leah):
    """Zed's case from its first hour to its end, ten days later."""
    filed = now() - timedelta(days=12)
    case = report(at=filed, who=WHO, facts=FACTS, childs_words=SAID, view=VIEW).case
    case.acknowledge(by=amara, at=filed + timedelta(hours=3))
    answers = ("high", "ON-BULLY", "It goes on.", "told", "Dad knows.", False, "Below the threshold.", "peer")
    case.triage(*answers, by=amara, at=filed + timedelta(hours=5))
    case.write("call", "Rang his dad at seven.", filed + timedelta(hours=6), by=amara)
    case.give("Ask for the chat log", leah, (now() + timedelta(days=1)).date(), by=amara)
    case.actions.get().finish("The group is gone.", by=leah)
    end(case, "safe", "It has stopped. Zed says so.", by=amara)
    return case


@pytest.mark.parametrize(("width", "scripts"), [HAND[0], HAND[-1]], ids=[IDS[0], IDS[-1]])
def test_amara_takes_the_chronology_with_a_purpose(at_a_browser, closed, amara, text_of, width, scripts):
    amara = at_a_browser(amara, width, scripts=scripts, looks=(width, scripts) == HAND[0])
    amara.opens(closed.get_absolute_url())
    amara.follows("Make a PDF of the chronology")
    amara.presses("Make the PDF")
    amara.reads("Choose what it is for.")
    text = " ".join(text_of(asks_for_a_document(amara, "For our trustees")).split())
    for words in (
        *(closed.reference, WHO, FACTS, SAID, VIEW),
        *("It goes on.", "Below the threshold.", "Rang his dad at seven.", "The group is gone."),
        *("It has stopped. Zed says so.", "Amara Okafor", "Our trustees, at their November meeting."),
    ):
        assert words in text


@pytest.mark.parametrize(("width", "scripts"), HAND, ids=IDS)
def test_sol_reads_figures_and_no_word_of_a_case(at_a_browser, closed, sol, text_of, width, scripts):
    sol = at_a_browser(sol, width, scripts=scripts, looks=(width, scripts) == HAND[0])
    sol.opens("/documents/")
    sol.follows("Make the safeguarding audit report")
    text = " ".join(text_of(asks_for_a_document(sol, "For our trustees")).split())
    for words in ("1 concern was reported.", "read within 3 hours", "cases closed", "Does the audit book hold?"):
        assert words in text
    for words in (closed.reference, closed.initials, "Zed", "Sam", "dead", "scared", "Bullying", "trustees, at their"):
        assert words not in text.replace("Our trustees, at their November meeting.", "")
