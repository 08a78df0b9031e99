"""`python -m tests.faults N [engine …]`: file N reports on each engine while everything breaks, then count what is there."""

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from harmony import doctor

from .disk import NOT_ALLOWED
from .judge import is_well
from .run import run, say
from .stack import ROOT

ENGINES = ("sqlite", "postgresql")
VAR = Path(os.environ.get("HARMONY_VAR", ROOT / "var"))


def lacking(engine):
    """What has to be installed before anything can be tried on this engine; "" for nothing."""
    if engine == "postgresql" and not (shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))):
        return "PostgreSQL's programs are missing: apt install postgresql"
    if engine == "postgresql" and not shutil.which("redis-server"):
        return "Redis is missing: apt install redis-server"
    return ""


def one(engine, number, file):
    """A process for each, so that two cores are both used."""
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit("Stopped, and everything it started."))
    file.write_text(json.dumps(run(engine, number)))


def side_by_side(engines, number):
    """{engine: its result}; None for one that came to no end."""
    files = {engine: VAR / f"faults-{engine}.json" for engine in engines}
    running = {}
    for engine, file in files.items():
        file.unlink(missing_ok=True)
        command = [sys.executable, "-m", "tests.faults", "--one", engine, str(number), str(file)]
        running[engine] = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    try:
        for program in running.values():
            program.wait()
    finally:
        for program in running.values():
            if program.poll() is None:
                program.terminate()
                program.wait()
    return {engine: json.loads(file.read_text()) if file.exists() else None for engine, file in files.items()}


def in_total(results):
    names = [name for name, value in next(iter(results.values()), {}).items() if isinstance(value, int)]
    return {name: sum(result[name] for result in results.values()) for name in names}


def circumstances(number):
    """When, of which commit and how busy a machine: figures say little without."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, check=False, capture_output=True, text=True)
    return {
        "on": datetime.now(UTC).date().isoformat(),
        "commit": commit.stdout.strip(),
        "reports_asked_for": number,
        "cores": os.cpu_count(),
        "load_afterwards": round(os.getloadavg()[0], 1),
    }


def untried(results, engines):
    """[(engine, what could not be tried, why)]."""
    found = [(engine, "every fault", why) for engine in engines if (why := lacking(engine))]
    return found + [(engine, *one) for engine, result in results.items() for one in result["untried"].items()]


def main(number, engines):
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit("Stopped, and everything it started."))
    VAR.mkdir(parents=True, exist_ok=True)
    ended = side_by_side([engine for engine in engines if not lacking(engine)], number)
    results = {engine: result for engine, result in ended.items() if result}
    left = untried(results, engines)
    written = {"ran": circumstances(number)} | results | {"total": in_total(results)}
    (VAR / "faults.json").write_text(json.dumps(written, indent=2) + "\n")
    for name, result in (results | {"total": written["total"]}).items():
        say(f"{name:10}  {json.dumps({key: value for key, value in result.items() if isinstance(value, int)})}")
    for engine, what, why in left:
        say(f"{engine:10}  NOT TRIED on this machine: {what} ({why})")
    wrong = [f"no end on {engine}" for engine, result in ended.items() if not result]
    wrong += [f"something is wrong on {engine}" for engine, result in results.items() if not is_well(result)]
    if doctor.required() and any(why != NOT_ALLOWED for _engine, _what, why in left):
        wrong.append("HARMONY_REQUIRE_ALL=1, and something is not installed")
    if wrong:
        sys.exit(f"Faults: {'; '.join(wrong)}.")
    say("Nothing was lost, and nothing came twice but what was taken and could not be written down.")


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        if sys.argv[1:2] == ["--one"]:
            one(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
        else:
            main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, sys.argv[2:] or ENGINES)
