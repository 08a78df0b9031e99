"""What the book costs: CPU of one update in its own transaction, plain and recorded.

Not collected by default: pytest tests/bench/bench_book.py -s
"""

import os
from pathlib import Path
from statistics import median
from time import monotonic, process_time

import pytest
from django.db import connection, transaction

from harmony.audit import book, triggers
from harmony.audit.events import event
from incidents.models import Case

ROUNDS, UPDATES = 7, 300
TICK = os.sysconf("SC_CLK_TCK")


def server_cpu():
    """PostgreSQL's side of this connection, where /proc shows it."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(stat[11]) + int(stat[12])) / TICK


def cost(update):
    client, server = process_time(), server_cpu()
    for n in range(UPDATES):
        update(n)
    return [1000 * spent / UPDATES for spent in (process_time() - client, server_cpu() - server)]


@pytest.mark.django_db(transaction=True)
def test_cost(case, amara):
    rows = Case.objects.filter(pk=case.pk)

    def plain(n):
        with transaction.atomic():
            rows.update(severity=n)

    def recorded(n):
        with event("weigh", by=amara, about=case):
            rows.update(severity=n)

    def recorded_with_reason(n):
        with event("weigh", by=amara, about=case, why="because of what she said on Monday"):
            rows.update(severity=n)

    spent = {plain: [], recorded: [], recorded_with_reason: []}
    for _ in range(ROUNDS):
        for update, rounds in spent.items():
            (triggers.drop if update is plain else triggers.install)()
            rounds.append(cost(update))
    base = sum(map(median, zip(*spent[plain], strict=True)))
    for update, rounds in spent.items():
        client, server = map(median, zip(*rounds, strict=True))
        ratio = (client + server) / base
        print(
            f"\n{connection.vendor} {update.__name__}: app {client:.3f} + server {server:.3f} ms = {ratio:.1f} x plain"
        )


@pytest.mark.django_db(transaction=True)
def test_verify(case, amara):
    """How fast the whole book is walked and held against its tables."""
    for _event in range(400):
        with event("weigh", by=amara, about=case):
            for n in range(50):
                Case.objects.filter(pk=case.pk).update(severity=n)
    start = process_time(), monotonic()
    with book.at_one_moment():
        assert list(book.breaks()) == []
    cpu, wall = process_time() - start[0], monotonic() - start[1]
    print(f"\n{connection.vendor}: 20,000 lines verified in {wall:.1f} s, {cpu:.1f} s of them the app's CPU")
