"""A concern about the DSO, filed in the browser: she learns nothing of it anywhere, and Ruth has it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import now

from incidents.models import Case, Report

from .steps import FACTS, SAID, VIEW, WHO, answers_whom_it_is_about, asks_for_a_document, writes_what_happened

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs("Chromium"), pytest.mark.journey]

ABOUT = "Amara Okafor"
WITHOUT_ANSWERS = """() => {
    const page = document.body.cloneNode(true);
    page.querySelectorAll(".govuk-summary-list").forEach(answers => answers.remove());
    return page.textContent;
}"""
# differs each time a page is made: tokens, keys of forms, the number of the request, clock times, room on the disk
EACH_TIME = re.compile(
    r'<input[^>]*name="(csrfmiddlewaretoken|form_key|written_by|once)"[^>]*>'
    r"|nonce-[\w+/=-]+|(?<![\w-])[0-9a-f]{8}(?![\w-])|\b\d{1,2}([:.]\d\d)?[ap]m\b|\b\d\d:\d\d\b"
    r'|data-[a-z-]+="\d+"'
    r"|\d+ MB are free"
    r"|\b(\d+ (days?|hours?|min)( \d+ min)?|less than a minute) left\b|<progress[^>]*>[^<]*</progress>"
)
ITS_OWN = ("/opened/",)  # the log of this very visit
CASE_PAGES = [
    "",
    "chronology/",
    "actions/",
    "actions/add/",
    "triage/",
    "close/",
    "files/",
    "sharing/",
    "keep-out/",
    "opened/",
]


@pytest.fixture
def ordinary(report, tom, ruth):
    """A case that is nobody's secret, so that lists and figures have something to show."""
    case = report(at=now() - timedelta(days=9), who="Mia D (14)").case
    case.acknowledge(by=tom, at=now() - timedelta(days=8))
    return case


def files_about_amara(sam):
    answers_whom_it_is_about(sam, about=ABOUT)
    writes_what_happened(sam)
    sam.presses("Send report")
    return Report.objects.latest("started_at").case


def without_what_differs_each_time(page):
    return EACH_TIME.sub("", page)


def every_page_of(person):
    """{address: page} of all that can be reached by links, as it stands now."""
    found, ahead = {}, ["/", "/cases/", "/documents/", "/my-actions/"]
    while ahead:
        address = ahead.pop()
        if address in found or address.endswith(ITS_OWN):
            continue
        answer = person.asks(address)
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        found[address] = without_what_differs_each_time(answer.text()) if is_page else ""
        links = re.findall(r'href="([^"#]*)', found[address])
        ahead += [address.split("?")[0] + link if link.startswith("?") else link for link in links if _is_ours(link)]
    return found


def _is_ours(link):
    """Not her own account, nor the weeks of the rota, which have no end, nor one list in every order.

    Nor the page of samples: nothing on it is real, and it tells the time.
    """
    theirs = link.startswith(("/", "?")) and not link.startswith(("/static/", "/accounts/", "/components/", "?week="))
    return theirs and "sort=" not in link


def test_no_page_of_the_report_names_her_but_as_the_answer(at_a_browser, sam, amara, tom, ruth):
    sam = at_a_browser(sam, width=390)
    sam.opens("/report/")
    assert ABOUT in sam.window.inner_text(".hm-safety")
    answers_whom_it_is_about(sam, about=ABOUT)
    pages = [sam.window.evaluate(WITHOUT_ANSWERS)]
    sam.types("Who are you worried about?", WHO)
    sam.presses("Save and continue")
    pages.append(sam.window.evaluate(WITHOUT_ANSWERS))
    sam.types("What happened?", FACTS)
    sam.presses("Skip to check and send")
    pages.append(sam.window.evaluate(WITHOUT_ANSWERS))
    sam.presses("Send report")
    pages.append(sam.text)
    sam.follows("add to this report")
    pages.append(sam.window.evaluate(WITHOUT_ANSWERS))
    for page in pages:
        assert "Amara" not in page
    assert all("Tom Ellery" in page for page in pages[:3])  # once it is sent, only those who read it are offered
    assert "Ruth Hale" in pages[3]


