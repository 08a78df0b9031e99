"""I'm not happy with the answer: past whoever works the case, to the next one up who has no part in it (N5)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.audit.transitions import Refused, StateMoved
from harmony.notifications.models import Notice
from harmony.organisation.models import HelpContact
from incidents.models import Case, SecondLook
from tests.clients import same_as_missing

from .conftest import WEIGHED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
WORDS = "Nobody rang me back, and he is still afraid."


def at(name, record):
    return reverse(f"incidents:{name}", args=[record.pk])


def words(response):
    return response.content.decode()


@pytest.fixture
def asked(report, sam, amara, ruth):
    """Sam has asked Ruth to look again at what Amara works on."""
    filed = report()
    filed.case.acknowledge(by=amara)
    filed.ask_above(WORDS, by=sam)
    return SecondLook.objects.get()


def test_the_senior_lead_reads_the_words_and_the_case_and_answers(sign_in, report, sam, amara, ruth):
    filed = report()
    filed.case.triage(**WEIGHED, by=amara)
    client = sign_in(sam)
    assert "I’m not happy with the answer" in words(client.get(filed.get_absolute_url()))
    page = words(client.get(at("look_again", filed)))
    assert "Ruth Hale, senior lead" in page and "Amara" not in page
    assert client.post(at("look_again", filed), {"words": WORDS}).url == f"{filed.get_absolute_url()}#looks"
    assert WORDS in words(client.get(filed.get_absolute_url()))
    look = SecondLook.objects.get()
    client = sign_in(ruth)
    assert "1 reporter asks you to look again" in words(client.get("/"))
    assert look.get_absolute_url() in words(client.get("/"))
    assert filed.case.reference in words(client.get(reverse("incidents:cases")))
    assert client.get(filed.case.get_absolute_url()).status_code == 200
    assert WORDS in words(client.get(look.get_absolute_url()))
    client.post(look.get_absolute_url(), {"words": "I have rung his mum today."})
    assert "reporter asks you" not in words(client.get("/"))
    page = words(sign_in(sam).get(filed.get_absolute_url()))
    assert "I have rung his mum today." in page and "Ruth Hale" in page


def test_whoever_works_the_case_reads_no_word_and_no_line_of_it(sign_in, asked, amara):
    client = sign_in(amara)
    case = asked.report.case
    pages = [client.get(at(name, case)) for name in ("case", "chronology", "access_log", "sharing", "people")]
    assert all(WORDS not in words(page) for page in pages)
    assert "ask_above" not in words(pages[2]) and "look again" not in words(pages[2])
    assert "reporter asks you" not in words(client.get("/"))
    nowhere = reverse("incidents:second_look", args=["00000000-0000-4000-8000-000000000000"])
    assert same_as_missing(client, asked.get_absolute_url(), nowhere)
    assert Entry.objects.filter(root=case.root.hex, verb="ask_above").exists()  # the book has it


def test_the_one_above_is_told_without_a_word_of_it(asked, ruth, sam):
    [notice] = Notice.objects.filter(kind="look")
    assert (notice.recipient, notice.link) == (ruth, asked.get_absolute_url())
    assert notice.says() == "Somebody asks you to look at something again."
    asked.reply("I have rung his mum.", by=ruth)
    assert Notice.objects.filter(recipient=sam, clock="second_look").get().says() == "There is news about your report."


def test_nobody_who_works_it_is_kept_out_or_reported_it_is_asked(report, ruth, gwen, sam, leah, amara, person):
    vic = person("Vic", "vice", kind="trustee")
    by_ruth, about_ruth, about_leah = report(author=ruth), report(about=ruth), report(about=leah)
    by_ruth.ask_above(WORDS, by=ruth)  # she reported it herself
    about_ruth.ask_above(WORDS, by=sam)  # the chair has it already
    about_leah.ask_above(WORDS, by=sam)  # a concern about one of us is the lead's from the start
    asked = {look.report: look.asked_of for look in SecondLook.objects.all()}
    assert asked == {by_ruth: "chair", about_ruth: "vice", about_leah: "chair"}
    assert SecondLook.objects.visible_to(gwen).count() == 2
    assert SecondLook.objects.visible_to(vic).count() == 1


def test_kept_out_later_she_sees_it_no_more_and_cannot_answer(asked, ruth, amara, sign_in):
    asked.report.case.recuse(ruth, by=amara, why="She is his aunt.")
    assert sign_in(ruth).get(asked.get_absolute_url()).status_code == 404
    assert sign_in(ruth).get(asked.report.case.get_absolute_url()).status_code == 404


def test_where_nobody_is_left_the_page_says_whom_to_ring(report, sam, amara, sign_in):
    with event("set up", by="the tests"):
        HelpContact.objects.create(code="lado", name="Northbrook LADO", phone="01632 960 991", hours="always")
    filed = report()
    page = words(sign_in(sam).get(at("look_again", filed)))
    assert "Nobody here is left to ask" in page and "Northbrook LADO" in page
    with pytest.raises(Refused, match="Nobody here is left"):
        filed.ask_above(WORDS, by=sam)


def test_it_is_asked_once_and_after_an_answer_of_the_next_one_up(asked, sam, ruth, gwen, sign_in):
    filed = asked.report
    filed.ask_above(WORDS, by=sam)  # sent twice
    assert SecondLook.objects.count() == 1
    with pytest.raises(StateMoved, match="looking at it already"):
        filed.ask_above("And another thing.", by=sam)
    page = words(sign_in(sam).get(at("look_again", filed)))
    assert "The senior lead is looking at it" in page and "<textarea" not in page
    asked.reply("All is done.", by=ruth)
    filed.ask_above("It is not.", by=sam)
    assert SecondLook.objects.latest("asked_at").asked_of == "chair"
    assert Case.objects.visible_to(gwen).get() == filed.case


def test_when_no_answer_comes_in_time_the_next_one_up_can_be_asked(asked, sam, ruth, gwen, sign_in):
    later = asked.due_at + timedelta(minutes=1)
    asked.report.ask_above("Still nothing.", by=sam, at=later)
    assert SecondLook.objects.get(words__isnull=False, asked_of="chair").due_at > later


def test_what_was_asked_and_answered_stays(asked, ruth):
    asked.reply("I have rung his mum.", by=ruth)
    with pytest.raises(StateMoved):
        asked.reply("Something else.", by=ruth)
    for change in (
        lambda: SecondLook.objects.update(asked_of="vice"),
        lambda: SecondLook.objects.get().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), event("change", by="the tests"):
            change()


def test_only_its_author_asks_and_reads_it_back(asked, leah, sam, sign_in):
    nowhere = reverse("incidents:look_again", args=["00000000-0000-4000-8000-000000000000"])
    assert same_as_missing(sign_in(leah), at("look_again", asked.report), nowhere)
    assert sign_in(sam).get(asked.get_absolute_url()).url == asked.report.get_absolute_url()


def test_my_reports_say_what_was_promised_and_whether_it_was_kept(sign_in, report, sam, amara):
    filed = report(at=now() - timedelta(days=2))
    with event("set up", by="the tests"):
        Case.objects.update(acknowledge_due=now() - timedelta(days=1))
    page = words(sign_in(sam).get(reverse("incidents:my_reports")))
    assert "It should have been read by" in page
    filed.case.acknowledge(by=amara)
    page = words(sign_in(sam).get(filed.get_absolute_url()))
    assert "That was later than we said, and we are sorry." in page


def test_what_was_added_says_whether_somebody_has_read_it(sign_in, report, sam, amara):
    filed = report()
    filed.add("He came back.", by=sam)
    assert "Not read yet" in words(sign_in(sam).get(filed.get_absolute_url()))
    filed.case.refresh_from_db()
    filed.case.read_additions(by=amara)
    assert "Not read yet" not in words(sign_in(sam).get(filed.get_absolute_url()))
    filed.add("And again.", by=sam)
    page = words(sign_in(sam).get(filed.get_absolute_url()))
    assert page.count("Not read yet") == 1
