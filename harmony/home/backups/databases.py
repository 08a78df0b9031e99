"""The database as one file, copied while people go on working, and put back into an empty place: for each engine.

A copy is of one moment. SQLite's own online backup makes it, or pg_dump under a snapshot that we hold meanwhile, so that
what the manifest says of the book is said of the very rows that were copied.
"""

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from harmony.audit import book

# what is worth nothing a minute later, or is made anew
LEFT_OUT = ("django_session", "usersessions_usersession", "encryption_indexedplace", "encryption_indexedrecord")
ENDS = """SELECT line.root, line.seq, line.digest FROM audit_entry AS line
    JOIN audit_head AS head ON line.root = head.root AND line.seq = head.seq"""
ENVIRONMENT = {  # how PostgreSQL's programs are told what Django was told
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


class CannotCopy(Exception):
    """In words: what is missing, and how to get it."""


def copy(folder):
    """(the file, what it holds): {engine, lines, head, seal, migrations}."""
    target = Path(folder) / "database"
    return target, (_copy_sqlite if connection.vendor == "sqlite" else _copy_postgresql)(target) | {
        "engine": connection.vendor
    }


def told(cursor):
    """What the book of this database comes to: the same before and after, if nothing was lost and nothing added."""
    cursor.execute(ENDS)
    ends = sorted(f"{root} {seq} {digest}" for root, seq, digest in cursor.fetchall())
    cursor.execute("SELECT count(*) FROM audit_entry")
    lines = cursor.fetchone()[0]
    cursor.execute("SELECT digest FROM audit_seal ORDER BY id DESC LIMIT 1")
    seal = cursor.fetchone()
    cursor.execute("SELECT app, name FROM django_migrations")
    migrations = sorted(".".join(one) for one in cursor.fetchall())
    head = sha256("\n".join(ends).encode()).hexdigest()
    return {"lines": lines, "head": head, "seal": seal[0] if seal else "", "migrations": migrations}


def told_here():
    with connection.cursor() as cursor:
        return told(cursor)


def is_somebodys():
    """Whether an organisation lives in this database: then nothing is put over it."""
    if "organisation_organisation" not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM organisation_organisation")
        return bool(cursor.fetchone()[0])


def put_back(source):
    """Into the place of a database that is nobody's. `source` is read once."""
    (_put_back_sqlite if connection.vendor == "sqlite" else _put_back_postgresql)(source)


def _copy_sqlite(target):
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as held:
        connection.connection.backup(held)
        held.execute("PRAGMA secure_delete = ON")  # what is left out lies in no page of it either
        for table in LEFT_OUT:
            held.execute(f"DELETE FROM {table}")
        held.execute("INSERT INTO encryption_index (encryption_index) VALUES ('delete-all')")
        held.commit()
        held.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
        return told(held.cursor())


def _put_back_sqlite(source):
    path = Path(connection.settings_dict["NAME"])
    connection.close()
    beside = path.with_name(f"{path.name}.new")
    with beside.open("wb") as target:
        shutil.copyfileobj(source, target)
        target.flush()
        os.fsync(target.fileno())
    for old in (f"{path}-wal", f"{path}-shm", f"{path}-journal"):
        Path(old).unlink(missing_ok=True)
    beside.replace(path)


def _copy_postgresql(target):
    program = _program("pg_dump")
    with book.at_one_moment(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        command = [program, "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={cursor.fetchone()[0]}"]
        command += [f"--exclude-table-data={table}" for table in LEFT_OUT]
        with target.open("wb") as file:
            _run(command, stdout=file)
        return told(cursor)


def _put_back_postgresql(source):
    """As the owner. Where tables of nobody's lie, as `migrate` leaves them, they make room."""
    program = _program("pg_restore")
    if connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC")
    connection.close()
    name = connection.get_connection_params()["dbname"]
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", f"--dbname={name}"]
    _run([program, *options], given=source)


def _run(command, *, given=None, stdout=subprocess.DEVNULL):
    """With the address and the password in its environment, where no list of processes shows them."""
    params = connection.get_connection_params()
    address = {name: str(params[key]) for key, name in ENVIRONMENT.items() if params.get(key)}
    stdin = subprocess.DEVNULL if given is None else subprocess.PIPE
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(command, env=os.environ | address, stdin=stdin, stdout=stdout, stderr=said) as program:
            if given is not None:
                with suppress(BrokenPipeError):  # it gave up, and says why
                    shutil.copyfileobj(given, program.stdin)
                    program.stdin.close()
        if program.returncode:
            said.seek(0)
            first = said.readline().decode(errors="replace").strip()
            raise CannotCopy(first or _("%(name)s failed.") % {"name": Path(command[0]).name})


def _program(name):
    """One that fits the server: it may be newer, never older."""
    path, server = shutil.which(name), connection.pg_version // 10_000
    if not path:
        raise CannotCopy(
            _("%(name)s is missing. On Debian: apt install postgresql-client-%(version)d")
            % {"name": name, "version": server}
        )
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    if (found := int(re.search(r"(\d+)", said)[1])) < server:
        raise CannotCopy(
            _("%(name)s is of PostgreSQL %(found)d, and the server is %(server)d. Install one that is as new.")
            % {"name": name, "found": found, "server": server}
        )
    return path
