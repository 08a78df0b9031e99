"""How SQLite holds the pen.

The triggers call functions that only our own connections have: any other connection is refused.
No statement in them may meet a conflict: an OR IGNORE on the outer statement rules inside its
triggers too, and would skip the line but keep the change. RAISE it cannot skip.
"""

import json
from contextlib import contextmanager

from harmony.encryption.keys import ORGANISATION

BYTEWISE = "BINARY"  # the collation that sorts as Python does
PEN = """
CREATE VIEW IF NOT EXISTS audit_pen AS
    SELECT NULL AS root, NULL AS table_name, NULL AS row_id, NULL AS changes WHERE 0
"""
# the one place where a line is written
WRITE = """
CREATE TRIGGER harmony_write INSTEAD OF INSERT ON audit_pen BEGIN
    SELECT RAISE(ABORT, 'No event is open: say who and why before changing anything')
        WHERE audit_event('id') IS NULL;
    INSERT INTO audit_head (root, seq)
        SELECT NEW.root, 0 WHERE NOT EXISTS (SELECT 1 FROM audit_head WHERE root = NEW.root);
    SELECT RAISE(ABORT, 'This chain was wound back: nothing more is written to it. Run manage.py verify_audit')
        WHERE EXISTS (SELECT 1 FROM audit_entry AS line JOIN audit_head AS head
                      ON line.root = head.root AND line.seq = head.seq + 1 WHERE head.root = NEW.root);
    INSERT INTO audit_entry (root, seq, event, actor_id, actor_name, verb, why, happened_at,
                             recorded_at, table_name, row_id, changes, digest)
    SELECT root, seq, event, actor_id, actor_name, verb, why, happened_at, recorded_at, NEW.table_name, NEW.row_id,
           NEW.changes, audit_digest(above, root, seq, event, actor_id, actor_name, verb, why, happened_at,
                                     recorded_at, NEW.table_name, NEW.row_id, NEW.changes)
    FROM (SELECT head.root, head.seq + 1 AS seq, audit_event('id') AS event, audit_event('actor_id') AS actor_id,
                 audit_event('actor_name') AS actor_name, audit_event('verb') AS verb, audit_event('why') AS why,
                 audit_event('happened_at') AS happened_at,
                 strftime(CASE WHEN audit_event('to_the_hour') THEN '%Y-%m-%dT%H:00:00.000000Z'
                               ELSE '%Y-%m-%dT%H:%M:%f000Z' END, 'now') AS recorded_at,
                 coalesce((SELECT digest FROM audit_entry WHERE root = head.root AND seq = head.seq), '') AS above
          FROM audit_head AS head WHERE head.root = NEW.root);
    UPDATE audit_head SET seq = seq + 1 WHERE root = NEW.root;
END
"""
SETUP = (PEN, WRITE)

EXISTING = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'harmony\\_%' ESCAPE '\\'"
COLUMNS = """
SELECT tables.name, columns.name FROM sqlite_master AS tables, pragma_table_xinfo(tables.name) AS columns
WHERE tables.type = 'table' AND columns.hidden <> 1 ORDER BY tables.name, columns.cid
"""


def lend_the_pen(sender, connection, **kwargs):
    if connection.vendor == "sqlite":
        from .events import current
        from .models import digest

        connection.connection.create_function("audit_event", 1, lambda part: getattr(current.get(), part, None))
        connection.connection.create_function("audit_digest", -1, digest, deterministic=True)
        # without it INSERT OR REPLACE removes the old row without its DELETE triggers
        connection.connection.execute("PRAGMA recursive_triggers = ON")


def owns_the_book(connection):
    """Whoever has the file has everything: nothing to warn of that another setting would mend."""
    return False


def tell(connection, event, lock=()):
    """Nothing to do: the triggers ask for the current event themselves, and there is one writer at a time."""


def note(connection, root, table, row):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_pen VALUES (%s, %s, %s, NULL)", [root, table, row])


def one_at_a_time(connection, what):
    """There is one writer at a time."""


def keep_writers_out(connection, table):
    """Likewise."""


@contextmanager
def snapshot(connection):
    """A deferred transaction: Django's own would be IMMEDIATE, and keep every writer out meanwhile."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def rows(connection, table, key, where):
    """(key, {column: value}) of each row, in the order of the keys, a few at a time."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')
        columns = [column[0] for column in cursor.description]
        shown = ", ".join(f'json_quote("{column}")' for column in columns)
        cursor.execute(f'SELECT CAST("{key}" AS TEXT) AS k, {shown} FROM "{table}" AS held WHERE {where} ORDER BY k')
        for row, *values in cursor:
            yield row, {name: json.loads(value, parse_float=str) for name, value in zip(columns, values, strict=True)}


