"""What the sweep costs: all that any room waits for, with nothing late, however many records there are; and with many
cases late at once.

With nothing late the first ratio should stay 1: closed records cost nothing. The goal is one millisecond of app and database
together (`app_ms` and `server_ms`), for 1,000,000 records, which `make nightly` fills. A late case looked at among many should cost a
25th, or less, of one that is looked at alone. Memory for twice as many late cases, or more, should stay within a tenth
of what two pieces of rows take.

One of the benchmarks that `make bench` runs; alone: pytest tests/bench/bench_sweep.py -s
"""

import tracemalloc
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.utils.timezone import now

from harmony.audit import triggers
from harmony.notifications import waits
from harmony.notifications.sweeps import A_PIECE
from harmony.notifications.waits import Wait
from incidents.models import Case
from incidents.models.breaches import Breaches
from incidents.waits import CASES

from .measure import IS_FULL, cost, figure, in_turn

OPEN = 500  # at every size; the rest is closed
RECORDS = 1_000_000 if IS_FULL else 20_000
TWO_PIECES = 2 * A_PIECE  # of rows: one is let go only when the next is there
LATE = 4 * TWO_PIECES if IS_FULL else 2 * TWO_PIECES
SWEEPS = 200  # in a round: the database's CPU is told in hundredths of a second
ALONE = 50  # late cases that are looked at one by one
A_BATCH = 5000  # made at once, and then copied
[TELLING] = [wait for wait in CASES if wait.ladder.clock == "tell"]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_late(amara):
    """Not one wait of any room has anything, so that the first question is the last."""
    at = now()
    make(OPEN, amara, at, due=at + timedelta(days=9))
    waits.climb(at)  # tells what is told each Monday
    few = sum(cost(lambda n: waits.climb(at), SWEEPS))
    make(RECORDS - OPEN, amara, at, due=at - timedelta(days=9), closed=True)

    def sweep(n):
        waits.climb(at)

    def looks_at_all_open(n):
        rows = Case.objects.filter(status="triaged").values_list("tell_due", "told_at")  # by an index, as we do
        assert not any(due < at for due, told in rows if not told)

    spent = in_turn([sweep, looks_at_all_open], SWEEPS)
    (app, server), read = spent[sweep], sum(spent[looks_at_all_open])
    more = {"clocks": len(waits.every()), "records": RECORDS, "app_ms": round(app, 2), "server_ms": round(server, 2)}
    figure("a sweep of every clock, nothing late", (app + server) / few, of=f"the same with {OPEN} records", **more)
    base = f"reading two columns of the {OPEN} open cases and comparing in Python"
    figure("a sweep of every clock, nothing late", (app + server) / read, of=base, **more)


@pytest.mark.django_db(transaction=True)
def test_many_are_late(amara):
    """Nobody is left to tell: what is measured is the looking, not the writing."""
    at = now()
    make(LATE, amara, at, due=at - timedelta(days=9))
    alone = list(Case.objects.values_list("pk", flat=True)[:ALONE])

    def together(n):
        waits.climb(at, [TELLING])

    def one_by_one(n):
        for pk in alone:
            rows = partial(lambda pk, at: TELLING.rows(at).filter(pk=pk), pk)
            waits.climb(at, [Wait(TELLING.ladder, rows, "since", partial(Breaches.over, "tell"))])

    spent = {work: sum(both) for work, both in in_turn([together, one_by_one], 1).items()}
    a_row, one = spent[together] / LATE, spent[one_by_one] / ALONE
    figure(
        "a late case looked at alone", one / a_row, of="one among many", ms=round(one, 3), together_ms=round(a_row, 3)
    )
    few = peak(lambda: waits.climb(at, [Wait(TELLING.ladder, first, "since", TELLING.counted)]))
    figure(f"memory for {LATE} late cases", peak(lambda: together(0)) / few, of=f"the same for {TWO_PIECES}")


def first(at):
    """As many as two pieces hold."""
    return TELLING.rows(at).filter(pk__in=Case.objects.order_by("pk").values("pk")[:TWO_PIECES])


def peak(work):
    tracemalloc.start()
    work()
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def make(number, amara, at, *, due, closed=False):
    """Weighed cases in which nothing but a word to the reporter is owed. The book is not what is measured here."""
    weighed = {
        "acknowledged_at": at,
        "acknowledged_by": amara,
        "triaged_at": at,
        "triaged_by": amara,
        "severity": "medium",
        "kind": "NEG",
        "parents": "told",
        "caused_by": "unknown",
        "refer": False,
        "contacted_at": at,
        "reviews_from": at,
        "review_due": at + timedelta(days=28),
        "tell_due": due,
    }
    ending = {"status": "closed", "closed_at": at, "closed_by": amara, "outcome": "safe"}
    working = {"status": "triaged", "quiet_due": at + timedelta(days=56)}
    triggers.drop()
    once = min(number, A_BATCH)
    Case.objects.bulk_create(Case(**weighed, **(ending if closed else working)) for _each in range(once))
    for begin in range(once, number, A_BATCH):
        _copy(min(A_BATCH, number - begin), begin, closed=closed)
    triggers.install()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copy(number, begin, *, closed):
    """So many more of the same, by the database: a million of them would take Django half an hour.

    Their references are numbers: of a million chosen by chance two would be the same.
    """
    columns = {field.column: field.column for field in Case._meta.concrete_fields}
    columns |= {"id": NEW_KEY[connection.vendor], "reference": f"'#' || (ROW_NUMBER() OVER () + {begin})"}
    which = "closed_at IS NOT NULL AND reference NOT LIKE '#%'" if closed else "closed_at IS NULL"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Case._meta.db_table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} "
            f"FROM (SELECT * FROM {Case._meta.db_table} WHERE {which} LIMIT {number}) AS one"
        )


NEW_KEY = {"sqlite": "LOWER(HEX(RANDOMBLOB(16)))", "postgresql": "GEN_RANDOM_UUID()"}
