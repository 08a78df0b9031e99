"""What can break: each kind of fault apart, with how it is mended, and what it takes to try it."""

import fcntl
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from .disk import NOT_ALLOWED, SmallDisk
from .stack import CLOCK, CLOCKS, wait_until

A_MINUTE, AN_HOUR = 60, 3600
PATIENCE = 20  # seconds, until somebody runs into it
LASTS = 2  # seconds, at least


@dataclass
class Fault:
    """`breaks` may answer how often somebody ran into it already; else it lasts until `met` has grown."""

    name: str
    breaks: Callable
    mends: Callable = lambda: None
    met: Callable = lambda: 0  # how often somebody has run into it so far
    cuts: bool = False  # whoever sends a mail may be cut off by it before writing that down
    ahead: int = 0  # seconds that the worker's clock is ahead by meanwhile
    settles: float = 0  # seconds, until all have noticed it
    lacks: str = ""  # why it cannot be tried on this machine

    def is_met(self):
        """Breaks it, and waits until somebody has run into it. Whether somebody has."""
        before = self.met()
        if self.breaks():
            return True
        if self.settles:
            time.sleep(self.settles)
            before = self.met()
        since = time.monotonic()
        with suppress(TimeoutError):
            wait_until(lambda: self.met() > before and time.monotonic() > since + LASTS, PATIENCE)
        return self.met() > before


def kinds(stack, filing):
    """Every kind for this engine, those that cannot be tried here among them."""
    yield from _clocks(stack)
    yield from _mail(stack)
    yield from _programs(stack, filing)
    yield from _redis(stack) if stack.redis else _folder(stack)
    yield _database(stack, filing)
    yield _disk(stack, filing)


def _clocks(stack):
    """First, for what was written by a clock that was ahead waits until that time has come."""
    lacks = "" if CLOCK else "faketime is missing: apt install faketime"
    for name, seconds, which in (
        ("every clock steps a minute ahead, and back", A_MINUTE, CLOCKS),
        ("worker's clock steps an hour ahead, and back", AN_HOUR, ("worker", "beat")),
        ("worker's clock steps an hour back, and on", -AN_HOUR, ("worker", "beat")),
    ):
        step, back = _calls(stack.step, seconds, *which), _calls(stack.step, 0, *which)
        more = {"cuts": True, "ahead": max(seconds, 0), "lacks": lacks, "settles": 1.5}
        yield Fault(name, step, back, stack.sink.count, **more)


def _mail(stack):
    sink = stack.sink
    well = _sets(sink, "mode", "well")
    for mode, name in (
        ("later", "mail server says not now (451)"),
        ("deaf", "mail server does not greet"),
        ("mute", "mail server hangs after the greeting"),
        ("hangs", "mail server hangs after the words"),
        ("dribbles", "mail server answers a byte a second"),
        ("dies", "mail server takes it and dies"),
    ):
        yield Fault(name, _sets(sink, "mode", mode), well, lambda mode=mode: sink.met[mode])
    refusals = _calls(count_in, stack, "ConnectionRefusedError", "worker")
    yield Fault("mail server refuses the connection", sink.shut, sink.open, refusals)
    nobody = stack.world["dso_address"]
    refuses = _sets(sink, "nobody", nobody), _sets(sink, "nobody", None)
    yield Fault("mail server refuses one address (550)", *refuses, lambda: sink.refused[nobody])
    yield Fault("worker killed as a mail is taken", _calls(kill_in_window, stack), well, cuts=True)


def _programs(stack, filing):
    """A kill is met when people had no answer, or when whoever was started again goes on with the work."""
    yield Fault("website killed", _calls(stack.again, "web"), met=filing.troubles)
    yield Fault("worker killed", _calls(stack.again, "worker"), met=stack.sink.count, settles=1, cuts=True)
    yield Fault("clock killed", _calls(stack.again, "beat"), met=stack.sink.count, settles=1)
    second, end = _calls(stack.start, "second beat"), _calls(stack.kill, "second beat")
    yield Fault("two clocks", second, end, _calls(count_in, stack, "Sending due task", "second beat"))


def _redis(stack):
    redis = stack.redis
    well = _calls(redis.turn, "well")
    yield Fault("Redis refuses", _calls(redis.turn, "shut"), well, lambda: redis.met["shut"])
    yield Fault("Redis hangs", _calls(redis.turn, "hangs"), well, lambda: redis.met["hangs"])
    yield Fault("Redis forgets everything", _calls(when_it_holds_something, stack, Redis.flushall))
    yield Fault("Redis killed", _calls(when_it_holds_something, stack, lambda _redis: stack.again("redis")))


