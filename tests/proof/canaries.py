"""Whether a word of a case lies readable anywhere: in the database's own bytes, a dump, caches, the broker, files, logs, mails.

Each of the world's words is a canary. They are looked for in everything this machine keeps of the test's organisation.
"""

import json
import os
import re
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import redis
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.files.storage import default_storage
from django.db import connection

from harmony.audit.models import Entry, load_reasons
from harmony.encryption.fields import EncryptedTextField
from harmony.encryption.sealing import unseal

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


def readable():
    """Every word that this machine can still open: in each row, and in each line of the book."""
    for model in apps.get_models():
        sealed = [field.attname for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
        for row in model._default_manager.all() if sealed else ():
            yield from (getattr(row, name) or "" for name in sealed)
    for line in load_reasons(Entry.objects.all()):
        yield line.reason or ""
        for field, values in json.loads(line.changes or "{}").items():
            yield from _opened(line, field, values if isinstance(values, list) else [values])


def _opened(line, field, values):
    for value in values:
        with suppress(ValueError, IndexError, AttributeError):
            yield unseal(value, place=(line.table_name, UUID(line.row_id), field))
