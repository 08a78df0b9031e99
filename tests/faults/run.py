"""One engine from end to end: set up, file and break, mend, wait, count."""

import json
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from .disk import mounted
from .filing import Reporter
from .judge import explain, judge, notices
from .kinds import by, kinds
from .model import Ahead, Filed
from .stack import ROOT, Stack, wait_until

REPORTERS = 4
A_ROUND = 100  # reports, about, while everything breaks once
LATE = 20  # one report in so many has waited for hours already
EACH, RESTS = 4, 0.5  # seconds: about how long a fault takes with all around it; and after it
TURNS = 3  # times that a fault is tried which nobody runs into
WAITS = 10  # seconds, before whoever looks after it presses "send again"
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
    unmet: dict = field(default_factory=dict)  # {kind of fault: how often nobody ran into it}
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
    filing = Filing(stack, number)
    filing.begin()
    wait_until(stack.sink.count)
    break_it(stack, running, filing, number)
    filed = filing.end()
    counted = settle(stack, running, filed)
    result = {
        "faults": sum(running.tried.values()),
        "kinds": len(running.tried),
        "requests": filing.tries,
        "gave_up": len(filing.gave_up),
    }
    result |= judge(filed, counted, running)
    for line in [*(f"gave up: {why}" for why in filing.gave_up[:10]), *explain(filed, counted, running)]:
        say(f"{stack.engine:10}  {line}")
    result |= {"tried": running.tried, "untried": running.untried, "unmet": unmet(running)}
    return result | {"audit": stack.manage("verify_audit").strip().splitlines()[-1]}


def unmet(running):
    """Kinds that nobody ran into, however often: {name: how often}."""
    return {name: times for name, times in running.unmet.items() if name not in running.tried}


def world(stack, *arguments):
    command = [sys.executable, "-m", "tests.faults.world", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=stack.environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout)


class Filing:
    """Members of staff in browsers; and beside them reports that have waited for hours already, for the ladders."""

    def __init__(self, stack, number):
        self.stack, self.late, self.over = stack, [], threading.Event()
        self.waited = max(number // LATE, 5)
        share, more = divmod(number - self.waited, REPORTERS)
        lasts = sum(not fault.lacks for fault in kinds(stack, self)) * EACH
        self.every = lasts * REPORTERS / min(number, A_ROUND)
        base = stack.environment["SITE_URL"]
        shares = [share + (turn < more) for turn in range(REPORTERS)]
        self.reporters = [Reporter(base, stack.world, one, self.every, self.over) for one in shares]

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
        """Why, each time; and the reports that should have waited for hours and were never filed."""
        found = [why for reporter in self.reporters for why in reporter.gave_up]
        return found + ["late: it is not there"] * (self.waited - len(self.late))

    def troubles(self):
        return sum(reporter.troubles for reporter in self.reporters)

    def end(self):
        self.over.set()
        self.process.wait()
        for thread in (self.reader, *self.reporters):
            thread.join()
        return self.filed


def break_it(stack, running, filing, number):
    """Each kind in turn, for as long as reports are filed; again at once where nobody ran into it."""
    every = list(kinds(stack, filing))
    running.untried |= {fault.name: fault.lacks for fault in every if fault.lacks}
    for name, why in running.untried.items():
        say(f"{stack.engine:10}  {name:44}  NOT TRIED: {why}")
    possible = [fault for fault in every if not fault.lacks]
    for fault in possible:
        for _turn in range(TURNS):
            if _tell(stack, running, filing, fault):
                break
    for fault in cycle(possible):
        if not filing.goes_on or len(filing.filed) >= number:
            return
        _tell(stack, running, filing, fault)


def _tell(stack, running, filing, fault):
    """Whether somebody ran into it; and a line about it."""
    since = time.monotonic()
    is_met = _break(stack, running, fault)
    ended = stack.revive()
    which = running.tried if is_met else running.unmet
    which[fault.name] = which.get(fault.name, 0) + 1
    told = f"{time.monotonic() - since:5.1f} s, {len(filing.filed)} reports, {stack.sink.count()} mails"
    told += "" if is_met else "; nobody ran into it"
    told += f"; ended and started again: {', '.join(ended)}" if ended else ""
    say(f"{stack.engine:10}  {fault.name:44}  {told}")
    time.sleep(RESTS)
    return is_met


def _break(stack, running, fault):
    since, at = time.time(), _now()
    try:
        return fault.is_met()
    finally:
        fault.mends()
        if fault.cuts:
            running.cuts.append((since, time.time() + RESTS))
        if fault.ahead:
            running.ahead.append(Ahead(at, _now(), by(fault.ahead)))


def settle(stack, running, filed):
    """Everything is well again, and only what ended by itself is started afresh: until all messages are out."""
    since = time.time()
    running.mended_at = _now()
    wait_until(stack.is_up)
    counted, pressed = _count(stack, running), False
    while _unsettled(filed, counted, running, pressed) and time.time() < since + SETTLES:
        if not pressed and time.time() > since + WAITS:
            running.given_up, pressed = counted["given_up"], True
            world(stack, "again")
        time.sleep(3)
        stack.revive()
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
