"""How a benchmark measures and says what it found: CPU of this process and of the database, compared inside one run.

    base = cost(plain, 300)
    figure("an update, recorded", cost(recorded, 300) / base, of="the same update, plain")

`BENCH_SIZE` is "small" (what `make bench` runs) or "full" (what `make nightly` runs).
"""

import json
import os
import sys
from pathlib import Path
from statistics import median
from time import process_time

from django.db import connection

ROUNDS = 7
TICK = os.sysconf("SC_CLK_TCK")
IS_FULL = os.environ.get("BENCH_SIZE") == "full"


def server_cpu():
    """PostgreSQL's side of this connection in seconds, where /proc shows it."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(stat[11]) + int(stat[12])) / TICK


def cost(work, times):
    """(app, server): CPU in milliseconds of doing it once, `work(n)` being done so many times."""
    client, server = process_time(), server_cpu()
    for n in range(times):
        work(n)
    return 1000 * (process_time() - client) / times, 1000 * (server_cpu() - server) / times


def in_turn(works, times, before=lambda work: None):
    """{work: (app, server)}: medians of rounds in which each has its turn, so that a noisy minute meets all alike."""
    spent = {work: [] for work in works}
    for _round in range(ROUNDS):
        for work, rounds in spent.items():
            before(work)
            rounds.append(cost(work, times))
    return {work: tuple(map(median, zip(*rounds, strict=True))) for work, rounds in spent.items()}


def figure(what, ratio, *, of, **more):
    """A ratio beside what it is a ratio of: printed, and kept for `python -m tests.bench`."""
    found = {"what": what, "engine": connection.vendor, "ratio": round(ratio, 4), "of": of} | more
    details = ", ".join(f"{name} {value}" for name, value in more.items())
    sys.stdout.write(f"\n{connection.vendor}: {what} = {ratio:.2f} x {of}{f' ({details})' if details else ''}\n")
    if file := os.environ.get("BENCH_FIGURES"):
        with Path(file).open("a") as figures:
            figures.write(json.dumps(found) + "\n")