def write(connection, difference):
    """A line for what the triggers did not see."""
    line = [difference.root, difference.table, difference.row, json.dumps(difference.changes, ensure_ascii=False)]
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_pen VALUES (%s, %s, %s, %s)", line)


def settle(connection):
    """Nothing is in the way."""


def trigger(table, name, when, does):
    return f'CREATE TRIGGER "{name}" {when} BEGIN {does}; END'


def drop(table, name):
    return f'DROP TRIGGER "{name}"'


def row_triggers(table, how, key, root, columns):
    """(name, SQL) for one recorded table."""

    def row(kind, op, condition, before, after):
        name = f"harmony_{kind}_{table}"
        does = _write(table, how, key, root, columns, before, after)
        return name, trigger(table, name, f'AFTER {op} ON "{table}" {condition}', does)

    old, new = how.when.format(row="OLD"), how.when.format(row="NEW")
    if "INSERT" in how.on:
        yield row("insert", "INSERT", f"WHEN {new}" if new else "", None, "NEW")
    if how.when:  # a draft is filed: its first line shows it whole
        yield row("filed", "UPDATE", f"WHEN NOT ({old}) AND ({new})", None, "NEW")
    yield row("update", "UPDATE", f"WHEN {old}" if old else "", "OLD", "NEW")
    yield row("delete", "DELETE", f"WHEN {old}" if old else "", "OLD", None)
    if root:
        yield _refuse(table, "moved", "UPDATE", f'OLD."{root}" <> NEW."{root}"', "A record never moves to another root")


def append_only(table):
    for op in ("UPDATE", "DELETE"):
        yield _refuse(table, f"no_{op.lower()}", op, "1", "The book is never rewritten")
    # only the pen's connections may add, and INSERT OR REPLACE may replace nothing
    same = f"audit_event('id') IS NULL OR EXISTS (SELECT 1 FROM \"{table}\" WHERE id = NEW.id)"
    yield _refuse(table, "no_replace", "INSERT", same, "The book is never rewritten")


def heads():
    """A head stands at the last line of its chain and nowhere else, so only a line that was written moves it."""
    ends = "(SELECT coalesce(max(seq), 0) FROM audit_entry WHERE root = NEW.root)"
    alone = "audit_event('id') IS NULL"  # no connection but ours knows the function, and only the book opens an event
    there = "EXISTS (SELECT 1 FROM audit_head WHERE root = NEW.root)"  # INSERT OR REPLACE
    back = "NEW.root <> OLD.root OR NEW.seq < OLD.seq OR NEW.sealed_seq < OLD.sealed_seq OR NEW.sealed_seq > NEW.seq"
    for op, when in {
        "INSERT": f"{alone} OR {there} OR NEW.seq <> {ends} OR NEW.sealed_seq <> 0",
        "UPDATE": f"{alone} OR {back} OR (NEW.seq <> OLD.seq AND NEW.seq <> {ends})",
        "DELETE": "1",
    }.items():
        yield _refuse("audit_head", f"kept_{op.lower()}", op, when, "Only the book moves the end of a chain")


def guard(table, name, on, guard):
    """No lock: one writer at a time."""
    return _refuse(table, name.removeprefix("harmony_"), on, guard.refuse_when, guard.say)


def _refuse(table, kind, op, when, say):
    name = f"harmony_{kind}_{table}"
    does = f"SELECT RAISE(ABORT, '{say.replace(chr(39), chr(39) * 2)}') WHERE {when}"
    return name, trigger(table, name, f'BEFORE {op} ON "{table}"', does)


def _write(table, how, key, root, columns, before, after):
    row = after or before
    each = " UNION ALL ".join(
        f"SELECT '{column}' AS k, {_side(before, column)} AS b, {_side(after, column)} AS a"
        for column in columns
        if column not in how.skip
    )
    secret = ", ".join(f"'{column}'" for column in sorted(how.secret))
    changed = "b IS NOT a" if before and after else "1"  # a first or last line shows the row whole
    of_root = f'{row}."{root}"' if root else f"'{ORGANISATION.hex}'"
    return f"""INSERT INTO audit_pen SELECT {of_root}, '{table}', CAST({row}."{key}" AS TEXT), changes FROM (
    SELECT json_group_object(k, CASE WHEN k IN ({secret}) THEN json('["***","***"]') ELSE json_array(b, a) END) changes
    FROM ({each}) WHERE {changed}) WHERE changes <> '{{}}'"""


def _side(which, column):
    return f'{which}."{column}"' if which else "NULL"
