"""What the book costs: CPU of one update in its own transaction, plain and recorded; and of walking the whole book.

A recorded update writes a line of the book and moves the head of a chain; one with a reason encrypts the reason too. To verify a
line is to work out its digest and hold it against the line before and against its table.

One of the benchmarks that `make bench` runs; alone: pytest tests/bench/bench_book.py -s
"""

from time import process_time

import pytest
from django.db import connection, transaction

from harmony.audit import book, triggers
from harmony.audit.events import event
from incidents.models import Case

from .measure import IS_FULL, figure, in_turn

UPDATES = 300
EVENTS = 400 if IS_FULL else 100
LINES = 50  # of an event


@pytest.mark.django_db(transaction=True)
def test_cost(case, amara):
    rows = Case.objects.filter(pk=case.pk)

    def plain(n):
        with transaction.atomic():
            rows.update(severity=n)

    def recorded(n):
        with event("weigh", by=amara, about=case):
            rows.update(severity=n)

    def with_reason(n):
        with event("weigh", by=amara, about=case, why="because of what she said on Monday"):
            rows.update(severity=n)

    def before(work):
        (triggers.drop if work is plain else triggers.install)()

    spent = in_turn([plain, recorded, with_reason], UPDATES, before)
    base = sum(spent[plain])
    for work, what in ((recorded, "an update, recorded"), (with_reason, "an update, recorded with a reason")):
        app, server = spent[work]
        figure(
            what, (app + server) / base, of="the same update, plain", app_ms=round(app, 3), server_ms=round(server, 3)
        )


@pytest.mark.django_db(transaction=True)
def test_verify(case, amara):
    """The whole book is walked and held against its tables: a line, beside reading the same line and nothing else."""
    for _event in range(EVENTS):
        with event("weigh", by=amara, about=case):
            for n in range(LINES):
                Case.objects.filter(pk=case.pk).update(severity=n)
    start = process_time()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_entry ORDER BY root, seq")
        lines = len(cursor.fetchall())
    read, start = process_time() - start, process_time()
    with book.at_one_moment():
        assert list(book.breaks()) == []
    walked = process_time() - start
    figure("a line of the book, verified", walked / read, of="reading it", lines=lines, app_s=round(walked, 2))
