"""Drafts, sending, and adding later."""

from datetime import date, time
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from harmony.audit import book
from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.audit.transitions import Refused, StateMoved
from incidents.models import Case, Report

pytestmark = pytest.mark.django_db


def lines(record):
    return Entry.objects.filter(root=record.root.hex)


def test_a_draft_saved_every_five_seconds_costs_no_line(draft, sam):
    before = Entry.objects.count()
    for n in range(20):
        draft.answer(facts=f"I saw {n}", by=sam)
    assert Entry.objects.count() == before
    assert Report.objects.get(pk=draft.pk).facts == "I saw 19"


def test_two_tabs_of_one_draft_keep_both_answers(draft, sam):
    other_tab = Report.objects.get(pk=draft.pk)
    draft.answer(facts="A bruise", by=sam)
    other_tab.answer(place="The hall", by=sam)
    saved = Report.objects.get(pk=draft.pk)
    assert (saved.facts, saved.place) == ("A bruise", "The hall")


def test_a_blank_form_begun_twice_is_one_draft(sam, leah):
    key = uuid4()
    first = Report.begin(sam, key, danger="no")
    assert Report.begin(sam, key, danger="yes") == first
    assert Report.objects.get().danger == "yes"
    assert Report.begin(leah, key, danger="no") != first  # somebody else's key is nobody's business


def test_filing_writes_the_report_whole_and_fixes_its_words(draft, sam):
    draft.file(by=sam)
    [line] = lines(draft)
    assert line.verb == "file"
    assert '"author_id"' in line.changes
    assert "saw" not in line.changes
    for change in (
        lambda: (setattr(draft, "facts", "I saw nothing"), draft.save()),
        lambda: Report.objects.update(status="draft"),
        lambda: Report.objects.update(happened_on=date(2026, 1, 1)),
        lambda: Report.objects.update(happened_time=time(10)),
    ):
        with pytest.raises(DatabaseError, match="stay as they were sent"), event("try", by=sam), transaction.atomic():
            change()
    with pytest.raises(DatabaseError, match="not deleted"), event("try", by=sam), transaction.atomic():
        Report.objects.all()._raw_delete("default")
    assert Report.objects.get(pk=draft.pk).facts == "I saw"
    assert list(book.breaks()) == []


def test_sending_twice_makes_one_case(draft, sam):
    stale = Report.objects.get(pk=draft.pk)
    draft.file(by=sam)
    with pytest.raises(StateMoved, match="You sent this at"):
        stale.file(by=sam)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(("question", "unanswered"), [("danger", ""), ("about_us", None), ("who", ""), ("facts", "")])
def test_a_report_that_nobody_could_act_on_is_not_sent(draft, sam, question, unanswered):
    draft.answer(**{question: unanswered}, by=sam)
    with pytest.raises(Refused, match="left to answer"):
        draft.file(by=sam)
    assert draft.missing() == [question]
    assert not Case.objects.exists()


def test_the_database_refuses_an_empty_report_too(draft, case, sam):
    draft.answer(facts="", by=sam)
    with pytest.raises(IntegrityError, match="Say who it is about"), event("try", by=sam), transaction.atomic():
        Report.objects.filter(pk=draft.pk).update(status="filed", filed_at=case.filed_at, case=case)


@pytest.mark.parametrize(
    ("answers", "match"),
    [
        ({"about_us": None}, "filed_means_with_a_case"),
        ({"about_us": True, "named": ""}, "Say who it is about"),
    ],
)
def test_the_database_refuses_one_of_which_nobody_knows_whom_it_is_about(draft, case, sam, answers, match):
    draft.answer(**answers, by=sam)
    assert not draft.is_routed
    with pytest.raises(IntegrityError, match=match), event("try", by=sam), transaction.atomic():
        Report.objects.filter(pk=draft.pk).update(status="filed", filed_at=case.filed_at, case=case)


def test_only_its_author_answers_sends_adds_or_throws_away(draft, leah):
    for attempt in (
        lambda: draft.answer(facts="Mine", by=leah),
        lambda: draft.file(by=leah),
        lambda: draft.add("Mine", by=leah),
        lambda: draft.discard(by=leah),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_not_sure_counts_as_danger(report):
    assert report(danger="unsure").case.pressing is True
    assert report(danger="no").case.pressing is False


def test_a_discarded_draft_leaves_one_line_and_no_words(draft, sam):
    draft.discard(by=sam)
    assert not Report.objects.exists()
    [line] = lines(draft)
    assert (line.verb, line.table_name) == ("discard", "encryption_rootkey")


def test_a_sent_report_is_not_thrown_away(report, sam):
    with pytest.raises(StateMoved, match="so it stays"):
        report().discard(by=sam)
    assert Report.objects.count() == 1


def test_what_is_added_later_stays_and_waits_to_be_read(report, sam, amara):
    filed = report()
    filed.add("He came back and said more.", by=sam)
    case = Case.objects.get()
    assert case.added_at
    with pytest.raises(DatabaseError, match="stays as it was written"), event("try", by=sam), transaction.atomic():
        filed.addenda.update(added_at=case.filed_at)
    case.read_additions(by=amara)
    assert Case.objects.get().added_at is None


def test_who_a_draft_names_stands_nowhere_in_clear(sam, amara):
    from django.db import connection

    Report(author=sam, form_key=uuid4(), about_us=True, named=str(amara.pk)).save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT named FROM incidents_report")
        [[stored]] = cursor.fetchall()
    assert stored
    assert amara.pk.hex not in stored.replace("-", "")
    assert Report.objects.get().about == [amara]
