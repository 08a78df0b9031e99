"""What can break: each kind of fault apart, with how it is mended, and what it takes to try it."""

import fcntl
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from .disk import SmallDisk
from .stack import CLOCK, CLOCKS, wait_until

A_MINUTE, AN_HOUR = 60, 3600
PATIENCE = 15  # seconds, until somebody runs into it


@dataclass
class Fault:
    name: str
    breaks: Callable
    mends: Callable = lambda: None
    cuts: bool = False  # whoever sends a mail may be cut off by it before writing that down
    ahead: int = 0  # seconds that the worker's clock is ahead by meanwhile
    met: Callable | None = None  # how often somebody has run into it; None: nobody can tell
    lacks: str = ""  # why it cannot be tried on this machine


def kinds(stack):
    """Every kind for this engine, those that cannot be tried here among them."""
    yield from _clocks(stack)
    yield from _mail(stack)
    yield from _programs(stack)
    yield from _redis(stack) if stack.redis else _folder(stack)
    yield from _database(stack)
    yield _disk(stack)


def _clocks(stack):
    """First, for what was written by a clock that was ahead waits until that time has come."""
    lacks = "" if CLOCK else "faketime is missing: apt install faketime"
    for name, seconds, which in (
        ("every clock steps a minute ahead, and back", A_MINUTE, CLOCKS),
        ("worker's clock steps an hour ahead, and back", AN_HOUR, ("worker", "beat")),
        ("worker's clock steps an hour back, and on", -AN_HOUR, ("worker", "beat")),
    ):
        step, back = _calls(stack.step, seconds, *which), _calls(stack.step, 0, *which)
        yield Fault(name, step, back, cuts=True, ahead=max(seconds, 0), lacks=lacks)


def _mail(stack):
    sink = stack.sink
    well = _sets(sink, "mode", "well")
    for mode, name in (
        ("later", "mail server says not now (451)"),
        ("deaf", "mail server does not greet"),
        ("hangs", "mail server hangs after the words"),
        ("dies", "mail server takes it and dies"),
    ):
        yield Fault(name, _sets(sink, "mode", mode), well, met=lambda mode=mode: sink.met[mode])
    yield Fault("mail server refuses the connection", sink.shut, sink.open)
    nobody = stack.world["dso_address"]
    refuses = _sets(sink, "nobody", nobody), _sets(sink, "nobody", None)
    yield Fault("mail server refuses one address (550)", *refuses, met=lambda: sink.refused[nobody])
    killed = _calls(kill_in_window, stack)
    yield Fault("worker killed as a mail is taken", killed, well, cuts=True, met=lambda: sink.met["slow"])


def _programs(stack):
    yield Fault("website killed", _calls(stack.again, "web"))
    yield Fault("worker killed", _calls(stack.again, "worker"), cuts=True)
    yield Fault("clock killed", _calls(stack.again, "beat"))
    yield Fault("two clocks", _calls(stack.start, "second beat"), _calls(stack.kill, "second beat"))


def _redis(stack):
    redis = stack.redis
    yield Fault("Redis refuses", _calls(redis.turn, "shut"), _calls(redis.turn, "well"))
    yield Fault("Redis hangs", _calls(redis.turn, "hangs"), _calls(redis.turn, "well"))
    yield Fault("Redis forgets everything", _calls(flush, stack))
    yield Fault("Redis killed", _calls(stack.again, "redis"))


def _folder(stack):
    """The same three of a broker that is a folder."""
    broker = Path(stack.environment["HARMONY_VAR"]) / "broker"
    away, held = broker.with_name("broker-away"), Held(broker)
    yield Fault("broker's folder is gone", _calls(broker.rename, away), lambda: put_back(away, broker))
    yield Fault("broker's folder hangs", held.take, held.let_go)
    yield Fault(
        "broker's folder is emptied", lambda: [one.unlink(missing_ok=True) for one in broker.glob("messages/*")]
    )


def _database(stack):
    if stack.database:
        yield Fault("database restarted", stack.database.restart, cuts=True)
    else:
        writer = Writer(stack.small / "harmony.sqlite3")
        yield Fault("database held by another writer", writer.take, writer.let_go, cuts=True)


def _disk(stack):
    disk = SmallDisk(stack.small)

    def mend():
        disk.empty()
        if stack.database:
            stack.database.revive()

    lacks = (
        ""
        if disk.is_small
        else "this machine lets nobody mount a small disk: run it as root, or in a container that may"
    )
    return Fault("disk full", disk.fill, mend, cuts=True, lacks=lacks)


def kill_in_window(stack):
    """As soon as a mail was taken, and before the answer: it goes out again, and must be the same message."""
    stack.sink.mode, before = "slow", stack.sink.count()

    def one_was_taken():
        return stack.sink.count() > before

    with suppress(TimeoutError):
        wait_until(one_was_taken, PATIENCE, every=0.02)
        stack.again("worker")


def flush(stack):
    client = shutil.which("redis-cli") or "redis-cli"
    port = stack.environment["REDIS_PORT"]
    subprocess.run([client, "-p", port, "FLUSHALL"], stdout=subprocess.DEVNULL, check=True)


def put_back(away, broker):
    """Whoever came meanwhile may have made an empty one."""
    shutil.rmtree(broker, ignore_errors=True)
    away.rename(broker)


class Held:
    """Holds the locks that whoever sends a message waits for."""

    def __init__(self, broker):
        self.broker, self.files = broker, []

    def take(self):
        self.files = [file.open("rb") for file in self.broker.glob("control/*.exchange")]
        for file in self.files:
            fcntl.flock(file, fcntl.LOCK_EX)

    def let_go(self):
        while self.files:
            self.files.pop().close()


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


def wait_until_met(fault, before, at_least):
    """It lasts so long, and on until somebody has run into it. Whether somebody has, as far as one can tell."""
    time.sleep(at_least)
    if fault.met is None:
        return True
    with suppress(TimeoutError):
        wait_until(lambda: fault.met() > before, PATIENCE)
    return fault.met() > before


def by(seconds):
    return timedelta(seconds=seconds)
