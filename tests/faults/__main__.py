"""`python -m tests.faults N [engine …]`: file N reports on each engine while everything breaks, then count what is there."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from .filing import Reporter
from .stack import ROOT, Stack, wait_until

ENGINES = ("sqlite", "postgresql")
SMALL = "200m"
REPORTERS = 4
LASTS = 4  # seconds, each fault
SETTLES = 600  # seconds, for the last message after everything is well again
VAR = Path(os.environ.get("HARMONY_VAR", ROOT / "var"))


def faults(stack):
    """(what breaks, break it, mend it): each is tried in turn, over and over while reports are filed."""
    sink = stack.sink

    def mode(of, name):
        return lambda: setattr(of, "mode", name)

    def again(name):
        return lambda: stack.again(name)

    yield "website killed", again("web"), None
    yield "worker killed", again("worker"), None
    yield "clock killed", again("beat"), None
    yield "two clocks", lambda: stack.start("second beat"), lambda: stack.kill("second beat")
    yield "mail server refuses", mode(sink, "refuses"), mode(sink, "well")
    yield "mail server does not greet", mode(sink, "deaf"), mode(sink, "well")
    yield "mail server hangs after the words", mode(sink, "hangs"), mode(sink, "well")
    yield "mail server takes it and dies", mode(sink, "dies"), mode(sink, "well")
    yield "worker killed as a mail is taken", lambda: kill_in_window(stack), mode(sink, "well")
    if shutil.which("faketime"):
        ahead = "worker an hour ahead"
        yield "a worker's clock is an hour ahead", lambda: stack.start(ahead), lambda: stack.kill(ahead)
    if stack.redis:
        redis = stack.redis
        yield "Redis refuses", lambda: redis.turn("shut"), lambda: redis.turn("well")
        yield "Redis hangs", lambda: redis.turn("hangs"), lambda: redis.turn("well")
        yield "Redis forgets everything", lambda: flush(stack), None
        yield "Redis killed", again("redis"), None
        yield "database restarted", stack.database.restart, None
    if full := small_disk(stack):
        yield "disk full", full.fill, full.empty


def kill_in_window(stack):
    """As soon as a mail was taken, and before the answer: it goes out again, and must be the same message."""
    stack.sink.mode, before = "slow", stack.sink.taken.total()

    def one_was_taken():
        return stack.sink.taken.total() > before

    try:
        wait_until(one_was_taken, LASTS * 2, every=0.02)
    except TimeoutError:
        return
    stack.again("worker")
    stack.kills_in_window += 1


def flush(stack):
    subprocess.run(
        [shutil.which("redis-cli") or "redis-cli", "-p", stack.environment["REDIS_PORT"], "FLUSHALL"],
        stdout=subprocess.DEVNULL,
        check=True,
    )


class SmallDisk:
    """The folder of SQLite's database, where it is a small mount: filled to the last byte."""

    def __init__(self, folder):
        self.ballast = folder / "ballast"

    def fill(self):
        with self.ballast.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * 65536)
            except OSError:
                return

    def empty(self):
        self.ballast.unlink(missing_ok=True)


def small_disk(stack):
    return SmallDisk(stack.folder) if os.path.ismount(stack.folder) else None


@contextmanager
def place(engine):
    """A folder for one engine. For SQLite a small disk, where this machine lets us mount one."""
    with tempfile.TemporaryDirectory(prefix="harmony-faults-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", name]
        mounted = engine == "sqlite" and not subprocess.run(mount, check=False, stderr=subprocess.DEVNULL).returncode
        try:
            yield folder
        finally:
            if mounted:
                subprocess.run(["umount", "--lazy", name], check=True)


def world(stack, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.world", *arguments],
        cwd=ROOT,
        env=stack.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout)


