"""`python -m tests.matrix`: every cell, on the database that DATABASE_URL names; says how many, and writes var/matrix.json."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("HARMONY_VAR", ROOT / "var"))
SHARES = 8  # as in test_matrix.py


def run(folder):
    """Two processes share the cells."""
    told = os.environ | {"HARMONY_MATRIX": f"{folder}/part", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    tests = ["tests/matrix/test_matrix.py", "-q", "-p", "no:randomly", "--numprocesses=2"]
    failed = subprocess.run([sys.executable, "-m", "pytest", *tests], cwd=ROOT, env=told, check=False).returncode
    parts = [json.loads(file.read_text()) for file in Path(folder).iterdir()]
    return failed, parts


def in_total(parts):
    shares = [part for part in parts if "leaks" in part]
    counted = [part for part in parts if "cells" in part]
    if len(shares) < SHARES or not counted:
        sys.exit("The matrix did not come to its end.")
    leaks = sum(part["leaks"] for part in shares)
    return counted[0] | {"leaks": leaks, "faults": [fault for part in shares for fault in part["faults"]]}


def main():
    VAR.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        failed, parts = run(folder)
    found = in_total(parts)
    (VAR / "matrix.json").write_text(json.dumps(found, indent=2) + "\n")
    sys.stdout.write("matrix: {cells} cells, {leaks} leaks, {unclassified} unclassified\n".format(**found))
    sys.exit(1 if failed or found["leaks"] or found["unclassified"] else 0)


if __name__ == "__main__":
    main()
