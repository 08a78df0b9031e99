"""What each role finds on its front page: an answer on top, then what it can act on, and nothing that is not its own."""

import re
from datetime import date, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit import tasks, triggers
from harmony.audit.events import event
from harmony.documents import kinds
from harmony.documents.models import Export
from harmony.home import navigation
from harmony.home.tasks import live
from harmony.notifications import waits
from harmony.organisation.beginning import begin
from harmony.organisation.models import HelpContact, Organisation
from harmony.people.models import Membership, User
from incidents.models import Report
from incidents.steps import to_finish
from tests.incidents.planning import end

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
WEIGHED = {
    "severity": "medium",
    "kind": "ON-BULLY",
    "rationale": "Since Sunday.",
    "parents": "told",
    "parents_reason": "",
    "refer": False,
    "refer_reason": "Below the threshold.",
    "caused_by": "peer",
}


@pytest.fixture(autouse=True)
def begun(db):
    begin(name="Harbour Youth", by="the tests")
    with event("set up", by="the tests"):
        Organisation.objects.update(hours="always")


def test_each_role_gets_its_own_parts_the_most_urgent_first(home, person, sam, amara, tom, ruth, gwen, sol):
    kit, piotr, dev = person("Kit", "auditor"), person("Piotr", "it"), person("Dev", "trustee", kind="trustee")
    assert {user.name: list(home(user).parts) for user in (sam, amara, tom, ruth, gwen, sol, kit, piotr, dev)} == {
        "Sam": ["reports"],
        "Amara Okafor": ["needs", "cover", "steps", "reports"],
        "Tom Ellery": ["needs", "cover", "reports"],
        "Ruth Hale": ["needs", "cover", "numbers", "steps", "reports"],
        "Gwen Price": ["cover", "numbers", "steps", "reports"],
        "Sol Reyes": ["cover", "people", "steps", "reports"],
        "Kit": ["book", "papers", "reports"],
        "Piotr": ["book", "machine", "reports"],
        "Dev": ["cover", "numbers", "book", "reports"],
    }


def test_whoever_holds_several_posts_gets_all_their_parts_once(home, person):
    parts = [part.name for part in home(person("Uma", "dso", "lead", "office", "it")).context["parts"]]
    assert parts == ["needs", "cover", "people", "numbers", "book", "machine", "steps", "reports"]


def test_five_rows_at_most_the_most_urgent_first_and_the_menu_says_how_many(home, report, amara, client):
    for n in range(7):
        report(at=now() - timedelta(hours=n))
    pressing = report(danger="yes").case
    page = home(amara)
    assert page.parts["needs"]["rows"][0]["reference"] == pressing.reference
    assert len(page.parts["needs"]["rows"]) == 5
    count = page.parts["needs"]["now"]
    assert f"{count} cases need you now" in page.words
    assert navigation.cases_needing(amara) == count
    elsewhere = client.get(reverse("people:rota")).content.decode()
    assert f'<span class="badge-n" aria-hidden="true">{count}</span>' in elsewhere


def test_nothing_needing_anybody_is_said_and_not_praised(home, amara, report, slot):
    slot(amara, now() - timedelta(hours=2), 24 * 9)
    assert "No case is open" in home(amara).words
    assert "Few reports need not mean few worries." in home(amara).words
    case = report(at=now() - timedelta(hours=1)).case
    case.triage(**WEIGHED, by=amara)
    assert "No case needs you now" in home(amara).words
    assert case.reference in home(amara).words


def test_the_home_of_the_dso_is_the_same_with_and_without_a_case_about_her(home, report, amara, leah):
    report(about=leah, at=now() - timedelta(hours=1))
    without_nonces = re.compile(
        r'name="(csrfmiddlewaretoken|written_by)" value="[^"]*"|<progress.*?</progress>|\d+ min|[0-9:]+[ap]m\. Keep'
    )
    before = without_nonces.sub("", home(amara).words)
    report(about=amara, danger="yes")
    assert without_nonces.sub("", home(amara).words) == before


def test_a_case_that_is_only_shared_with_somebody_calls_nobody(home, report, amara, leah):
    case = report().case
    case.share(leah, by=amara, why="Her key worker")
    assert "needs" not in home(leah).parts
    assert navigation.cases_needing(leah) == 0


def test_what_is_raised_to_the_chair_stands_on_her_page_and_her_list(home, report, gwen, ruth):
    case = report(about=ruth).case
    page = home(gwen)
    assert [row["reference"] for row in page.parts["needs"]["rows"]] == [case.reference]


def test_a_gap_in_cover_while_open_is_the_heading(home, sol, amara, slot):
    assert "Nobody is on call in part of your opening hours" in home(sol).words
    slot(amara, now() - timedelta(hours=1), 24 * 9)
    page = home(sol)
    assert "Nobody is on call" not in page.words
    assert [name for name, _phone, _until in page.parts["cover"]["on_call"]] == ["Amara Okafor"]


