"""Whether a word of a case lies readable anywhere: in the database's own bytes, a dump, caches, the broker, files, logs, mails.

Each of the world's words is a canary. They are looked for in everything this machine keeps of the test's organisation.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import redis
from django.conf import settings
from django.core import mail
from django.core.files.storage import default_storage
from django.db import connection

FEWEST = 300


def places(logged):
    """(where, its bytes) of all that is kept."""
    yield from _database()
    yield from _cache()
    yield from _files(Path(settings.VAR), "var/")
    if default_storage.exists(""):
        yield from _files(Path(default_storage.location), "storage/")
    yield "the log", logged.encode(errors="replace")
    for one in mail.outbox:
        yield "a mail", one.message().as_bytes()


def _database():
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        for file in (path, Path(f"{path}-wal"), Path(f"{path}-journal")):
            if file.exists():
                yield f"the database’s bytes ({file.suffix})", file.read_bytes()
    if connection.vendor == "postgresql" and shutil.which("pg_dump"):
        told = connection.get_connection_params()
        address = {"PGHOST": told.get("host", ""), "PGPORT": str(told.get("port", "")), "PGUSER": told.get("user", "")}
        dump = subprocess.run(["pg_dump", told["dbname"]], capture_output=True, check=True, env=_with(address))
        yield "a dump", dump.stdout


def _with(address):
    return os.environ | {name: value for name, value in address.items() if value}


def _cache():
    if not settings.REDIS_URL:
        return  # it lies in files, below var/
    server = redis.Redis.from_url(settings.REDIS_URL)
    for key in server.scan_iter():
        yield "a key of Redis", key
        yield f"Redis, {key!r}", server.dump(key) or b""


def _files(folder, name):
    for file in folder.rglob("*"):
        if file.is_file() and file.stat().st_size < 200_000_000:
            yield name + str(file.relative_to(folder)), file.read_bytes()


def hits(words, logged):
    """[(where, word)]: nothing should be found."""
    looked_for = re.compile(b"|".join(re.escape(word.encode()) for word in words))
    return [(where, hit.decode()) for where, held in places(logged) for hit in set(looked_for.findall(held))]