def run(engine, number, folder):
    """One engine: set up, file and break, mend, wait, count."""
    stack = Stack(engine, folder)
    stack.kills_in_window = 0
    try:
        stack.manage("migrate", "--verbosity", "0")
        sessions = world(stack, "begin", str(REPORTERS))
        stack.start("web", "worker", "beat")
        wait_until(stack.is_up)
        broken = file_and_break(stack, sessions, number)
        counted = settle(stack)
        audit = stack.manage("verify_audit")
        return judge(stack, broken, counted) | {"audit": audit.strip().splitlines()[-1]}
    finally:
        stack.stop()


def file_and_break(stack, sessions, number):
    tried = list(faults(stack))
    pause = len(tried) * (LASTS + 2) * REPORTERS / number
    base = stack.environment["SITE_URL"]
    reporters = [Reporter(base, session, number // REPORTERS, pause) for session in sessions]
    for reporter in reporters:
        reporter.start()
    turn, broken = 0, 0
    while turn < len(tried) or any(reporter.is_alive() for reporter in reporters):
        what, breaks, mends = tried[turn % len(tried)]
        breaks()
        time.sleep(LASTS)
        if mends:
            mends()
        turn, broken = turn + 1, broken + 1
        acknowledged = sum(len(reporter.acknowledged) for reporter in reporters)
        say(f"{stack.engine:10}  {what:36}  {acknowledged} reports acknowledged, {stack.sink.taken.total()} mails")
        time.sleep(1)
    return {"reporters": reporters, "faults": broken}


def settle(stack):
    """Everything is well again: until no message is under way."""
    for name in ("web", "worker", "beat"):
        stack.again(name)
    deadline = time.monotonic() + SETTLES
    counted = world(stack, "count")
    while counted["under_way"] and time.monotonic() < deadline:
        time.sleep(3)
        counted = world(stack, "count")
    return counted


def judge(stack, broken, counted):
    acknowledged = {key: told for one in broken["reporters"] for key, told in one.acknowledged.items()}
    stored = counted["reports"]
    told = [tuple(one) for one in counted["told"]]
    due = len(stored)  # whoever is on call, once for each
    heard = {about for about, name, _clock, rung in told if name == "Amara Okafor" and rung == 0}
    sent = {f"<{notice}@127.0.0.1>" for notice in counted["wanted"]}
    taken = stack.sink.taken
    return {
        "faults": broken["faults"],
        "requests": sum(one.tries for one in broken["reporters"]),
        "gave_up": sum(one.gave_up for one in broken["reporters"]),
        "reports_acknowledged": len(acknowledged),
        "reports_stored": len(stored),
        "reports_lost": sum(stored.get(key) != reference for key, reference in acknowledged.items()),
        "cases_without_a_report": counted["cases"] - len(stored),
        "notices_due": due,
        "notices_lost": due - len(heard),
        "notices_duplicated": len(told) - len(set(told)),
        "mails_lost": counted["dead"] + counted["under_way"] + len(sent - set(taken)),
        "mails_duplicated": sum(times - 1 for times in taken.values()),
        "mails_unanswered": stack.sink.unanswered,
        "kills_in_window": stack.kills_in_window,
    }


MUST_BE_NONE = ("gave_up", "reports_lost", "cases_without_a_report", "notices_lost", "notices_duplicated", "mails_lost")


def is_well(result):
    """A mail may go out twice only where it was taken and nobody said so: by the server, or by us."""
    twice = result["mails_duplicated"] <= result["mails_unanswered"] + result["kills_in_window"]
    return twice and not any(result[name] for name in MUST_BE_NONE)


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(number, engines):
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit("Stopped, and everything it started."))
    results = {}
    for engine in engines:
        with place(engine) as folder:
            results[engine] = run(engine, number, folder)
        say(f"{engine:10}  {json.dumps(results[engine])}")
    names = [name for name, value in next(iter(results.values())).items() if isinstance(value, int)]
    results["total"] = {name: sum(result[name] for result in results.values()) for name in names}
    VAR.mkdir(exist_ok=True)
    (VAR / "faults.json").write_text(json.dumps(results, indent=2) + "\n")
    say(f"total       {json.dumps(results['total'])}")
    sys.exit(0 if is_well(results["total"]) else 1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, sys.argv[2:] or ENGINES)
