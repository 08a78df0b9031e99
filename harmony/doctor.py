"""What this machine lacks, and how to get it: `make doctor`.

Nothing here is needed to start: the parts that are missing make their tests skip, with the same sentence.
With HARMONY_REQUIRE_ALL=1 a missing part is a failure. TEST_DATABASE_URL and TEST_REDIS_URL name other servers than the
local ones: these are then the ones that are asked.
"""

import ctypes.util
import os
import shutil
import socket
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from harmony.terminal import _

STATUS = Path("/proc/self/status")
# empty counts as not set
POSTGRESQL = os.environ.get("TEST_DATABASE_URL") or "postgres://root@127.0.0.1:5432/postgres"
REDIS = os.environ.get("TEST_REDIS_URL") or "redis://127.0.0.1:6379/9"


@dataclass(frozen=True)
class Part:
    name: str
    what_for: str
    how: str
    found: bool


def parts():
    """Every optional part, found or not."""
    yield Part(
        "Pango",
        _("PDF exports"),
        "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        all(ctypes.util.find_library(name) for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")),
    )
    yield Part("Chromium", _("browser tests"), "apt install chromium", shutil.which("chromium") is not None)
    yield Part(
        "pdftotext", _("tests that read PDFs back"), "apt install poppler-utils", bool(shutil.which("pdftotext"))
    )
    yield Part("systemd", _("tests of its units"), "apt install systemd", bool(shutil.which("systemd-analyze")))
    yield Part("PostgreSQL", _("tests on the production database"), "apt install postgresql", answers(POSTGRESQL, 5432))
    yield Part("Redis", _("tests on the production queue"), "apt install redis-server", answers(REDIS, 6379))
    yield Part(
        "faketime", _("`make faults` with clocks that step"), "apt install faketime", bool(shutil.which("faketime"))
    )
    yield Part(
        "mount", _("`make faults` with a disk that is full"), _("run it as root, where that may mount"), _may_mount()
    )


def missing():
    return [part for part in parts() if not part.found]


def required():
    """Whether everything has to be there."""
    return os.environ.get("HARMONY_REQUIRE_ALL") == "1"


def answers(url, port):
    """Whether anybody takes a call where this address points; a path is a socket file, as for `postgres://%2Frun/…`."""
    named = urlsplit(url)
    host = unquote(named.hostname or "127.0.0.1")
    try:
        if host.startswith("/"):
            with socket.socket(socket.AF_UNIX) as probe:
                probe.settimeout(1)
                probe.connect(f"{host}/.s.PGSQL.{named.port or port}")
        else:
            socket.create_connection((host, named.port or port), timeout=1).close()
    except OSError:
        return False
    return True


def _may_mount():
    """Whether we hold the right that mounting takes (CAP_SYS_ADMIN, number 21): root in many a container does not."""
    try:
        held = next(line for line in STATUS.read_text().splitlines() if line.startswith("CapEff:"))
    except (OSError, StopIteration):
        return False
    return bool(int(held.split()[1], 16) >> 21 & 1)


def main():
    lacking = missing()
    for part in lacking:
        sys.stdout.write(_("Missing: %(name)s, for %(what_for)s. Get it with: %(how)s") % asdict(part) + "\n")
    if not lacking:
        sys.stdout.write(_("Nothing is missing.") + "\n")
    if lacking and required():
        sys.exit(_("HARMONY_REQUIRE_ALL=1, and a part is missing."))


if __name__ == "__main__":
    main()
