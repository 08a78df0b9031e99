"""Who hears of a case, and when: at filing, when nobody answers, and when it moves."""

import pytest
from django.core import mail
from django.utils.timezone import now

from harmony.audit import book
from harmony.audit.models import Entry
from harmony.notifications import inbox, waits
from harmony.notifications.dispatch import send_waiting
from harmony.notifications.models import Notice
from incidents.models import Case
from incidents.waits import CASES

from .conftest import AT, DAY, HOUR, MINUTE, said
from .planning import end

pytestmark = pytest.mark.django_db


# at filing


def test_whoever_is_on_call_is_told_in_the_same_breath(report, line, on_call, amara):
    on_call(amara)
    case = report(at=AT).case
    notice = Notice.objects.get()
    assert (notice.recipient, notice.sentence, notice.rung, notice.urgent) == (
        amara,
        "case",
        0,
        True,
    )  # nobody has weighed it
    assert notice.due == case.acknowledge_due
    assert notice.root == case.root


def test_what_cannot_wait_is_urgent(report, line, on_call, tom):
    on_call(tom)
    report(at=AT, danger="yes")
    notice = Notice.objects.get()
    assert (notice.recipient, notice.urgent, notice.due) == (tom, True, AT + 30 * MINUTE)


def test_nobody_on_call_means_all_of_the_line_that_is_there(report, line, away, amara, tom):
    away(amara)
    report(at=AT)
    assert said(Notice.objects.all()) == [("Tom", "case")]


def test_whoever_it_is_about_hears_nothing_even_on_call(report, line, on_call, amara, ruth):
    on_call(amara)
    report(about=amara, at=AT)
    assert said(Notice.objects.all()) == [("Ruth", "case")]
    for hours in range(40):
        waits.climb(AT + hours * HOUR, CASES)
    assert not Notice.objects.filter(recipient=amara).exists()
    assert inbox.unread(amara) == 0


def test_a_report_that_fails_tells_nobody(draft, line, on_call, amara, sam):
    on_call(amara)
    draft.who = ""
    draft.save()
    with pytest.raises(Exception, match="question left"):
        draft.file(by=sam)
    assert not Notice.objects.exists()


def test_what_is_added_reaches_whoever_has_it(report, line, on_call, amara, tom, sam):
    on_call(amara)
    sent = report(at=AT)
    sent.add("He is at the bus stop now.", by=sam, at=AT + HOUR)
    sent.case.acknowledge(by=tom, at=AT + HOUR)
    sent.add("He is home.", by=sam, at=AT + 2 * HOUR)
    assert said(Notice.objects.filter(clock="more")) == [("Amara", "case_more"), ("Tom", "case_more")]


# nobody reads it


def test_the_ladder_of_a_case_that_cannot_wait(report, line, on_call, sweep, amara):
    on_call(amara)
    report(at=AT, danger="yes")
    due = AT + 30 * MINUTE
    assert sweep(due - MINUTE) == []
    assert sweep(due) == [("Amara", "case_late"), ("Tom", "case_late")]
    assert sweep(due + 14 * MINUTE) == []
    assert sweep(due + 15 * MINUTE) == [("Ruth", "case_late")]
    assert sweep(due + 30 * MINUTE) == [("Gwen", "case_late")]
    assert sweep(due + 44 * MINUTE) == []
    assert sorted(sweep(due + 45 * MINUTE)) == [(name, "nobody") for name in ("Amara", "Gwen", "Ruth", "Sam", "Tom")]
    assert sweep(due + 46 * MINUTE) == []


def test_shares_count_hours_of_cover_where_the_clock_does(report, line, on_call, sweep, amara):
    """High's two hours, of which one is left when the slot ends at eleven; the next begins the day after at nine."""
    on_call(amara, until=AT + HOUR)
    on_call(amara, since=AT + 23 * HOUR)
    case = report(at=AT).case
    assert case.acknowledge_due == AT + 24 * HOUR
    assert sweep(AT + 24 * HOUR - MINUTE) == []
    assert sweep(AT + 24 * HOUR) == [("Amara", "case_late"), ("Tom", "case_late")]
    assert sweep(AT + 25 * HOUR) == [("Ruth", "case_late")]


def test_where_nothing_is_promised_the_ladder_starts_at_once(report, line, sweep):
    case = report(at=AT).case
    assert case.acknowledge_due is None
    assert said(Notice.objects.all()) == [("Amara", "case"), ("Tom", "case")]
    assert sweep(AT) == []  # one message in one minute, and it is true
    assert sweep(AT + HOUR - MINUTE) == []
    assert sweep(AT + HOUR) == [("Ruth", "case_late")]
    assert sweep(AT + 2 * HOUR) == [("Gwen", "case_late")]
    assert len(sweep(AT + 3 * HOUR)) == 5  # nobody is left, its reporter hears too


