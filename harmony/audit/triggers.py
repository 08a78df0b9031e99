"""Every table's triggers: dropped before a migration, rebuilt after it from what the database then holds."""

import re
from collections import defaultdict

from django.db import connections

from . import dialects, guards
from .recording import recorded


def install(using="default", **kwargs):
    drop(using)
    connection = connections[using]
    with connection.cursor() as cursor:
        if "audit_entry" not in connection.introspection.table_names(cursor):
            return  # a fresh database, or one migrated back to before the book
        for sql in (*dialects.of(connection).SETUP, *wanted(connection).values()):
            cursor.execute(sql)


def drop(using="default", **kwargs):
    connection = connections[using]
    dialects.of(connection).settle(connection)
    for table, name in existing(connection):
        with connection.cursor() as cursor:
            cursor.execute(dialects.of(connection).drop(table, name))


def existing(connection):
    with connection.cursor() as cursor:
        cursor.execute(dialects.of(connection).EXISTING)
        return set(cursor.fetchall())


def wanted(connection):
    """{(table, trigger): SQL}, for the tables and columns that are there."""
    dialect, found = dialects.of(connection), {}
    tables = _tables(connection)
    held = {model._meta.db_table: tables.get(model._meta.db_table, []) for model, _how in recorded()}
    for model, how in recorded():
        table, key = model._meta.db_table, model._meta.pk.column
        if table not in tables:
            continue
        root = "root" if "root" in held[table] else None
        for name, sql in dialect.row_triggers(table, how, key, root, held[table]):
            found[table, name] = sql
        for guarded, name, on, guard in guards.of(model):
            if _can_be_asked(guard, held | {"NEW": held[guarded], "OLD": held[guarded]}):
                name, sql = dialect.guard(guarded, name, on, guard)
                found[guarded, name] = sql
    for table in {"audit_entry", "audit_seal"} & tables.keys():
        found |= {(table, name): sql for name, sql in dialect.append_only(table)}
    if "audit_head" in tables:
        found |= {("audit_head", name): sql for name, sql in dialect.heads()}
    return found


def _tables(connection):
    """{table: its columns}, asked at once: /health/ready does so every half minute."""
    found = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(dialects.of(connection).COLUMNS)
        for table, column in cursor.fetchall():
            found[table].append(column)
    return found


def _can_be_asked(guard, held):
    """Half-way through the migrations a column of it, written `NEW.column` or `table.column`, may not be there yet."""
    return all(column in held.get(of, [column]) for of, column in re.findall(r"(\w+)\.(\w+)", guard.refuse_when))
