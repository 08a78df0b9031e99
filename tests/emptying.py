"""After a test that committed, the database as it was before the first one: in milliseconds, not in a second or two.

Django's own flush empties more than a hundred tables, and its post_migrate writes the triggers of all of them anew. Here
SQLite takes back a copy of itself, and PostgreSQL empties the tables that hold something, past the triggers that forbid it:
those of the book fire for a superuser who says to be a replica too, so they are switched off for as long.
"""

import sqlite3
from contextlib import closing

from django.db import connection, transaction
from django.test import TransactionTestCase

from harmony.audit import triggers

_flush = TransactionTestCase._fixture_teardown
_before = {}


def remember():
    """What a database that was just made holds."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        _before["copy"] = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(_before["copy"])
    else:
        _before.update(kept=_filled(), triggers=triggers.existing(connection))


def empty(case=None):
    """In the place of the flush; where one may not pass the triggers (no superuser), the flush it is."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        _before["copy"].backup(connection.connection)
    elif _may_pass_triggers():
        _delete(_filled() - _before["kept"])
        if triggers.existing(connection) != _before["triggers"]:
            triggers.install()
    else:
        triggers.drop()
        _flush(case or TransactionTestCase())


def _filled():
    """The tables that hold a row, asked in one question."""
    quoted = connection.ops.quote_name
    with closing(connection.cursor()) as cursor:
        names = connection.introspection.table_names(cursor)
        asked = " UNION ALL ".join(f"SELECT %s WHERE EXISTS (SELECT FROM {quoted(name)})" for name in names)
        cursor.execute(asked, names)
        return {name for (name,) in cursor.fetchall()}


def _may_pass_triggers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return cursor.fetchone()[0]


def _delete(tables):
    quoted = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgenabled = 'A'")
        always = [(table, quoted(name)) for table, name in cursor.fetchall() if table in tables]
        for table, name in always:
            cursor.execute(f"ALTER TABLE {quoted(table)} DISABLE TRIGGER {name}")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in tables:
            cursor.execute(f"DELETE FROM {quoted(table)}")
        for table, name in always:
            cursor.execute(f"ALTER TABLE {quoted(table)} ENABLE ALWAYS TRIGGER {name}")