def test_the_lead_trustee_hears_where_the_lead_is_away(report, line, on_call, away, sweep, amara, ruth):
    on_call(amara)
    away(ruth)
    report(at=AT, danger="yes")
    sweep(AT + 30 * MINUTE)
    assert sweep(AT + 45 * MINUTE) == [("Dev", "case_late")]


def test_those_above_may_open_and_work_it_from_then_on_and_not_before(report, line, on_call, sweep, amara, ruth, gwen):
    on_call(amara)
    case = report(at=AT, danger="yes").case

    def seen(user):
        return Case.objects.visible_to(user).filter(pk=case.pk).exists()

    sweep(AT + 44 * MINUTE)
    assert not seen(ruth)
    sweep(AT + 45 * MINUTE)
    assert seen(ruth)
    assert not seen(gwen)
    sweep(AT + 60 * MINUTE)
    assert seen(ruth)
    assert seen(gwen)
    case.acknowledge(by=gwen)
    assert case.owner == gwen
    assert Entry.objects.filter(verb="escalate", actor_name="the messenger").count() == 2


def test_whoever_is_kept_out_is_passed_on_every_rung(report, line, sweep, ruth, amara, gwen):
    case = report(about=ruth, at=AT).case
    everybody = [name for minutes in range(0, 1000, 30) for name, _sentence in sweep(AT + minutes * MINUTE)]
    assert "Ruth" not in everybody
    assert not Case.objects.visible_to(ruth).filter(pk=case.pk).exists()
    assert "Gwen" in everybody


def test_reading_it_stops_everything(report, line, on_call, sweep, amara, tom):
    on_call(amara)
    case = report(at=AT, danger="yes").case
    sweep(AT + 31 * MINUTE)
    case.acknowledge(by=tom, at=AT + 32 * MINUTE)
    assert sweep(AT + 100 * MINUTE) == []
    assert not Notice.objects.waiting().filter(clock="acknowledge").exists()
    assert inbox.unread(amara) == 0
    assert list(book.breaks()) == []


def test_nobody_unconflicted_at_all_reaches_its_reporter_at_once(report, away, sweep, amara, tom):
    away(amara)
    away(tom)
    report(at=AT)
    assert Notice.objects.count() == 0
    assert sweep(AT) == [("Sam", "nobody")]
    assert sweep(AT + DAY) == []


# nobody weighs it


def test_whoever_has_it_hears_first_when_nobody_weighs_it(report, line, on_call, sweep, amara, tom):
    on_call(amara)
    case = report(at=AT, danger="yes").case
    case.acknowledge(by=tom, at=AT + MINUTE)
    assert sweep(AT + 2 * HOUR - MINUTE) == []
    assert sweep(AT + 2 * HOUR) == [("Tom", "case_late"), ("Amara", "case_late")]
    assert sweep(AT + 3 * HOUR) == [("Ruth", "case_late")]
    weigh(case, tom, AT + 3 * HOUR)
    assert sweep(AT + 9 * HOUR) == []
    assert inbox.unread(amara) == 0


def weigh(case, by, at):
    case.triage("high", "ON-BULLY", "Repeated.", "told", "", False, "No need.", "unknown", by=by, at=at)


# its reporter


def test_its_reporter_hears_when_it_is_read_and_when_it_moves(report, line, sam, amara, tom):
    case = report(at=AT).case
    case.acknowledge(by=amara)
    weigh(case, amara, now())
    case.tell_reporter("Thank you. We are on it.", by=amara)
    case.tell_reporter("Thank you. We are on it.", by=amara)
    case.tell_reporter("He is safe.", by=amara)
    end(case, "safe", "All is well.", by=amara)
    heard = [sentence for _name, sentence in said(Notice.objects.filter(recipient=sam))]
    assert heard == ["report_read", *["report_moved"] * 4]
    assert set(Notice.objects.filter(recipient=sam).values_list("root", flat=True)) == {case.root}
    assert list(book.breaks()) == []


def test_nobody_hears_of_their_own_steps(report, line, amara, tom):
    case = report(author=amara, at=AT).case
    case.acknowledge(by=amara)
    assert not Notice.objects.filter(clock="news").exists()


def test_the_mail_says_nothing_of_it(organisation, report, line, sam, amara):
    case = report().case
    case.acknowledge(by=amara)
    send_waiting()
    [message] = [one for one in mail.outbox if one.to == [sam.email]]
    assert "Your report was read." in message.body
    for word in (case.reference, "Zed", "Amara", str(case.pk)):
        assert word not in message.body
