"""One question for all that may wait: it finds what each queryset finds when it is asked alone."""

import gc
import re
import weakref
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now

from harmony.home import ladders
from harmony.notifications import probe, sources, waits
from harmony.notifications.ladders import Reminder
from harmony.notifications.models import Notice
from harmony.notifications.sentences import SENTENCES
from harmony.notifications.sweeps import SweepFailed, pieces
from harmony.notifications.waits import Wait
from harmony.people.models import User
from incidents.models import Case

DAY = timedelta(days=1)


@pytest.mark.django_db
def test_it_finds_what_each_wait_finds_alone_whenever_it_is_asked(report, draft, organisation, amara, gwen):
    at, every = now().replace(hour=12), waits.every()
    report(at=at)
    case = report(at=at).case
    Case.objects.get(pk=case.pk).acknowledge(by=amara)
    case.give("Ring her mother", amara, localdate(at) + 7 * DAY, by=amara)
    seen = set()
    for moment in [at - DAY, draft.saved_at + DAY / 48, *(at + days * DAY for days in (0, 1, 7, 8, 60))]:
        found = probe.holds_any([wait.rows for wait in every], moment)
        assert found == [wait.rows(moment).exists() for wait in every], moment
        seen |= {(wait.ladder.clock, is_there) for wait, is_there in zip(every, found, strict=True)}
        ladders.look(moment)
        waits.climb(moment)
    both = {clock for clock, _is_there in seen if {(clock, True), (clock, False)} <= seen}
    assert {"week", "numbers", "acknowledge", "triage", "action", "unsent", "lack_keys"} <= both


@pytest.mark.django_db
def test_no_wait_reads_the_clock_by_itself(organisation):
    """A moment that is not the one it is asked about would be that of the first question for as long as the process lives."""
    _sql, params, _answering = probe._put_together(tuple(wait.rows for wait in waits.every()))
    today = re.compile("|".join(str(localdate() + days * DAY) for days in (-1, 0, 1)))
    assert [one for one in params if not isinstance(one, probe.Moment) and today.search(str(one))] == []


@pytest.mark.django_db
def test_a_moment_is_worked_out_and_sent_once_however_many_querysets_ask_for_it(organisation):
    at = now()
    _sql, params, _answering = probe._put_together(tuple(wait.rows for wait in waits.every()))
    stand_ins = [one for one in params if isinstance(one, probe.Moment)]
    different = probe._moments(stand_ins)
    assert len(stand_ins) > 2 * len(different)
    assert all(one.value(at) == different[one.kind].value(at) for one in stand_ins)


def test_what_a_notice_is_told_fits_in_its_columns():
    """SQLite takes what is too long, and PostgreSQL does not."""
    fields = {name: Notice._meta.get_field(name).max_length for name in ("kind", "clock", "sentence")}
    codes = {
        "kind": [source.code for source in sources.every()],
        "clock": [wait.ladder.clock for wait in waits.every()],
        "sentence": list(SENTENCES),
    }
    assert [(name, code) for name, some in codes.items() for code in some if len(code) > fields[name]] == []


@pytest.mark.django_db
def test_where_nothing_waits_one_query_is_all(organisation):
    waits.climb()
    with CaptureQueriesContext(connection) as asked:
        waits.climb()
    assert len(asked) == 1


@pytest.mark.django_db(transaction=True)
def test_a_connection_of_postgresql_is_told_each_question_once(amara):
    """SQLite's module keeps what it has read by itself."""
    connection.close()
    at = now()
    with CaptureQueriesContext(connection) as asked:
        for hours in range(3):
            waits.climb(at + timedelta(hours=hours))
        assert probe.holds_any([lambda at: User.objects.all()], at) == [True]  # and is told no moment
    told = [query["sql"].split()[0] for query in asked if "harmony_probe_" in query["sql"]]
    expected = ["PREPARE", *["EXECUTE"] * 3, "PREPARE", "EXECUTE"]
    assert told == (expected if connection.vendor == "postgresql" else [])


@pytest.mark.django_db(transaction=True)
def test_a_question_that_the_database_refuses_stops_no_other(amara):
    nudge = Reminder("test", "nudge", "test", lambda user: [now() - DAY], lambda user, here: [user])
    bad = Reminder("test", "bad", "test", nudge.times, nudge.people)
    everybody = Wait(nudge, lambda at: User.objects.all(), "name")
    refused = Wait(bad, lambda at: User.objects.extra(where=["no_such_column = 1"]), "name")
    with pytest.raises(SweepFailed, match="climb: 1"):
        waits.climb(waits=[refused, everybody])
    assert amara.notices.get().clock == "nudge"


@pytest.mark.django_db
def test_a_piece_is_let_go_when_the_next_is_asked_for(report):
    """Rows with what was prefetched for them hold one another; nobody waits for the collector to find that out."""
    for _each in range(4):
        report()
    gc.collect()
    gc.disable()
    try:
        alive = []
        for piece in pieces(Case.objects.select_related("owner").prefetch_related("recusals"), "filed_at", size=2):
            assert [ref for ref in alive if ref()] == []
            alive = [weakref.ref(case) for case in piece]
            del piece
        assert len(alive) == 2
    finally:
        gc.enable()
