"""Who is told what: once a rung, only of what they may see, in the chain of the record."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.timezone import now

from harmony.audit import book
from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.notifications import sentences
from harmony.notifications.models import Delivery, Notice
from harmony.notifications.telling import tell
from incidents.kinds import Kind
from incidents.models import Recusal

pytestmark = pytest.mark.django_db


def test_a_notice_and_its_e_mail_are_written_together(told, amara):
    notice = told(amara)
    assert notice.recipient == amara
    assert [one.channel for one in notice.deliveries.all()] == ["mail"]


def test_twice_is_as_good_as_once(told, amara, tom):
    told(amara)
    told(amara, tom)
    told(amara, amara)
    assert Notice.objects.filter(recipient=amara).count() == Notice.objects.filter(recipient=tom).count() == 1
    assert Delivery.objects.count() == 2


def test_another_rung_and_another_clock_are_told_again(told, amara):
    told(amara)
    told(amara, rung=1)
    told(amara, clock="triage")
    assert Notice.objects.count() == 3


def test_the_database_keeps_it_too(told, amara):
    notice = told(amara)
    with pytest.raises(IntegrityError), transaction.atomic(), event("tell", by="the tests", about=notice):
        notice.pk, notice._state.adding = None, True
        Notice.objects.create(
            recipient=amara, kind="case", about=notice.about, root=notice.root, clock="read", sentence="case"
        )


def test_nobody_is_told_of_what_they_may_not_see(told, sam, sol, amara, case):
    assert told(sam, sol) == []
    with event("recuse", by="the chair", about=case):
        Recusal.objects.create(case=case, user=amara)
    assert told(amara) == []
    assert not Notice.objects.exists()


def test_whoever_was_suspended_is_not_told(told, amara, ruth):
    amara.suspend(by=ruth, why="Under investigation")
    assert told(amara) == []


def test_nobody_is_told_without_an_event(case, amara):
    with pytest.raises(DatabaseError), transaction.atomic():
        tell("case", case, [amara], clock="read", sentence="case")


def test_it_stands_in_the_chain_of_the_record_and_reading_it_nowhere(told, amara, case):
    notice = told(amara)
    lines = Entry.objects.filter(table_name="notifications_notice")
    assert [line.root for line in lines] == [case.root.hex]
    Notice.objects.filter(pk=notice.pk).read()
    assert lines.count() == 1
    assert list(book.breaks()) == []


def test_an_author_hears_in_the_chain_of_the_case(told, report, sam):
    sent = report()
    with event("tell", by="the tests", about=sent.case):
        [notice] = tell("report", sent, [sam], clock="heard", sentence="report_read", within=sent.case)
    assert notice.root == sent.case.root
    assert notice.about == sent.pk


def test_it_goes_when_what_causes_it_is_taken_back(told, amara):
    with pytest.raises(RuntimeError), transaction.atomic():
        told(amara)
        raise RuntimeError
    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()


def test_answering_stops_it_and_stands_in_the_book(told, amara, tom, case):
    told(amara, tom)
    with event("acknowledge", by=amara, about=case):
        assert Notice.objects.of(case, "read").stop() == 2
    assert not Notice.objects.waiting().exists()
    assert Entry.objects.filter(table_name="notifications_notice", verb="acknowledge").count() == 2


def test_a_time_is_said_while_it_is_to_come():
    at = now().replace(hour=9, minute=0)
    assert "by" not in sentences.say("case", None, at)
    assert " by " in sentences.say("case", at + timedelta(minutes=1), at)
    assert sentences.say("case", at, at) == "A case needs you now."


TELLING = {"abuse", "harm", "sexual", "child", "image", "police", "allegation", "concern", "danger", "young"}


@pytest.mark.parametrize("code", sentences.SENTENCES)
def test_no_sentence_tells_more_than_that_there_is_something(code):
    sentence = sentences.SENTENCES[code]
    for words in filter(None, map(str, (sentence.words, sentence.until))):
        assert words.replace("%(due)s", "").count("%") == 0
        assert len(words.split()) <= 20
        assert not TELLING & set(words.lower().replace(".", "").split())
        assert not any(str(kind.label).lower() in words.lower() for kind in Kind)
        assert len(code) <= 20
