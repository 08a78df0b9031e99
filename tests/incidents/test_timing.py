"""A case's due times: set at filing, at triage, by another level, by a review; and which case needs somebody now."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from harmony.audit.events import event
from harmony.audit.transitions import ReasonOwed, Refused, StateMoved
from harmony.people.models import OnCall
from incidents.models import Case, Report
from incidents.models.timing import UNPROMISED_YET, URGENT, sinking

from .conftest import WEIGHED
from .planning import end, plan_for

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 11, 23, 10, tzinfo=LONDON)


def fresh(case):
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def on_call(db):
    """on_call(amara): Amara answers the duty phone in the week of that Monday, day and night."""

    def answer(user, since=MONDAY - DAY, until=MONDAY + 6 * DAY):
        with event("add", by="the tests"):
            return OnCall.objects.create(user=user, phone="01632 960 001", starts_at=since, ends_at=until)

    return answer


@pytest.fixture
def weighed(report, amara, on_call):
    """weighed("high"): filed that Monday at ten, weighed an hour later."""

    def make(severity, at=MONDAY + HOUR, **answers):
        on_call(amara)
        case = report(at=MONDAY).case
        case.triage(**WEIGHED | {"severity": severity, "refer": True, "refer_reason": "Now"} | answers, by=amara, at=at)
        return case

    return make


def test_filing_starts_the_clocks(report, amara, on_call):
    on_call(amara)
    case = fresh(report(at=MONDAY).case)
    assert case.acknowledge_due == MONDAY + 2 * HOUR
    assert case.rises_at == MONDAY + HOUR
    assert case.triage_due == MONDAY + 8 * HOUR
    assert case.tell_due == MONDAY + DAY
    assert case.review_due is None


def test_what_cannot_wait_has_criticals_times(report, amara, on_call):
    on_call(amara)
    filed = report(at=MONDAY - 8 * HOUR, danger="unsure")
    assert filed.is_pressing
    assert filed.case.acknowledge_due == MONDAY - 7.5 * HOUR


def test_cover_is_the_rota_of_those_who_may_read_it_and_nothing_else(report, amara, tom, leah, ruth, on_call):
    assert fresh(report(at=MONDAY).case).acknowledge_due is None  # posts are no cover
    on_call(leah)
    assert fresh(report(at=MONDAY).case).acknowledge_due is None
    on_call(tom, since=MONDAY + 3 * HOUR)
    assert fresh(report(at=MONDAY).case).acknowledge_due == MONDAY + 5 * HOUR
    assert fresh(report(at=MONDAY, about=leah).case).acknowledge_due is None  # the deputy reads none about a worker
    on_call(amara)
    assert fresh(report(at=MONDAY, about=leah).case).acknowledge_due == MONDAY + 2 * HOUR
    assert fresh(report(at=MONDAY, about=amara).case).acknowledge_due is None


def test_triage_picks_the_times(weighed):
    case = fresh(weighed("medium"))
    assert case.contact_due is None
    assert case.tell_due == MONDAY + 3 * DAY
    assert case.review_due == MONDAY + 28 * DAY + HOUR
    assert case.triaged_as == "medium"
    assert case.acknowledge_due == MONDAY + 2 * HOUR  # as it was promised


def test_not_to_refer_is_decided_and_to_refer_is_owed(weighed, amara):
    case = weighed("high")
    assert case.contact_due == datetime(2026, 11, 23, 17, tzinfo=LONDON)
    assert case.contacted_at is None
    case.write("contact", "Rang the front door.", MONDAY + 2 * HOUR, by=amara)
    assert (fresh(case).contacted_at, fresh(case).contacted_by) == (MONDAY + 2 * HOUR, amara)
    decided = weighed("high", refer=False, refer_reason="Below the threshold")
    assert decided.contacted_at == MONDAY + HOUR


def test_raising_wants_a_reason_stands_in_the_chronology_and_judges_contact_again(weighed, amara):
    case = weighed("medium", refer=False)
    with pytest.raises(ReasonOwed):
        case.reweigh("high", by=amara)
    case.reweigh("critical", refer=True, refer_reason="It goes on", by=amara, at=MONDAY + 5 * HOUR, why="A threat")
    case = fresh(case)
    assert (case.severity, case.triaged_as, case.refer) == ("critical", "medium", True)
    assert case.tell_due == MONDAY + 9 * HOUR
    assert case.contacted_at is None
    assert case.contact_due == datetime(2026, 11, 24, tzinfo=LONDON)
    assert case.review_due == MONDAY + 29 * HOUR
    assert case.entries.get().words == "Level changed from Medium to Critical.\n\nA threat"


def test_the_same_level_is_no_change(weighed, amara):
    with pytest.raises(Refused, match="has this level already"):
        weighed("medium").reweigh("medium", by=amara, why="Still")


def test_lowering_from_medium_wants_a_reason_only(weighed, amara):
    case = weighed("medium")
    case.reweigh("low", by=amara, at=MONDAY + DAY, why="It was one joke")
    assert fresh(case).tell_due == datetime(2026, 11, 30, 10, tzinfo=LONDON)


@pytest.mark.parametrize("severity", ["high", "critical"])
def test_lowering_from_high_up_takes_a_second_person(weighed, amara, tom, severity):
    case = weighed(severity)
    with pytest.raises(Refused, match="somebody else must agree"):
        case.reweigh("medium", by=amara, why="Calmer")
    with pytest.raises(Refused, match="Nobody else needs to agree"):
        case.ask_to_lower("critical", by=amara, why="Worse")
    case.ask_to_lower("medium", by=amara, at=MONDAY + 2 * HOUR, why="Calmer")
    with pytest.raises(StateMoved, match="asked for this already"):
        case.ask_to_lower("low", by=tom, why="Calm")
    assert fresh(case).severity == severity
    with pytest.raises(PermissionDenied):
        case.agree(by=amara)
    case.agree(by=tom, at=MONDAY + 3 * HOUR)
    case = fresh(case)
    assert (case.severity, case.lower_to, case.lower_why) == ("medium", "", "")
    assert case.tell_due == MONDAY + 3 * DAY
    assert [entry.author for entry in case.entries.order_by("written_at")] == [amara, tom]
    with pytest.raises(StateMoved, match="Nobody asks"):
        case.agree(by=tom)


def test_who_has_the_case_and_who_asked_are_both_no_second_person(weighed, amara, tom, ruth, person):
    case = weighed("high")
    case.ask_to_lower("low", by=tom, at=MONDAY + 2 * HOUR, why="Calmer")
    assert case.owner == amara
    for one in (amara, tom, ruth):  # the lead does not see a case about a child
        with pytest.raises(PermissionDenied):
            case.agree(by=one)
    case.agree(by=person("Dee Puty", "deputy"), at=MONDAY + 3 * HOUR)


def test_a_level_that_was_asked_down_may_be_kept_or_raised_instead(weighed, amara, tom):
    case = weighed("high")
    case.ask_to_lower("low", by=amara, why="Calmer")
    with pytest.raises(ReasonOwed):
        case.decline(by=tom)
    case.decline(by=tom, why="He is still afraid")
    assert (fresh(case).severity, fresh(case).lower_to) == ("high", "")
    case.ask_to_lower("low", by=amara, why="Calmer")
    case.reweigh("critical", by=tom, why="A threat came")
    assert fresh(case).lower_to == ""


def test_the_database_wants_the_reason_too(weighed, amara):
    case = fresh(weighed("high"))
    with pytest.raises(IntegrityError, match="why this level"), event("try", by=amara), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(lower_to="low", lower_asked_at=MONDAY, lower_asked_by=amara)


def test_reviews_follow_one_another(weighed, amara):
    case = weighed("high")
    first = case.review_due
    assert first == MONDAY + 7 * DAY + HOUR
    case.review("He is back at the club.", by=amara, at=first)
    case.review("He is back at the club.", by=amara, at=first)
    case = fresh(case)
    assert case.review_due == MONDAY + 28 * DAY + HOUR
    assert case.reviewed_by == amara
    assert case.entries.get().kind == "review"


def test_a_review_keeps_when_it_was_due_who_made_it_and_how_late(weighed, amara, tom):
    case = weighed("high")
    week, month = MONDAY + 7 * DAY + HOUR, MONDAY + 28 * DAY + HOUR
    case.review("Early, and extra.", by=amara, at=MONDAY + 2 * DAY)
    case.review("Calm.", by=amara, at=week - HOUR)
    case.review("Late.", by=tom, at=month + 3 * DAY)
    kept = case.entries.filter(kind="review").order_by("written_at").values_list("due_at", "written_at", "author")
    assert list(kept) == [
        (None, MONDAY + 2 * DAY, amara.pk),
        (week, week - HOUR, amara.pk),
        (month, month + 3 * DAY, tom.pk),
    ]
    assert [entry.late_by for entry in case.entries.order_by("written_at")] == [None, None, 3 * DAY]


def test_a_late_review_stays_late_whatever_level_it_has_later(weighed, amara, tom):
    case = weighed("high")
    due = case.review_due
    case.reweigh("critical", refer=False, refer_reason="No", by=amara, at=due + DAY, why="A threat")
    case.ask_to_lower("low", by=amara, at=due + DAY, why="It was a joke")
    case.agree(by=tom, at=due + 2 * DAY)
    assert fresh(case).review_due == due
    case.review("Late.", by=amara, at=due + 3 * DAY)
    entry = case.entries.get(kind="review")
    assert (entry.due_at, entry.late_by) == (due, 3 * DAY)
    with pytest.raises(IntegrityError, match="stays as it was written"), event("try", by=amara), transaction.atomic():
        case.entries.filter(kind="review").update(due_at=None)


def test_only_a_review_was_due(weighed, amara):
    case = weighed("high")
    with pytest.raises(IntegrityError, match="only_a_review_was_due"), event("try", by=amara), transaction.atomic():
        case.entries.create(author=amara, kind="note", words="x", due_at=MONDAY)


def test_a_reopened_case_is_reviewed_from_then_on(weighed, amara):
    case = weighed("medium")
    end(case, "safe", "Over", by=amara, at=MONDAY + DAY)
    assert case.next_clock(MONDAY + DAY) is None
    case.reopen(by=amara, at=MONDAY + 5 * DAY, why="Again")
    assert fresh(case).review_due == MONDAY + 33 * DAY


def test_the_reporter_is_told_as_often_as_there_is_more(weighed, sam, amara, tom):
    case = weighed("medium")
    case.tell_reporter("We have rung his dad.", by=amara, at=MONDAY + DAY)
    case.tell_reporter("We have rung his dad.", by=amara, at=MONDAY + DAY)
    case.tell_reporter("He is back.", by=tom, at=MONDAY + 2 * DAY)
    case = fresh(case)
    assert (case.told_at, case.told_by) == (MONDAY + DAY, amara)
    assert [reply.words for reply in Report.objects.get().replies.all()] == ["We have rung his dad.", "He is back."]
    with pytest.raises(PermissionDenied):
        case.tell_reporter("Me too", by=sam)
    with pytest.raises(IntegrityError, match="stays as it was written"), event("try", by=amara), transaction.atomic():
        Report.objects.get().replies.first().delete()


def due_names(case, at):
    clock = fresh(case).next_clock(at)
    return clock and str(clock.label)


def test_the_next_clock_is_the_first_that_is_not_met(report, amara, on_call):
    on_call(amara)
    case = report(at=MONDAY).case
    assert due_names(case, MONDAY) == "First read"
    case.acknowledge(by=amara, at=MONDAY + HOUR)
    assert due_names(case, MONDAY) == "Weigh it"
    case.triage(**WEIGHED | {"refer": True}, by=amara, at=MONDAY + 2 * HOUR)
    assert due_names(case, MONDAY) == "Contact outside"
    case.write("contact", "Rang", MONDAY + 3 * HOUR, by=amara)
    assert due_names(case, MONDAY) == "Tell the reporter"
    case.tell_reporter("Read", by=amara, at=MONDAY + 4 * HOUR)
    assert due_names(case, MONDAY) == "Agree the plan"
    plan_for(case, by=amara, at=MONDAY + 5 * HOUR)
    assert due_names(case, MONDAY) == "Review"
    clock = fresh(case).next_clock(MONDAY + 5 * HOUR + 3.5 * DAY)
    assert (clock.tone, clock.words, clock.share) == ("ok", "3 days left", 50)


def test_without_a_promise_the_clock_says_so(report):
    clock = report(at=MONDAY).case.next_clock(MONDAY)
    assert (clock.words, clock.due) == ("Nobody was on call", "")


def test_late_is_what_should_have_been_done(weighed, amara):
    case = weighed("high")
    five = datetime(2026, 11, 23, 17, tzinfo=LONDON)
    assert case not in Case.objects.overdue(five)
    assert case in Case.objects.overdue(five + HOUR)
    case.write("contact", "Rang", five, by=amara)
    assert case not in Case.objects.overdue(five + HOUR)
    assert case in Case.objects.overdue(MONDAY + DAY + HOUR)
    end(case, "safe", "Over", by=amara, at=MONDAY + DAY)
    assert case not in Case.objects.overdue(MONDAY + DAY + HOUR)


def in_order(at):
    return list(Case.objects.urgent_first(at))


def test_urgent_and_nearly_due_come_first_then_each_by_its_deadline(report, amara, on_call):
    on_call(amara)
    review, tell, contact = (report(at=MONDAY).case for _each in range(3))
    for case, severity in ((review, "low"), (tell, "medium"), (contact, "high")):
        case.triage(**WEIGHED | {"severity": severity, "refer": True}, by=amara, at=MONDAY + HOUR)
    review.tell_reporter("Thank you", by=amara, at=MONDAY + HOUR)
    critical = report(at=MONDAY + HOUR).case
    critical.triage(**WEIGHED | {"severity": "critical"}, by=amara, at=MONDAY + 2 * HOUR)
    critical.tell_reporter("Thank you", by=amara, at=MONDAY + 2 * HOUR)
    unread = report(at=MONDAY + 2 * HOUR).case
    pressing = report(at=MONDAY + 2.5 * HOUR, danger="yes").case
    # contact outside is due at 17:00, and the critical one's review within a day
    assert in_order(MONDAY + 2.5 * HOUR) == [pressing, critical, unread, contact, tell, review]
    assert in_order(MONDAY + 5.5 * HOUR) == [pressing, unread, critical, contact, tell, review]


def test_an_unread_report_rises_past_half_its_time(report, amara, on_call):
    on_call(amara)
    filed = report(at=MONDAY).case
    late = report(at=MONDAY - DAY + HOUR).case
    late.acknowledge(by=amara, at=MONDAY - DAY + HOUR)
    assert in_order(MONDAY + HOUR / 2) == [late, filed]  # it is late to be weighed
    assert in_order(MONDAY + HOUR) == [late, filed]  # both urgent: the late one stays above
    other = report(at=MONDAY + HOUR / 2).case
    assert in_order(MONDAY + 1.25 * HOUR) == [late, filed, other]


def test_an_unread_report_rises_above_a_late_case_that_is_not_urgent(report, weighed, amara):
    """Urgent first; the late word to a reporter of a Medium case stands below it, and above what is not late."""
    telling = weighed("medium")
    nearly = weighed("medium", at=MONDAY + 2 * HOUR)
    with event("wait", by="the tests"):
        Case.objects.filter(pk=telling.pk).update(tell_due=MONDAY - HOUR)
        Case.objects.filter(pk=nearly.pk).update(tell_due=MONDAY + 1.75 * HOUR)
    unread = report(at=MONDAY).case
    assert in_order(MONDAY + HOUR / 2) == [telling, nearly, unread]
    assert in_order(MONDAY + HOUR) == [unread, telling, nearly]


@pytest.mark.parametrize("hours", range(0, 60, 5))
def test_late_is_never_below_what_is_not_late_and_as_urgent(report, weighed, amara, hours):
    made = [weighed(severity, at=MONDAY + wait * HOUR) for wait, severity in ((1, "critical"), (2, "high"), (3, "low"))]
    made += [report(at=MONDAY + wait * HOUR, danger=danger).case for wait in (2, 20, 40) for danger in ("yes", "no")]
    made[-1].acknowledge(by=amara, at=MONDAY + 41 * HOUR)
    at = MONDAY + hours * HOUR
    needed = Case.objects.needing_somebody(at)
    urgent = set(needed.filter(URGENT | sinking(at)))
    overdue = set(Case.objects.overdue(at)) | set(Case.objects.filter(UNPROMISED_YET))
    order = [(case not in needed, case not in urgent, case not in overdue) for case in in_order(at) if case in needed]
    assert order == sorted(order)
    assert set(in_order(at)[: len(order)]) == set(needed)


def test_what_nobody_promised_never_sinks(report, weighed, amara):
    waiting = weighed("medium")
    unpromised = report(at=MONDAY + 300 * DAY).case
    assert unpromised.acknowledge_due is None
    assert in_order(MONDAY + HOUR)[0] == unpromised
    assert list(Case.objects.needing_somebody(MONDAY + HOUR)) == [unpromised]
    assert waiting not in Case.objects.needing_somebody(MONDAY + HOUR)


def test_words_that_were_added_need_somebody(weighed):
    case = weighed("low")
    case.reports.get().add("He rang me", by=case.reports.get().author)
    assert list(Case.objects.needing_somebody(MONDAY + HOUR)) == [case]


@pytest.mark.only("postgresql")
def test_lateness_is_found_by_the_partial_indexes(report):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Case.objects.filter(closed_at=None, told_at=None, tell_due__lt=MONDAY).explain()
    assert "cases_by_tell_due" in plan


def test_filing_reads_the_rota_for_its_clocks_and_for_whom_to_tell_and_the_closures_once(report, amara, on_call):
    on_call(amara)
    report(at=MONDAY)
    with CaptureQueriesContext(connection) as queries:
        report(at=MONDAY)
    asked = " ".join(query["sql"] for query in queries)
    assert asked.count('FROM "people_oncall"') == 2
    assert asked.count('FROM "organisation_closure"') == 1
