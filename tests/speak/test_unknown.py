"""Whoever tells us something stays unknown: no address, browser, page they came from or minute of theirs is anywhere."""

import os
import re
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.utils.timezone import now

from harmony.audit.models import Entry
from harmony.notifications import waits
from harmony.notifications.dispatch import send_waiting
from harmony.notifications.models import Delivery, Notice
from incidents.models import Addendum, Case, Report, Thread
from incidents.models.timing import HOUR
from incidents.speak import pace
from incidents.speak.pace import FREE, LONGEST, Pace
from incidents.waits import FROM_OUTSIDE

from ..proof import canaries
from .conftest import Outside, carried, code_on, is_whole_hour

ADDRESS, AGENT, FROM, LANGUAGE = "203.0.113.77", "Canary-Browser/9", "https://canary.example/page", "cy-GB"
WHO = {
    "REMOTE_ADDR": ADDRESS,
    "HTTP_X_FORWARDED_FOR": ADDRESS,
    "HTTP_USER_AGENT": AGENT,
    "HTTP_REFERER": FROM,
    "HTTP_ACCEPT_LANGUAGE": LANGUAGE,
}


def everything():
    """Every row of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            with suppress(Exception):
                cursor.execute(f'SELECT * FROM "{table}"')
                found += [(table, " | ".join(map(str, row))) for row in cursor.fetchall()]
    return found


def _cached():
    return [(where, held.decode(errors="replace")) for where, held in canaries.cache()]


@pytest.fixture
def asked_for_help(outside, amara, ruth, caplog):
    """All that somebody outside may do, one after the other."""
    them = Outside(outside.client, **WHO)
    them.client.cookies["canary"] = "kept"
    words, thread = them.told(words={"happened": "words", "safe": "no"}, door="harm")
    thread.case.tell_reporter("Thank you.", by=amara)
    token = carried(them.open(words))["thread"]
    answers = [
        them.post("/safe/answer/", thread=token, words="more words", write=""),
        them.post("/safe/answer/", thread=token, not_happy="nothing happens", ask=""),
        them.post("/safe/answer/", code="these are not the words"),
        them.get("/safe/tell/nobody/"),
        them.open(words),
    ]
    send_waiting()
    return thread, answers


def test_nothing_says_who_or_from_where_and_nothing_is_refused(asked_for_help, caplog):
    _thread, answers = asked_for_help
    assert [answer.status_code for answer in answers] == [200, 200, 200, 404, 200]
    assert not any(answer.cookies for answer in answers)
    stores = everything()
    assert len(stores) > 50
    stores += [("log", caplog.text), ("mail", "".join(str(one.message()) for one in mail.outbox))]
    stores += _cached()
    assert mail.outbox
    for canary in (ADDRESS, AGENT, FROM, LANGUAGE, "canary.example", "203.0.113"):
        assert [place for place, text in stores if canary in text] == []
    assert "/safe/" not in caplog.text


def test_the_cache_is_really_looked_into(db):
    cache.set("canary", {"words": f"{AGENT} from {ADDRESS} " * 40})
    assert [where for where, text in _cached() if AGENT in text and ADDRESS in text]


def test_no_time_of_theirs_is_more_than_an_hour(asked_for_help):
    thread, _answers = asked_for_help
    report, case = Report.objects.get(), Case.objects.get()
    thread.refresh_from_db()
    added, look = Addendum.objects.get(), report.looks.get()
    times = [report.started_at, report.saved_at, report.filed_at, case.filed_at, case.added_at, added.added_at]
    times += [look.asked_at, thread.message_since, *Notice.objects.values_list("created_at", flat=True)]
    times += [at for row in Delivery.objects.values_list("next_try_at", "sent_at") for at in row if at]
    assert len(times) > 10
    assert [at for at in times if not is_whole_hour(at)] == []
    of_theirs = Entry.objects.exclude(actor_name="Amara Okafor").exclude(verb__in=["join", "begin the tests"])
    of_theirs = of_theirs.filter(actor_name__contains="six words")
    assert {"file", "begin", "write", "ask_above", "read", "come_back"} <= set(of_theirs.values_list("verb", flat=True))
    for line in of_theirs:
        assert re.search(r"T\d\d:00:00\.000000Z$", line.happened_at)
        assert re.search(r"T\d\d:00:00\.000000Z$", line.recorded_at)
    # whatever the minute, an hour at least is left of what cannot wait
    assert case.pressing
    for due in filter(None, (case.acknowledge_due, case.triage_due, thread.message_due)):
        assert due >= case.filed_at + 2 * HOUR or not case.acknowledge_due


def test_an_unread_message_climbs_and_an_unread_answer_is_remembered(outside, amara, tom):
    words, thread = outside.told(words={"happened": "words"})
    case = thread.case
    case.acknowledge(by=amara)
    thread.write("are you there", by="whoever holds the six words", at=now() - timedelta(days=1))
    waits.climb(at=now(), waits=FROM_OUTSIDE)
    assert {one.recipient for one in Notice.objects.filter(clock="message")} == {amara, tom}
    case.tell_reporter("We are.", by=amara, at=now() - timedelta(days=4))
    thread.refresh_from_db()
    assert not thread.message_due
    waits.climb(at=now(), waits=FROM_OUTSIDE)
    assert {one.recipient for one in Notice.objects.filter(clock="reply_unread")} == {amara}
    outside.open(words)
    assert not Notice.objects.filter(clock="reply_unread", stopped_at=None).exists()


def test_a_flood_waits_and_nothing_is_refused(outside, amara):
    waited, clock = [], [0.0]
    one = Pace(sleep=waited.append, clock=lambda: clock[0])
    took = [one.wait() for _number in range(1000)]
    assert took[:FREE] == [0] * FREE
    assert max(took) == LONGEST
    clock[0] = 61
    assert one.wait() == 0
    them = Outside(outside.client, **WHO)
    page = them.tell(words={"happened": "buy now"}, answer={"website": "https://spam.example"})
    assert "Empty this box" in page.content.decode()
    assert Thread.objects.count() == 0
    assert code_on(them.post("/safe/tell/young/", page="2", **(them.last | {"website": ""})))


FLOOD = 1000 if os.environ.get("HARMONY_EVERY_TEST") else 100  # posts; three are one telling


def test_in_a_flood_from_one_address_everybody_is_heard_and_nobody_named(outside, amara, monkeypatch, caplog):
    """Later, never refused; a thousand each night, a tenth of them with every change."""
    waited = []
    monkeypatch.setattr(pace, "sent", Pace(sleep=waited.append, clock=lambda: 0.0))
    flood, honest, heard = Outside(outside.client, **WHO), Outside(outside.client, REMOTE_ADDR="198.51.100.4"), None
    times = FLOOD // 3
    for number in range(times):
        assert len(code_on(flood.tell(words={"happened": f"buy {number}"}))) == 6
        if number == times // 2:
            words, heard = honest.told(words={"happened": "somebody hurts me"})
    assert Thread.objects.count() == Case.objects.count() == times + 1
    assert heard.report.childs_words == "somebody hurts me" and honest.open(words).status_code == 200
    assert len(waited) == times + 1 - FREE and max(waited) <= LONGEST
    kept = [*everything(), *_cached(), ("log", caplog.text)]
    for canary in (ADDRESS, AGENT, FROM, LANGUAGE):
        assert [place for place, text in kept if canary in text] == []
