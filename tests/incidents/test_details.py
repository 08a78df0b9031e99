"""The pages of more detail: all of it may be left out, none of it is lost, and what cannot wait is seen."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.look.words import by
from harmony.organisation.models import HelpContact
from harmony.people.models import OnCall
from incidents import kinds, steps
from incidents.models import Case, Report
from incidents.named import Named, read, written

from .test_reporting_pages import at, file, post, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]


@pytest.mark.parametrize(
    ("first", "asked"),
    [
        ("neither", ["who", "what"]),
        ("us", ["which-of-us", "who", "what"]),
        ("danger", ["call-999", "about-us", "who", "what"]),  # the page with 999 asks for nothing
        ("both", ["call-999", "which-of-us", "who", "what"]),
    ],
)
def test_three_answers_and_a_check_are_a_whole_report(staff, sam, amara, first, asked):
    answers = {"who": {"who": "Zed"}, "what": {"facts": "A bruise.", "check": ""}, "call-999": {}}
    answers |= {"about-us": {"about_us": "no"}, "which-of-us": {"named": [str(amara.pk)]}}
    page, pages = post(staff, "begin", first=first), []
    while not page.url.endswith("/check/"):
        pages.append(page.url.rstrip("/").rsplit("/", 1)[1])
        page = staff.post(page.url, answers[pages[-1]])
    assert pages == asked
    assert staff.post(page.url.replace("/check/", "/send/")).status_code == 302
    assert Case.objects.count() == 1


def test_each_page_of_detail_may_be_left_empty(staff):
    report = file(staff)
    page = post(staff, "report_what", report, facts="A bruise.")
    for step in steps.DETAILS:
        assert page.url == step.url(report)
        page = staff.post(page.url, {})
    assert page.url == at("report_check", report)
    assert words(staff.get(page.url)).count("Nothing yet") == len(steps.DETAILS)
    assert staff.post(at("report_send", report)).url == at("report_sent", report)


def test_people_are_added_a_row_at_a_time_and_stay(staff):
    report = file(staff)
    address = at("report_others", report)
    first = staff.post(address, {"name_0": "Mia D", "age_0": "14", "part_0": "bystander", "add": ""})
    assert first.url == f"{address}?#last"
    assert "Person 2: name" in words(staff.get(address))
    rows = {"name_0": "Mia D", "age_0": "14", "part_0": "bystander", "name_1": "nightowl_77", "child_knows": "yes"}
    assert staff.post(address, rows).url == at("report_when", report)
    saved = Report.objects.get()
    assert read(saved.others) == [Named("Mia D", "14", "bystander"), Named("nightowl_77")]
    check = words(staff.get(at("report_check", report)))
    assert "Mia D (14): Saw it or got it, and may need support<br>nightowl_77" in check


def test_a_person_is_taken_out_by_emptying_the_row(staff):
    report = file(staff)
    address = at("report_others", report)
    staff.post(address, {"name_0": "Mia", "name_1": "Sam"})
    staff.post(address, {"name_0": "", "age_0": "", "name_1": "Sam"})
    assert read(Report.objects.get().others) == [Named("Sam")]


def test_a_part_without_a_name_asks_for_one_and_keeps_the_rest(staff):
    report = file(staff)
    page = post(staff, "report_others", report, name_0="Mia", age_1="13", how_known="told")
    assert "Write a name, or how we can tell who it is." in words(page)
    saved = Report.objects.get()
    assert (read(saved.others), saved.how_known) == ([Named("Mia")], "told")


def test_an_answer_changed_from_the_check_leads_back_to_it(staff):
    report = file(staff)
    change = f"{at('report_when', report)}?from=check"
    assert change in words(staff.get(at("report_check", report)))
    page = words(staff.get(change))
    assert "Save and go back to check" in page and "Skip to check" not in page
    assert staff.post(change, {"platform": "Discord", "settings": ["online"]}).url == at("report_check", report)
    assert "Discord" in words(staff.get(at("report_check", report)))


def test_every_answer_stands_on_the_check_and_on_ones_own_report(staff):
    report = file(staff)
    when = {"happened_on_day": "3", "happened_on_month": "March", "happened_on_year": "2026", "happened_time": "4:30pm"}
    post(staff, "report_when", report, **when, is_going_on="yes", handle="quiet_falcon", network="ours")
    post(staff, "report_kind", report, doors=["contact", "money"], worry="very", meeting="no", images="unsure")
    told = {"told_at_day": "3", "told_at_month": "3", "told_at_year": "2026", "told_at_time": "17:00"}
    post(staff, "report_told", report, asked="What happened then?", told_whom="Tom, by phone", **told)
    check = words(staff.get(at("report_check", report)))
    staff.post(at("report_send", report))
    own = words(staff.get(report.get_absolute_url()))
    for said in (
        *("3 March 2026, 4:30pm", "quiet_falcon", "On our wifi", "Someone online is after something"),
        *("Money, scams, games or gambling", "Very worried", "What happened then?", "Tom, by phone", "5pm"),
    ):
        assert said in check, said
        assert said in own, said
    assert Report.objects.get().happened_on == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("answer", "pressing"),
    [
        ({}, False),
        ({"danger": "yes"}, True),
        ({"danger": "unsure"}, True),
        ({"worry": "very"}, True),
        ({"worry": "worried"}, False),
        ({"meeting": "yes"}, True),
        ({"meeting": "unsure"}, False),
        ({"images": "yes"}, True),
        ({"images": "unsure"}, True),
        ({"images": "no"}, False),
    ],
)
def test_what_cannot_wait(answer, pressing):
    assert Report(**{"danger": "no"} | answer).is_pressing is pressing


def test_details_are_ciphertext_and_fixed_once_sent(staff, sam):
    report = file(staff)
    post(staff, "report_when", report, handle="quiet_falcon", place="By the lockers")
    staff.post(at("report_send", report))
    late = post(staff, "report_when", report, handle="other")
    assert late.status_code == 409
    assert Report.objects.get().handle == "quiet_falcon"


def test_how_worried_somebody_is_weighs_nothing(staff):
    report = file(staff)
    assert "Can it wait?" in words(staff.get(at("report_kind", report)))
    post(staff, "report_kind", report, worry="very")
    staff.post(at("report_send", report))
    case = Case.objects.get()
    assert (case.severity, case.pressing) == ("", True)  # read soon; how serious it is, triage says


def test_a_report_through_a_door_that_is_not_offered_any_more_can_be_read(staff):
    report = file(staff)
    report.answer(doors="hate money", by=report.author)
    page = words(staff.get(at("report_check", report)))
    assert "Hate, or extreme views<br>Money, scams, games or gambling" in page
    assert "Hate, or extreme views" not in words(staff.get(at("report_kind", report)))


def test_lists_say_no_more_than_the_family():
    assert kinds.phrase("EX-IMAGES") == "Threats online for money or images"
    assert kinds.phrase("AD-GIFTS") == "Conduct of one of us"
    assert kinds.phrase("CD-DARE") == "A dangerous challenge"
    assert kinds.phrase("") == ""


def test_named_people_survive_being_written_down():
    people = [Named("Zoë “Z” O’Brien", "13", "caused"), Named("quiet_falcon88")]
    assert read(written(people)) == people
    assert written([]) == "" and read("") == []


def test_the_first_page_links_to_a_draft_that_was_begun(staff):
    file(staff)
    assert "Finish a report that you began" in words(staff.get(reverse("incidents:begin")))


@pytest.fixture
def on_call(amara):
    """on_call(since, until): Amara holds a slot of the rota."""

    def hold(since, until):
        with event("set up", by="the tests"):
            amara.phone = "01632 960 101"
            amara.save()
            OnCall.objects.create(user=amara, phone=amara.phone, starts_at=since, ends_at=until)

    return hold


def pages(client):
    """The first page, the check and the last one of a report that is sent now."""
    first = words(client.get(reverse("incidents:begin")))
    report = file(client)
    check = words(client.get(at("report_check", report)))
    return first, check, words(client.post(at("report_send", report), follow=True))


def test_while_somebody_is_on_call_every_page_says_by_when_it_is_read(staff, on_call):
    on_call(now() - timedelta(hours=1), now() + timedelta(days=5))
    first, check, done = pages(staff)
    due = Case.objects.get().acknowledge_due
    assert "Sent now, it is read by" in first and "Sent now, it is read by" in check
    assert f"By {by(due)}: it is read" in done
    assert "decide what to do" in done and "we tell you what we can" in done


def test_before_the_next_slot_every_page_says_that_nobody_reads_it(staff, on_call):
    begins = now() + timedelta(days=2)
    on_call(begins, begins + timedelta(hours=1))
    for page in pages(staff):
        assert f"Nobody here reads this until {by(begins)}." in page
        assert "ring somebody outside" in page


def test_without_cover_ahead_nothing_is_promised(staff, amara):
    for page in pages(staff):
        assert "Nobody is on call in the days ahead, so we cannot say when this is read." in page
        assert "at the latest" not in page


def test_what_cannot_wait_is_promised_sooner(staff, on_call):
    on_call(now() - timedelta(hours=1), now() + timedelta(days=5))
    report = file(staff)
    post(staff, "report_kind", report, worry="very")
    in_half_an_hour = {by(now() + timedelta(minutes=30))}
    page = words(staff.get(at("report_check", report)))
    in_half_an_hour.add(by(now() + timedelta(minutes=30)))  # the minute may have turned
    assert any(f"{when}</strong> at the latest" in page for when in in_half_an_hour)


def test_a_slot_to_come_is_promised_and_until_then_every_page_says_whom_to_ring(staff, on_call):
    begins = now() + timedelta(hours=14)
    on_call(begins, begins + timedelta(days=9))
    with event("set up", by="the tests"):
        HelpContact.objects.create(code="edt", name="Emergency duty team", phone="01632 960 992", hours="always")
    first, check, done = pages(staff)
    read_by = by(begins + timedelta(hours=2))
    for page in (first, check, done):
        assert f"Nobody here reads this until {by(begins)}." in page
        assert "01632 960 992" in page and "999" in page
    assert f"it is read by <strong>{read_by}</strong>" in first and f"By {read_by}: it is read" in done
    assert first.index("Nobody here reads this") < first.index("<fieldset")  # before the first question


def test_in_cover_no_page_says_anything_of_the_kind(staff, on_call):
    on_call(now() - timedelta(hours=1), now() + timedelta(days=9))
    assert all("Nobody here reads this" not in page for page in pages(staff))
