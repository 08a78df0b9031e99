"""`python -m tests.proof [tenth]`: the full figures, or a tenth of them, into var/proof.json."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("HARMONY_VAR", ROOT / "var"))
PROOFS = ("sequences", "pairs", "fuzz", "pictures", "canaries")


def run(folder, share):
    told = {"HARMONY_PROOF": folder, "HARMONY_PROOF_SHARE": share, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    tests = [sys.executable, "-m", "pytest", "tests/proof/test_proof.py", "-q", "--numprocesses=2"]
    subprocess.run(tests, cwd=ROOT, env=os.environ | told, check=False)
    files = {name: Path(folder) / f"{name}.json" for name in PROOFS}
    return {name: json.loads(file.read_text()) for name, file in files.items() if file.exists()}


def main(share):
    VAR.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        results = run(folder, share)
    engine = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    ran = {"on": datetime.now(UTC).date().isoformat(), "engine": engine}
    (VAR / "proof.json").write_text(json.dumps({"ran": ran} | results, indent=2) + "\n")
    for name, result in results.items():
        sys.stdout.write(f"{name}: {result['tried']} tried, {result['found']} found\n")
    lacking = set(PROOFS) - set(results)
    sys.exit(1 if lacking or any(result["found"] for result in results.values()) else 0)


if __name__ == "__main__":
    main(sys.argv[1] if sys.argv[1:] else "")
