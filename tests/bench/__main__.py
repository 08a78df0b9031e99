"""`python -m tests.bench`: every benchmark on each database this machine has; its ratios go to var/bench.json.

    python -m tests.bench                 all of them, small
    python -m tests.bench sweep lists     bench_sweep.py and bench_lists.py
    python -m tests.bench --full          with their full sizes (BENCH_SIZE=full)
    python -m tests.bench --write         writes docs/figures/bench.md too

A benchmark is a module bench_*.py, run by pytest; or one with a `main(size)`, size being "small" or "full", run
with the test settings on a database of its own. What it finds it says with `figure` (measure.py).
"""

import argparse
import ast
import json
import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from harmony import doctor
from harmony.doctor import POSTGRESQL, REDIS

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
VAR = Path(os.environ.get("HARMONY_VAR", ROOT / "var"))
PAGE = ROOT / "docs" / "figures" / "bench.md"


def engines():
    """{name: environment} of those that can be measured here."""
    found = {"sqlite": {"DATABASE_URL": "", "REDIS_URL": "", "HARMONY_VAR": str(VAR / "bench-sqlite")}}
    if not {"PostgreSQL", "Redis"} & {part.name for part in doctor.missing()}:
        found["postgresql"] = {
            "DATABASE_URL": POSTGRESQL,
            "REDIS_URL": REDIS,
            "HARMONY_VAR": str(VAR / "bench-postgresql"),
        }
    return found


def benchmarks(names):
    found = sorted(HERE.glob("bench_*.py"))
    return [file for file in found if not names or file.stem.removeprefix("bench_") in names]


def measure(file, environment, size, figures):
    """Whether it came to its end."""
    environment = os.environ | environment | {"BENCH_SIZE": size, "BENCH_FIGURES": str(figures)}
    environment |= {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment = {name: value for name, value in environment.items() if value}
    command = [sys.executable, "-m", "pytest", str(file), "-s", "-p", "no:randomly"]
    if "\ndef main(size" in file.read_text():
        command = [sys.executable, "-m", "tests.bench.alone", file.stem, size]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def page(found, size):
    """As Markdown: when and on what it was measured; for each benchmark what its own docstring says, and its figures."""
    command = "nightly" if size == "full" else "bench WRITE=1"
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[2]:.1f} at the end"
    lines = [
        "# What things cost",
        "",
        f"Written by `make {command}` on {date.today():%d %B %Y}: sizes “{size}”, {machine}.",
        "CPU of the app and of the database, as a ratio to something plain that was measured in the same run: on a busy",
        "machine milliseconds grow, and ratios hold.",
    ]
    for name in dict.fromkeys(one["benchmark"] for one in found):
        lines += ["", f"## {name.capitalize()}", "", *_meaning(name), "", *TABLE]
        lines += [_row(one) for one in found if one["benchmark"] == name]
    return "\n".join(lines) + "\n"


def _meaning(name):
    """Its docstring without the paragraph that says how to run it."""
    words = ast.get_docstring(ast.parse((HERE / f"bench_{name}.py").read_text()))
    told = [part for part in words.split("\n\n") if not part.startswith("One of the benchmarks")]
    return "\n\n".join(told).split("\n")


def _row(one):
    more = ", ".join(f"{name} {value}" for name, value in one.items() if name not in STANDING)
    return f"| {one['what']} | {one['engine']} | {one['ratio']:.2f} | {one['of']} | {more} |"


TABLE = ("| what | engine | ratio | of | more |", "|---|---|---|---|---|")
STANDING = ("benchmark", "what", "engine", "ratio", "of")


def main(names, size, *, write):
    found, failed = [], []
    for file in benchmarks(names):
        for engine, environment in engines().items():
            with TemporaryDirectory() as folder:
                figures = Path(folder) / "figures"
                if not measure(file, environment, size, figures):
                    failed.append(f"{file.stem} on {engine}")
                lines = figures.read_text().splitlines() if figures.exists() else []
            found += [{"benchmark": file.stem.removeprefix("bench_")} | json.loads(line) for line in lines]
    VAR.mkdir(parents=True, exist_ok=True)
    (VAR / "bench.json").write_text(json.dumps({"size": size, "figures": found}, indent=2) + "\n")
    if failed:
        sys.exit(f"Came to no end: {', '.join(failed)}.")
    if write:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(found, size))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    main(asked.names, "full" if asked.full else "small", write=asked.write)