def _folder(stack):
    """The same three of a broker that is a folder."""
    broker = Path(stack.environment["HARMONY_VAR"]) / "broker"
    away, held = broker.with_name("broker-away"), Held(broker)
    errors = _calls(count_in, stack, "Error", "beat", "worker")
    yield Fault("broker's folder is gone", _calls(move, broker, away), _calls(put_back, away, broker), errors)
    hangs = _calls(held.take_before, stack.again, "beat")
    yield Fault("broker's folder hangs", hangs, held.let_go, held.waiting)
    yield Fault("broker's folder is emptied", _calls(empty, broker))


def _database(stack, filing):
    if stack.database:
        return Fault("database restarted", stack.database.stop, stack.database.start, filing.troubles)
    writer = Writer(stack.small / "harmony.sqlite3")
    return Fault("database held by another writer", writer.take, writer.let_go, filing.troubles)


def _disk(stack, filing):
    disk = SmallDisk(stack.small)

    def fill():
        if not stack.database:
            shorten_the_log(stack.small / "harmony.sqlite3")
        disk.fill()

    def mend():
        disk.empty()
        if stack.database:
            stack.database.revive()

    return Fault("disk full", fill, mend, filing.troubles, lacks="" if disk.is_small else NOT_ALLOWED)


def shorten_the_log(database):
    """SQLite writes over its old log: on a disk that is full it can go on for as long as that has room."""
    with closing(sqlite3.connect(database, timeout=PATIENCE, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def count_in(stack, words, *programs):
    """How often these programs have said that."""
    return sum(stack.log(name).count(words.encode()) for name in programs)


def kill_in_window(stack):
    """As soon as a mail was taken, and before the answer: it goes out again, and must be the same message."""
    stack.sink.mode, before = "slow", stack.sink.count()
    with suppress(TimeoutError):
        wait_until(lambda: stack.sink.count() > before, PATIENCE, every=0.02)
        stack.again("worker")
    return stack.sink.count() > before


def when_it_holds_something(stack, breaks):
    """Does it to Redis while a task waits in it, or is being done. How many."""
    found = 0
    with Redis(port=int(stack.environment["REDIS_PORT"])) as redis:
        deadline = time.monotonic() + PATIENCE
        while not found and time.monotonic() < deadline:
            with suppress(RedisError):
                found = redis.llen("celery") + redis.hlen("unacked")
            time.sleep(0.005)
        if found:
            breaks(redis)
    return found


def empty(broker):
    """As soon as a message waits there. How many were thrown away."""
    deadline, found = time.monotonic() + PATIENCE, 0
    while not found and time.monotonic() < deadline:
        for one in broker.glob("messages/*"):
            with suppress(FileNotFoundError):
                one.unlink()
                found += 1
        time.sleep(0.005)
    return found


def move(broker, away):
    broker.rename(away)


def put_back(away, broker):
    """Whoever came meanwhile may have made an empty one."""
    shutil.rmtree(broker, ignore_errors=True)
    away.rename(broker)


class Held:
    """Holds the locks that whoever asks which queues there are waits for: each program does, once, as it starts."""

    def __init__(self, broker):
        self.broker, self.files = broker, []

    def take_before(self, starts, name):
        self.files = [file.open("rb") for file in self.broker.glob("control/*.exchange")]
        for file in self.files:
            fcntl.flock(file, fcntl.LOCK_EX)
        starts(name)

    def let_go(self):
        while self.files:
            self.files.pop().close()

    def waiting(self):
        """How many stand before these locks, as the system says."""
        held = {f":{os.fstat(file.fileno()).st_ino} " for file in self.files}
        lines = Path("/proc/locks").read_text().splitlines()
        return sum("->" in line and any(one in line for one in held) for line in lines)


class Writer:
    """A backup, say, that keeps SQLite's one place for a writer."""

    def __init__(self, path):
        self.path, self.connection = path, None

    def take(self):
        self.connection = sqlite3.connect(self.path, timeout=20, isolation_level=None)
        self.connection.execute("BEGIN IMMEDIATE")

    def let_go(self):
        self.connection.rollback()
        self.connection.close()


def _calls(function, *arguments):
    return lambda: function(*arguments)


def _sets(of, name, value):
    return lambda: setattr(of, name, value)


def by(seconds):
    return timedelta(seconds=seconds)
