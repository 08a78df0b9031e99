"""`python -m tests`: the whole suite on each database this machine has, and what could not be run.

SQLite, and beside it PostgreSQL with Redis: each in a process and a folder of its own, so that two cores are
both used; what is marked `once` on one of them. Then the browser, twice at a time: once, on PostgreSQL where there is one,
with a smoke on SQLite; beside it a hundred reports are filed on each engine while everything fails (`make faults`), most of
which is waiting. TEST_DATABASE_URL and TEST_REDIS_URL name other servers than the local ones (harmony/doctor.py).
"""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile

from harmony import doctor

VAR = Path(__file__).resolve().parent.parent / "var"
TWO = ["--numprocesses=2", "--dist=worksteal"]
FAULTS = ["tests.faults", "100"]


def suites(lacking):
    """(title, environment, [module, its arguments …]): a list of those that run side by side, and then the next.

    What can be run is run: on PostgreSQL without Redis too, with the files that stand in for it.
    """
    sqlite = {"DATABASE_URL": "", "REDIS_URL": "", "HARMONY_VAR": str(VAR / "tests-sqlite")}
    if "PostgreSQL" in lacking:
        return [[("SQLite", sqlite, ["pytest"])]]
    redis = "" if "Redis" in lacking else doctor.REDIS
    production = {"DATABASE_URL": doctor.POSTGRESQL, "REDIS_URL": redis, "HARMONY_VAR": str(VAR / "tests-postgresql")}
    for environment in (sqlite, production):
        environment["HARMONY_BOTH"] = "" if os.environ.get("HARMONY_EVERY_TEST") else "1"
    on, words = "PostgreSQL and Redis" if redis else "PostgreSQL, without Redis", ["pytest", "-m", "not browser"]
    side_by_side = [("SQLite", sqlite, words), (on, production, words)]
    faults = [("While everything fails, on both engines", {"HARMONY_VAR": str(VAR)}, FAULTS)] if redis else []
    if "Chromium" in lacking:
        return [side_by_side, faults] if faults else [side_by_side]
    smoke = ["pytest", "-m", "browser and not journey", "tests/journeys", *TWO]
    return [
        side_by_side,
        [(f"In a browser, on {on}", production, ["pytest", "-m", "browser", *TWO]), *faults],
        [("In a browser, a smoke on SQLite", sqlite, smoke)],
    ]


def left_out(lacking):
    """Each suite that does not run here, or not as in production, and why."""
    if "PostgreSQL" in lacking:
        yield "the whole suite on PostgreSQL and Redis", "PostgreSQL"
    elif "Redis" in lacking:
        yield "the suite on PostgreSQL as in production, with Redis: it ran with files in its place", "Redis"
        yield "what fails while reports are filed", "Redis"
    if "Chromium" in lacking:
        yield "everything in a browser, on either database", "Chromium"


def start(environment, arguments, output):
    environment = os.environ | environment | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment = {name: value for name, value in environment.items() if value}
    command = [sys.executable, "-m", *arguments]
    return subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)


def run(suites, arguments, files):
    """Run them side by side, pytest with these arguments more; yield the titles of those that failed."""
    running = []
    for title, environment, chosen in suites:
        output = None  # the first one is watched, the others are read when they are done
        if running:
            output = files.enter_context(TemporaryFile("w+"))
        running.append((title, start(environment, chosen + arguments * (chosen[0] == "pytest"), output), output))
    for title, suite, output in running:
        sys.stdout.write(f"\n== {title}\n")
        sys.stdout.flush()
        if suite.wait():
            yield title
        if output:
            output.seek(0)
            sys.stdout.write(output.read())


def main(arguments):
    lacking = doctor.missing()
    with ExitStack() as files:
        together = suites({part.name for part in lacking})
        failed = [title for some in together for title in run(some, arguments, files)]
    for what, missing in left_out({part.name for part in lacking}):
        sys.stdout.write(f"Not run: {what} ({missing} is missing)\n")
    for part in lacking:
        sys.stdout.write(f"Missing on this machine: {part.name}, for {part.what_for}. Get it with: {part.how}\n")
    if failed:
        sys.exit(f"Failed on {' and on '.join(failed)}.")


if __name__ == "__main__":
    main(sys.argv[1:])