def files_in_a_hurry(sam):
    """Danger first: nothing can be sent before it is asked whether it is about one of us."""
    sam.opens("/report/")
    sam.chooses("Before you write: is somebody in danger, or is it about one of us?", "Someone is in danger right now")
    sam.presses("Continue")
    sam.reads("Call 999 first", "This page sends nothing by itself.", ABOUT)
    sam.types("Who rang 999?", "Leah")
    sam.presses("Continue with the report")
    assert sam.heading == "Is it about someone who works or volunteers here?"
    sam.chooses("Is it about someone who works or volunteers here?", "Yes")
    sam.presses("Save and continue")
    sam.chooses("Who is it about?", ABOUT)
    sam.presses("Save and continue")
    writes_what_happened(sam)
    sam.presses("Send report")
    sam.reads("Thank you. Your report is sent")
    return Report.objects.latest("started_at").case


@pytest.mark.parametrize(("files", "scripts"), [(files_about_amara, True), (files_in_a_hurry, False)])
def test_to_amara_it_is_as_if_it_had_never_been(at_a_browser, ordinary, sam, amara, files, scripts):
    sam, amara = at_a_browser(sam, width=390, scripts=scripts), at_a_browser(amara)
    before = every_page_of(amara)
    assert ordinary.get_absolute_url() in before
    case = files(sam)
    after = every_page_of(amara)
    assert {address for address in before | after if before.get(address) != after.get(address)} == set()
    for trace in (case.reference, str(case.pk), WHO, FACTS, SAID, VIEW):
        assert [address for address, page in after.items() if trace in page] == []
    for page in CASE_PAGES:
        there, nowhere = (answer_to(amara, f"/cases/{pk}/{page}") for pk in (case.pk, uuid4()))
        assert set(there[2].splitlines()) ^ set(nowhere[2].splitlines()) == set()
        assert there[:2] == nowhere[:2]
        assert there[0] == 404


def answer_to(person, address):
    """All of it: status, headers and page."""
    answer = person.asks(address)
    timed = ("date", "content-length", "set-cookie")  # page and cookie say how long the session lasts
    headers = {
        name: without_what_differs_each_time(value) for name, value in answer.headers.items() if name not in timed
    }
    return answer.status, headers, without_what_differs_each_time(answer.text())


def test_ruth_has_it_and_amara_is_kept_out(at_a_browser, sam, amara, ruth):
    case = files_about_amara(at_a_browser(sam))
    ruth = at_a_browser(ruth, looks=True)
    ruth.opens("/cases/")
    ruth.reads(case.reference, "Restricted")
    ruth.follows("New concern about one of us")
    ruth.reads(WHO, FACTS, SAID, VIEW)
    ruth.reads("The person the concern is about", ABOUT)
    ruth.presses("I have read this")
    ruth.follows("Who can see it")
    ruth.reads("They are kept out", ABOUT)
    ruth.follows("Who has opened it")
    ruth.reads("Ruth Hale")
    assert "acknowledged this" in ruth.window.content()


@pytest.mark.needs("Pango", "pdftotext")
def test_her_audit_report_counts_as_if_it_were_not_there(at_a_browser, ordinary, text_of, sam, amara, sol, gwen):
    amara = at_a_browser(amara)
    before = figures_in(amara, text_of)
    files_about_amara(at_a_browser(sam))
    assert figures_in(amara, text_of) == before
    assert "1 concern was reported." in " ".join(before)
    # the office's report goes to the trustees, and from them to her: it must not count one more than hers
    assert "1 concern was reported." in " ".join(figures_in(at_a_browser(sol), text_of))
    assert "2 concerns were reported." in " ".join(figures_in(at_a_browser(gwen), text_of))
    assert Case.objects.count() == 2


def figures_in(person, text_of):
    """The words of the part that counts concerns and times."""
    person.opens("/documents/")
    person.follows("Make the safeguarding audit report")
    told = text_of(asks_for_a_document(person, "For our trustees"))
    counts, _rest = told.split("Who led safeguarding?", 1)
    return without_what_differs_each_time(counts.split("In short:", 1)[1]).split()