def test_the_office_is_told_of_invitations_leavers_and_unchecked_lines_by_name(home, sol, amara, slot, person):
    slot(amara, now() - timedelta(hours=1), 24 * 9)
    over = person("Ola Gone")
    with event("set up", by="the tests"):
        User.objects.create(name="Ines Duarte", email="ines@harmony.test", status="invited", is_active=False)
        Membership.objects.filter(user=over).update(ends_on=date(2021, 1, 1))
        HelpContact.objects.update(checked_on=now().date())
    page = home(sol)
    assert [(name, str(waits[0])) for _url, name, waits in page.parts["people"]["rows"]] == [
        ("Ola Gone", "Nothing here any more, can still sign in"),
        ("Ines Duarte", "Invited, not signed in yet"),
    ]
    assert "2 things to look after" in page.words
    with event("set up", by="the tests"):
        HelpContact.objects.filter(code="nspcc").update(checked_on=date(2021, 1, 1))
    assert "1 help line was not checked this year" in home(sol).words


def test_the_auditor_sees_when_the_book_was_sealed_and_checked(home, person):
    kit = person("Kit", "auditor")
    assert "Nobody has checked the audit book yet" in home(kit).words
    tasks.check_book()
    assert "The audit book holds" in home(kit).words
    call_command("verify_audit", stdout=StringIO())
    shown = home(kit).parts["book"]
    assert shown["holds"] and not shown["is_old"]


@pytest.mark.django_db(transaction=True)
def test_a_book_that_does_not_hold_is_said_to_the_auditor(home, person, report):
    kit = person("Kit", "auditor")
    report()
    triggers.drop()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET verb = 'nothing' WHERE verb = 'file'")
    triggers.install()
    with pytest.raises(CommandError):
        call_command("verify_audit")
    assert "The audit book does not hold" in home(kit).words


def test_it_sees_signs_of_life_and_keys(home, person, on_paper):
    piotr = person("Piotr", "it")
    assert [is_well for is_well, _says in home(piotr).parts["machine"]["facts"]] == [False, False, True, True]
    tasks.check_book()
    assert home(piotr).context["finding"] == "The background worker is silent"
    live.apply()
    assert home(piotr).context["finding"] == "The key sheets are not held by two trustees"
    on_paper()
    assert home(piotr).context["finding"] == "The audit book holds"
    assert all(is_well for is_well, _says in home(piotr).parts["machine"]["facts"])


def test_whom_to_ask_about_an_unsent_report_stands_there_by_name_for_who_was_told(home, sam, amara, ruth):
    then = now() - timedelta(hours=30)
    words = {"danger": "no", "about_us": False, "who": "Zed A"}
    Report.objects.create(author=sam, form_key=uuid4(), started_at=then, saved_at=then, **words)
    waits.climb()
    page = home(ruth)
    assert [name for _url, name, _phone in page.parts["unsent"]["rows"]] == ["Sam"]
    assert "Zed" not in page.words
    assert "unsent" not in home(amara).parts


def test_an_auditor_sees_what_they_may_read_and_what_they_asked_for(home, person):
    kit = person("Kit", "auditor")
    page = home(kit)
    for address in ("documents:mine", "documents:check", "people:people", "people:rota"):
        assert reverse(address) in page.words
        assert page.client.get(reverse(address)).status_code == 200
    organisation = Organisation.current()
    Export.of(kinds.get("audit-report"), organisation, uuid4(), "trustees", "November", by=kit, since=DAY, until=DAY)
    assert [title for _url, title, _asked, _export in home(kit).parts["papers"]["rows"]] == [
        "Safeguarding audit report"
    ]


def test_a_report_not_sent_can_be_finished_from_the_front_page_which_shows_no_word_of_it(home, sam):
    assert "Nobody expects you to be sure first." in home(sam).words
    drafts = [Report.begin(sam, uuid4(), danger="no", about_us=False, who="Zed A") for _more in range(4)]
    page = home(sam)
    finish = [url for _saved, url in page.parts["reports"]["drafts"]]
    assert finish == [to_finish(draft) for draft in reversed(drafts[1:])]
    assert "Zed" not in page.words and "ZA" not in page.words and "There are more" in page.words
    assert page.client.get(finish[0]).status_code == 200


def test_each_report_has_one_short_line_about_what_comes_next(home, report, sam, amara, slot):
    slot(amara, now() - timedelta(hours=1), 24 * 9)
    case = report().case

    def line():
        (row,) = home(sam).parts["reports"]["reports"]
        return row["next"]

    assert line().startswith("It should be read by ")
    case.triage(**WEIGHED, by=amara)
    assert line().startswith("We tell you what we can by ")
    case.tell_reporter("We have spoken to his dad.", by=amara)
    assert line().startswith("We told you more on ")
    end(case, "safe", "Over", by=amara)
    assert line() == ""


@pytest.mark.parametrize("who", ["sam", "amara", "ruth", "sol", "gwen"])
def test_a_front_page_costs_the_same_queries_for_few_and_for_many(request, home, report, leah, who):
    user, taken = request.getfixturevalue(who), []
    for count in (1, 2, 9):
        for _more in range(count):
            report(author=user if who == "sam" else leah)
        home(user)
        with CaptureQueriesContext(connection) as queries:
            home(user)
        taken.append(len(queries))
    assert len(set(taken)) == 1, taken
