"""Whether a word of a case lies readable anywhere: in the database's own bytes, a dump, caches, the broker, files, logs, mails.

Each of the world's words is a canary. They are looked for in everything this machine keeps of the test's organisation.
"""

import json
import os
import pickle
import re
import shutil
import subprocess
import zlib
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
    yield from cache()
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


def cache():
    """Every entry, unpacked: what is compressed would hide its words."""
    told = settings.CACHES["default"]
    folder = told.get("OPTIONS", {}).get("files") or told["LOCATION"]
    for file in Path(folder).glob("*.djcache"):
        with file.open("rb") as entry:
            pickle.load(entry)  # until when it holds
            yield f"the cache, {file.name}", zlib.decompress(entry.read())
    if settings.REDIS_URL:
        yield from _redis(redis.Redis.from_url(settings.REDIS_URL))


def _redis(server):
    """Each key and what it holds, by its kind (a dump of it is packed)."""
    read = {
        b"string": server.get,
        b"list": lambda key: server.lrange(key, 0, -1),
        b"hash": server.hgetall,
        b"set": server.smembers,
        b"zset": lambda key: server.zrange(key, 0, -1, withscores=True),
    }
    for key in server.scan_iter():
        yield "a key of Redis", key
        held = read[server.type(key)](key)
        yield f"Redis, {key!r}", held if isinstance(held, bytes) else repr(held).encode()


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
