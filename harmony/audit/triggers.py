"""Every table's triggers: dropped before a migration, rebuilt after it from what the database then holds."""

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
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model, how in recorded():
            table, key = model._meta.db_table, model._meta.pk.column
            if table not in tables:
                continue
            described = connection.introspection.get_table_description(cursor, table)
            columns = [column.name for column in described]
            root = "root" if "root" in columns else None
            for name, sql in dialect.row_triggers(table, how, key, root, columns):
                found[table, name] = sql
            for name, on, guard in guards.of(model):
                name, sql = dialect.guard(table, name, on, guard)
                found[table, name] = sql
        for table in {"audit_entry", "audit_seal"} & tables:
            found |= {(table, name): sql for name, sql in dialect.append_only(table)}
        if "audit_head" in tables:
            found |= {("audit_head", name): sql for name, sql in dialect.heads()}
    return found
