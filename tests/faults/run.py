"""One engine from end to end: set up, file and break, mend, wait, count."""

import json
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from .disk import mounted
from .filing import Reporter
from .judge import judge, notices
from .kinds import by, kinds, wait_until_met
from .model import Ahead, Filed
from .stack import ROOT, Stack, wait_until

REPORTERS = 4
A_ROUND = 100  # reports, while everything breaks once
LATE = 20  # one report in so many has waited for hours already
LASTS, RESTS = 3, 0.5  # seconds: a fault, and after it
WAITS = 30  # seconds, before whoever looks after it presses "send again"
SETTLES = 900  # seconds, for the last message after everything is well again


@dataclass
class Run:
    """What broke when, and what the mail server saw: what the judge needs to know."""

    taken: dict
    refused: dict
    cuts: list = field(default_factory=list)  # (since, until), as the mail server counts
    ahead: list = field(default_factory=list)
    tried: dict = field(default_factory=dict)  # {kind of fault: how often}
    untried: dict = field(default_factory=dict)  # {kind of fault: why}
    given_up: list = field(default_factory=list)
    mended_at: datetime | None = None
    counted_at: datetime | None = None


@contextmanager
def place(engine, number):
    with TemporaryDirectory(prefix=f"harmony-faults-{engine}-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        small = folder / "small"
        small.mkdir()
        with mounted(small, number):
            yield folder


def run(engine, number):
    """The result for one engine."""
    with place(engine, number) as folder:
        stack = Stack(engine, folder)
        try:
            stack.manage("migrate", "--verbosity", "0")
            stack.world = world(stack, "begin")
            stack.start("web", "worker", "beat")
            wait_until(stack.is_up)
            return _through_faults(stack, number)
        finally:
            stack.stop()


def _through_faults(stack, number):
    running = Run(stack.sink.taken, stack.sink.refused)
    filing = Filing(stack, number, running)
    filing.begin()
    wait_until(stack.sink.count)
    break_it(stack, running, filing, number)
    filed = filing.end()
    counted = settle(stack, running, filed)
    result = {
        "faults": sum(running.tried.values()),
        "kinds": len(running.tried),
        "requests": filing.tries,
        "gave_up": filing.gave_up,
    }
    result |= judge(filed, counted, running) | {"tried": running.tried, "untried": running.untried}
    return result | {"audit": stack.manage("verify_audit").strip().splitlines()[-1]}


def world(stack, *arguments):
    command = [sys.executable, "-m", "tests.faults.world", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=stack.environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout)


class Filing:
    """Members of staff in browsers; and beside them reports that have waited for hours already, for the ladders."""

    def __init__(self, stack, number, running):
        self.stack, self.late = stack, []
        self.waited = max(number // LATE, 5)
        share, more = divmod(number - self.waited, REPORTERS)
        lasts = sum(not fault.lacks for fault in kinds(stack)) * (LASTS + RESTS + 1)
        self.every = lasts * REPORTERS / number
        base = stack.environment["SITE_URL"]
        shares = [share + (turn < more) for turn in range(REPORTERS)]
        self.reporters = [Reporter(base, stack.world, one, self.every) for one in shares]

    def begin(self):
        for reporter in self.reporters:
            reporter.start()
        command = [sys.executable, "-m", "tests.faults.world", "late", str(self.waited), str(self.every)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.stack.environment, stdout=subprocess.PIPE, text=True
        )
        self.stack.beside.append(self.process)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            told = json.loads(line)
            at = datetime.fromisoformat(told.pop("at"))
            self.late.append(Filed(**told, since=at, until=at))

    @property
    def goes_on(self):
        return self.reader.is_alive() or any(reporter.is_alive() for reporter in self.reporters)

    @property
    def filed(self):
        return self.late + [filed for reporter in self.reporters for filed in reporter.filed]

    @property
    def tries(self):
        return sum(reporter.tries for reporter in self.reporters)

    @property
    def gave_up(self):
        return sum(reporter.gave_up for reporter in self.reporters) + self.waited - len(self.late)

    def end(self):
        self.process.wait()
        for thread in (self.reader, *self.reporters):
            thread.join()
        return self.filed


def break_it(stack, running, filing, number):
    """Each kind in turn, once for every hundred reports while they are filed, and each at least once."""
    every = list(kinds(stack))
    running.untried |= {fault.name: fault.lacks for fault in every if fault.lacks}
    for name, why in running.untried.items():
        say(f"{stack.engine:10}  {name:44}  NOT TRIED: {why}")
    possible, turn = [fault for fault in every if not fault.lacks], 0
    rounds = max(number // A_ROUND, 1)
    while turn < len(possible) or (filing.goes_on and turn < len(possible) * rounds):
        fault = possible[turn % len(possible)]
        is_met = _break(stack, running, fault)
        ended = stack.revive()
        running.tried[fault.name] = running.tried.get(fault.name, 0) + is_met
        told = "" if is_met else "; nobody ran into it"
        told += f"; ended and started again: {', '.join(ended)}" if ended else ""
        say(f"{stack.engine:10}  {fault.name:44}  {len(filing.filed)} reports, {stack.sink.count()} mails{told}")
        turn += 1
        time.sleep(RESTS)
    for name in [name for name, times in running.tried.items() if not times]:
        running.untried[name] = "nobody ran into it"
        del running.tried[name]


def _break(stack, running, fault):
    before, since, at = fault.met() if fault.met else 0, time.time(), _now()
    fault.breaks()
    try:
        return wait_until_met(fault, before, LASTS)
    finally:
        fault.mends()
        if fault.cuts:
            running.cuts.append((since, time.time() + RESTS))
        if fault.ahead:
            running.ahead.append(Ahead(at, _now(), by(fault.ahead)))


def settle(stack, running, filed):
    """Everything is well again, and nothing is started afresh: until no message is under way and everybody was told."""
    since = time.time()
    running.mended_at = _now()
    wait_until(stack.is_up)
    counted, pressed = _count(stack, running), False
    while _unsettled(filed, counted, running, pressed) and time.time() < since + SETTLES:
        if not pressed and time.time() > since + WAITS:
            running.given_up, pressed = counted["given_up"], True
            world(stack, "again")
        time.sleep(3)
        counted = _count(stack, running)
    return counted


def _count(stack, running):
    counted, running.counted_at = world(stack, "count"), _now()
    return counted


def _unsettled(filed, counted, running, pressed):
    return not pressed or counted["under_way"] or notices(filed, counted, running)["notices_lost"]


def _now():
    return datetime.now(UTC)


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
