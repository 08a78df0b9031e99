"""The product's settings with keys that are for tests only, and a place of its own for each of several workers."""

import os
from pathlib import Path
from urllib.parse import urlsplit

os.environ.setdefault(
    "HARMONY_VAR", str(Path(__file__).resolve().parent.parent / "var" / "tests")
)  # never `make run`'s
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")  # its database is pytest-django's doing
if WORKER:
    os.environ["HARMONY_VAR"] = str(Path(os.environ["HARMONY_VAR"]) / f"worker-{WORKER}")
    if os.environ.get("REDIS_URL"):
        server = urlsplit(os.environ["REDIS_URL"])
        number = (int(server.path.strip("/") or 0) + 1 + int(WORKER)) % 16  # as many databases as Redis comes with
        os.environ["REDIS_URL"] = server._replace(path=f"/{number}").geturl()

from harmony.settings import *

SECRET_KEY = "for tests only, and long enough to sign with"
MASTER_KEYS = {"1": "00" * 32}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if not REDIS_URL:
    CACHES["default"]["LOCATION"] = VAR / "test-cache"
if "sqlite" not in DATABASES["default"]["ENGINE"]:  # a test's rows need not outlive the machine
    DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
private.close(VAR)  # as `make setup` does
