"""Report a concern, in the browser's own words: each page, each button."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.look.words import clock_time
from harmony.organisation.models import HelpContact
from incidents import steps
from incidents.models import Case, Report
from tests.clients import same_as_missing

from .conftest import WEIGHED
from .planning import end

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]


def post(client, name, report=None, **answers):
    args = [report.pk] if report else []
    return client.post(reverse(f"incidents:{name}", args=args), answers)


FIRST = {
    ("no", "no"): "neither",
    ("yes", "no"): "danger",
    ("unsure", "no"): "unsure",
    ("no", "yes"): "us",
    ("yes", "yes"): "both",
    ("unsure", "yes"): "both",
}


def file(client, **more):
    """The whole way, as somebody without JavaScript goes it."""
    answers = {
        "danger": "no",
        "about_us": "no",
        "who": "Zed A (12)",
        "facts": "A bruise.",
        "childs_words": "He pushed me",
    }
    answers |= more
    first = FIRST[answers["danger"], answers["about_us"]]
    post(client, "begin", first=first, form_key=uuid4())
    report = Report.objects.latest("started_at")
    pages = {"who": ["who"], "what": ["facts", "childs_words"]}
    if answers["about_us"] == "yes":
        pages = {"which_of_us": ["named"]} | pages
    elif answers["danger"] != "no":
        pages = {"about_us": ["about_us"]} | pages
    for page, asked in pages.items():
        answer = post(client, f"report_{page}", report, **{name: answers[name] for name in asked})
        assert answer.status_code == 302, answer.context["form"].errors
    return report


def test_a_report_is_filed_from_the_first_page_to_the_reference(staff, sam):
    first = staff.get(reverse("incidents:begin"))
    assert "Amara Okafor, designated safeguarding officer" in first.content.decode()
    report = file(staff)
    check = staff.get(reverse("incidents:report_check", args=[report.pk])).content.decode()
    assert "He pushed me" in check
    assert "Send report" in check
    done = staff.post(reverse("incidents:report_send", args=[report.pk]), follow=True)
    case = Case.objects.get()
    assert case.reference in done.content.decode()
    assert "Thank you. Your report is sent" in done.content.decode()
    assert (Report.objects.get().author, Report.objects.get().case) == (sam, case)


def at(name, report):
    return reverse(f"incidents:{name}", args=[report.pk])


def words(response):
    return response.content.decode()


def test_sending_twice_refreshing_and_going_back_lead_to_one_case_and_one_page(staff):
    report = file(staff)
    done = [staff.post(at("report_send", report), follow=True) for _press in range(2)]
    done.append(staff.get(at("report_sent", report)))
    done.append(staff.get(at("report_check", report), follow=True))
    done.append(staff.get(at("report_who", report), follow=True))
    done.append(staff.get(at("report_discard", report), follow=True))
    reference = Case.objects.get().reference
    assert all(reference in words(page) for page in done)


def test_the_first_page_posted_twice_begins_one_report(staff):
    key = staff.get(reverse("incidents:begin")).context["form"]["form_key"].value()
    pages = [post(staff, "begin", first="neither", form_key=key) for _press in range(2)]
    assert pages[0].url == pages[1].url
    assert Report.objects.count() == 1


def test_the_first_page_posted_again_after_sending_shows_that_it_was_sent(staff):
    report = file(staff)
    staff.post(at("report_send", report))
    again = post(staff, "begin", first="neither", form_key=report.form_key)
    assert again.url == report.get_absolute_url()
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "kept"),
    [
        ("danger", ("yes", None)),
        ("unsure", ("unsure", None)),
        ("us", ("no", True)),
        ("both", ("yes", True)),
        ("neither", ("no", False)),
    ],
)
def test_one_answer_says_both_but_danger_leaves_open_whom_it_is_about(staff, first, kept):
    post(staff, "begin", first=first)
    report = Report.objects.get()
    assert (report.danger, report.about_us) == kept


@pytest.mark.parametrize(
    ("first", "then"), [("danger", "report_about_us"), ("unsure", "report_about_us"), ("both", "report_which_of_us")]
)
def test_danger_shows_999_before_anything_else_and_sends_nothing(staff, first, then):
    page = staff.post(reverse("incidents:begin"), {"first": first}, follow=True)
    assert "This page sends nothing by itself." in words(page)
    assert 'href="tel:999"' in words(page)
    assert not Case.objects.exists()
    report = Report.objects.get()
    when = {"told_999_at_day": "3", "told_999_at_month": "3", "told_999_at_year": "2026", "told_999_at_time": "9:20pm"}
    said = {"told_999": "Leah", "told_999_number": "p-0214/a"} | when
    assert post(staff, "report_call_999", report, **said).url == at(then, report)
    report.refresh_from_db()
    assert (report.told_999, report.told_999_number) == ("Leah", "p-0214/a")  # a reference stays as it was typed
    assert clock_time(report.told_999_at).endswith("9:20pm")
    assert not Case.objects.exists()


@pytest.mark.parametrize("first", ["danger", "unsure"])
def test_with_danger_nothing_is_sent_before_it_is_said_whether_it_is_about_one_of_us(staff, amara, first):
    post(staff, "begin", first=first)
    report = Report.objects.get()
    report.answer(who="Zed", facts="Amara took his phone.", by=report.author)  # typed into another window
    assert staff.post(at("report_send", report)).url == at("report_about_us", report)
    assert staff.get(at("report_check", report)).url == at("report_about_us", report)
    assert not Case.objects.exists()
    post(staff, "report_about_us", report, about_us="yes")
    assert staff.post(at("report_send", report)).url == at("report_which_of_us", report)
    post(staff, "report_which_of_us", report, named=[str(amara.pk)])
    staff.post(at("report_send", report))
    assert [out.user for out in Case.objects.get().recusals.all()] == [amara]


@pytest.mark.usefixtures("numbers")
def test_the_page_with_999_lets_people_choose_whom_to_ring(staff):
    page = words(staff.post(reverse("incidents:begin"), {"first": "danger"}, follow=True)).split("<main")[1]
    assert "Choose somebody it is not about." in page
    assert all(number in page for number in ("960 124", "960 125", "960 126"))  # DSO, deputy, senior lead


def test_going_back_to_say_danger_asks_again_but_lets_nobody_in_whom_it_keeps_out(staff, amara):
    key = uuid4()
    post(staff, "begin", first="neither", form_key=key)
    assert post(staff, "begin", first="danger", form_key=key).status_code == 302
    report = Report.objects.get()
    assert report.missing()[0] == "about_us"
    post(staff, "begin", first="us", form_key=key)
    post(staff, "report_which_of_us", report, named=[str(amara.pk)])
    post(staff, "begin", first="danger", form_key=key)
    report.refresh_from_db()
    assert (report.danger, report.about) == ("yes", [amara])


def test_nothing_is_asked_before_it_is_said_whether_it_is_about_one_of_us(staff, sam):
    assert "Choose one. If nothing fits, choose the last one." in words(post(staff, "begin"))
    assert not Report.objects.exists()
    report = Report.begin(sam, uuid4(), danger="unsure")  # a draft from when these were two questions
    assert staff.get(at("report_check", report)).url == at("report_about_us", report)
    assert post(staff, "report_about_us", report, about_us="yes").url == at("report_which_of_us", report)
    assert staff.get(at("report_check", report)).url == at("report_which_of_us", report)


@pytest.mark.usefixtures("numbers")
@pytest.mark.parametrize("first", ["us", "both"])
def test_until_it_is_said_whom_of_us_it_is_about_nobody_here_is_offered(staff, first):
    post(staff, "begin", first=first)
    report = Report.objects.get()
    pages = [
        "report_danger",
        "report_call_999",
        "report_about_us",
        "report_which_of_us",
        "report_who",
        "report_discard",
    ]
    for name in pages:
        page = words(staff.get(at(name, report)))
        assert "960 12" not in page, name
        assert "Nobody here can be reached" not in page, name
        assert 'href="tel:999"' in page and "NSPCC" in page, name
    post(staff, "report_which_of_us", report, named=["unlisted"])
    assert all("960 124" in words(staff.get(at(name, report))) for name in pages)


def test_from_the_routing_answer_on_no_page_names_or_offers_whom_it_is_about(staff, amara, tom, ruth, declare, numbers):
    declare(tom, "partner", amara)
    report = file(staff, about_us="yes", named=[str(amara.pk)])
    pages = [staff.get(step.url(report)) for step in steps.STEPS if step.name != "which_of_us"]
    pages.append(staff.get(at("report_discard", report)))
    pages.append(staff.get(at("report_check", report)))
    pages.append(staff.post(at("report_send", report), follow=True))
    pages.append(staff.get(report.get_absolute_url()))
    for page in pages:
        assert page.status_code == 200
        assert "01632 960 126" in words(page)
        assert "960 124" not in words(page), page.request
        assert "960 125" not in words(page), page.request
        assert "Tom Ellery" not in words(page), page.request
    # her name stands where its author put it, and may be changed: among the answers, nowhere else
    assert [words(page).count("Amara Okafor") for page in pages] == [0] * len(steps.STEPS) + [1, 0, 1]


def test_where_everyone_who_could_read_it_is_named_the_page_says_whom_to_ring(staff, amara, ruth):
    with event("set up", by="the tests"):
        HelpContact.objects.create(code="lado", name="Northbrook LADO", phone="01632 960 991", hours="always")
    report = file(staff, about_us="yes", named=[str(amara.pk), str(ruth.pk)])
    for page in (staff.get(at("report_check", report)), staff.post(at("report_send", report), follow=True)):
        assert "Nobody here will be able to read this now" in words(page)
        assert "Northbrook LADO" in words(page)
    assert Case.objects.get().raised_to == "vice"


def test_somebody_not_on_the_list_makes_it_about_one_of_us_too(staff):
    report = file(staff, about_us="yes", named=["unlisted"])
    assert "somebody who is not on the list" in words(staff.get(at("report_check", report)))
    staff.post(at("report_send", report))
    assert (Case.objects.get().track, Case.objects.get().recusals.count()) == ("worker", 0)


def test_who_was_named_by_a_slip_is_not_kept_out(staff, amara):
    report = file(staff, about_us="yes", named=[str(amara.pk)])
    post(staff, "report_about_us", report, about_us="no")
    staff.post(at("report_send", report))
    case = Case.objects.get()
    assert (case.track, case.recusals.count()) == ("child", 0)


def test_an_impossible_day_costs_no_word(staff):
    report = file(staff)
    day = {"happened_on_day": "31", "happened_on_month": "2", "happened_on_year": "2026"}
    page = post(staff, "report_when", report, place="By the lockers.", **day)
    assert "There is no such day" in words(page)
    assert "By the lockers." in words(page)
    assert Report.objects.get().place == "By the lockers."  # saved all the same
    assert staff.post(at("report_send", report)).url == at("report_sent", report)  # and it can be sent


def test_four_thousand_words_are_kept_whole(staff):
    report = file(staff)
    long = "words of a child " * 1000
    assert post(staff, "report_what", report, facts=long).status_code == 302
    assert Report.objects.get().facts == long.strip()


def test_what_is_typed_is_saved_meanwhile_and_says_when(staff):
    report = file(staff)
    saved = staff.post(at("report_what", report), {"facts": "Half a sent"}, headers={"HX-Request": "true"})
    assert "Saved at " in words(saved)
    assert Report.objects.get().facts == "Half a sent"


def test_words_typed_in_another_tab_after_sending_stand_on_the_page_again(staff):
    report = file(staff)
    staff.post(at("report_send", report))
    late = post(staff, "report_what", report, facts="And one more thing.")
    assert late.status_code == 409
    assert "You sent this at" in words(late)
    assert "And one more thing." in words(late)
    assert Report.objects.get().facts == "A bruise."


def test_a_draft_is_its_authors_alone(staff, client_elsewhere, draft, amara):
    post(staff, "begin", first="neither")
    report = Report.objects.latest("started_at")
    client_elsewhere.force_login(amara)
    names = [*(step.name for step in steps.STEPS), "check", "sent", "discard"]
    for name in names:
        missing = reverse(f"incidents:report_{name}", args=[uuid4()])
        assert same_as_missing(client_elsewhere, at(f"report_{name}", report), missing), name
    assert client_elsewhere.post(at("report_send", report)).status_code == 404
    assert client_elsewhere.get(report.get_absolute_url()).status_code == 404


def test_my_reports_say_how_far_each_is_and_nothing_of_the_case(staff, report, amara, draft):
    filed = report()
    heard = []
    case = filed.case
    for step in (
        lambda: None,
        lambda: case.acknowledge(by=amara),
        lambda: case.triage(**WEIGHED, by=amara),
        lambda: end(case, "safe", "It has stopped.", by=amara),
    ):
        step()
        pages = words(staff.get(reverse("incidents:my_reports"))) + words(staff.get(filed.get_absolute_url()))
        heard.append(
            [
                said
                for said in ("not been read yet", "has it in hand", "able to tell you more", "If anything new happens")
                if said in pages
            ]
        )
        assert "Bullying" not in pages
        assert "has stopped" not in pages
        assert "Finish it" in pages  # the draft
    assert heard == [["not been read yet"], ["has it in hand"], ["able to tell you more"], ["If anything new happens"]]


def test_more_is_added_once_and_reaches_whoever_works_the_case(staff, report, sign_in, amara):
    filed = report()
    for _press in range(2):
        staff.post(filed.get_absolute_url(), {"words": "He came back and said more."})
    assert filed.addenda.count() == 1
    assert "He came back and said more." in words(staff.get(filed.get_absolute_url()))
    overview = sign_in(amara).get(filed.case.get_absolute_url())
    assert "Next: read what was added" in words(overview)
    assert "He came back and said more." in words(overview)


def test_a_draft_is_thrown_away_only_after_asking(staff, draft):
    assert "Throw this draft away?" in words(staff.get(at("report_discard", draft)))
    assert Report.objects.exists()
    assert staff.post(at("report_discard", draft)).url == reverse("incidents:my_reports")
    assert not Report.objects.exists()


def test_my_reports_come_in_pages_of_25_the_newest_first(staff, report):
    filed = [report(at=now() - timedelta(days=n)) for n in range(27)]
    first, second = (staff.get(reverse("incidents:my_reports"), {"page": number}) for number in (1, 2))
    assert [row[0].pk for row in first.context["reports"]] == [one.pk for one in filed[:25]]
    assert [row[0].pk for row in second.context["reports"]] == [one.pk for one in filed[25:]]
    assert "?page=2" in words(first) and "?page=1" in words(second)


def test_my_reports_cost_the_same_queries_for_one_and_for_many(staff, report, sam):
    staff.get(reverse("incidents:my_reports"))
    counts = []
    for _more in range(3):
        report()
        Report(author=sam, form_key=uuid4(), danger="no", who="Zed").save()
        with CaptureQueriesContext(connection) as queries:
            staff.get(reverse("incidents:my_reports"))
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


# one draft in two windows


@pytest.fixture
def window(client, draft, sam):
    """The page that asks what happened, as one window has it: what its form sends."""
    client.force_login(sam)
    address = reverse("incidents:report_what", args=[draft.pk])
    marked = re.compile(r'name="drawn" id="drawn" value="(\w+)"')

    def opened():
        drawn = marked.search(client.get(address).content.decode())[1]
        return lambda facts, **how: client.post(address, {"facts": facts, "drawn": drawn, **how.pop("more", {})}, **how)

    return opened


def test_what_another_window_saved_is_not_overwritten_unseen(window, draft):
    first, second = window(), window()
    assert first("He told me of the group.").status_code == 302
    answer = second("She was crying.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "She was crying." in page and "He told me of the group." in page
    assert "Saved at" not in page
    draft.refresh_from_db()
    assert draft.facts == "He told me of the group."


def test_after_both_were_shown_what_stands_in_the_box_counts(client, window, draft):
    first, second = window(), window()
    first("He told me of the group.")
    page = second("She was crying.").content.decode()
    drawn = re.search(r'name="drawn" id="drawn" value="(\w+)"', page)[1]
    address = reverse("incidents:report_what", args=[draft.pk])
    both = "He told me of the group. She was crying."
    assert client.post(address, {"facts": both, "drawn": drawn}).status_code == 302
    draft.refresh_from_db()
    assert draft.facts == both


def test_a_window_that_saves_itself_does_not_stand_in_its_own_way(window, draft):
    one = window()
    saved = one("He told", headers={"HX-Request": "true"}).content.decode()
    assert "Saved at" in saved and 'hx-swap-oob="true"' in saved
    assert one("He told me of the group.").status_code == 302  # even where that answer was lost on the way


def test_a_window_that_saves_itself_says_that_another_was_there(window, draft):
    first, second = window(), window()
    first("He told me of the group.")
    said = second("She was crying.", headers={"HX-Request": "true"}).content.decode()
    assert "Not saved: you changed this page in another window." in said
    draft.refresh_from_db()
    assert draft.facts == "He told me of the group."


def test_the_coach_speaks_while_the_page_saves_itself(window):
    said = window()("J. hit him.", headers={"HX-Request": "true"}).content.decode()
    assert 'id="notes" role="status"' in said and "J." in said


def test_words_typed_after_it_was_sent_are_added_with_one_button(client, window, draft, sam):
    late = window()
    draft.file(by=sam)
    page = late("She was crying.").content.decode()
    assert "These words are not part of it yet" in page
    words = re.search(r'name="words" value="([^"]+)"', page)[1]
    assert client.post(draft.get_absolute_url(), {"words": words}).status_code == 302
    assert "She was crying." in draft.addenda.get().words
