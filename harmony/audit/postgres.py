"""How PostgreSQL holds the pen.

Functions run as their owner with a fixed search path and clock, so that the app's own role needs
no right to write the book. Raised as integrity errors: Django then names them alike on both engines.
"""

import json
from contextlib import contextmanager
from dataclasses import asdict

from django.db import transaction

from harmony.encryption.keys import ORGANISATION

BYTEWISE = "C"  # the collation that sorts as Python does
# a plan made under `enable_seqscan = off` may look so dear that PostgreSQL compiles it, 50 ms each time: hence `jit`
SAFE = "SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' SET jit = off"

FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION audit_digest(VARIADIC parts text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE part text; joined text := '';
BEGIN
    FOREACH part IN ARRAY parts LOOP
        joined := joined || coalesce(length(part) || ':' || part, '-');
    END LOOP;
    RETURN encode(sha256(convert_to(joined, 'UTF8')), 'hex');
END $$;

CREATE OR REPLACE FUNCTION audit_refuse(say text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION USING MESSAGE = say, ERRCODE = 'integrity_constraint_violation'; END
$$;

-- the one place where a line is written. A session plans it once, maybe while the book is still empty: without the
-- setting it would go on reading all of a grown book for each line
CREATE OR REPLACE FUNCTION audit_write(of_root text, of_table text, of_row text, changed text)
RETURNS void LANGUAGE plpgsql {SAFE} SET enable_seqscan = off AS $$
DECLARE
    e jsonb := nullif(current_setting('harmony.event', true), '')::jsonb;
    at text; n bigint; above text;
BEGIN
    IF e IS NULL THEN
        PERFORM audit_refuse('No event is open: say who and why before changing ' || of_table);
    END IF;
    -- waits for whoever writes this chain now; the next statement then sees their line
    SELECT seq + 1 INTO n FROM audit_head WHERE root = of_root FOR UPDATE;
    IF n IS NULL THEN
        INSERT INTO audit_head (root, seq) VALUES (of_root, 0) ON CONFLICT (root) DO NOTHING;
        SELECT seq + 1 INTO n FROM audit_head WHERE root = of_root FOR UPDATE;
    END IF;
    IF EXISTS (SELECT 1 FROM audit_entry WHERE root = of_root AND seq = n) THEN
        PERFORM audit_refuse('This chain was wound back: nothing more is written to it. Run manage.py verify_audit');
    END IF;
    SELECT digest INTO above FROM audit_entry WHERE root = of_root AND seq = n - 1;
    at := to_char(CASE WHEN (e->>'to_the_hour')::boolean THEN date_trunc('hour', clock_timestamp())
                       ELSE clock_timestamp() END, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
    INSERT INTO audit_entry (root, seq, event, actor_id, actor_name, verb, why, happened_at,
                             recorded_at, table_name, row_id, changes, digest)
    VALUES (of_root, n, e->>'id', e->>'actor_id', e->>'actor_name', e->>'verb', e->>'why', e->>'happened_at',
            at, of_table, of_row, changed,
            audit_digest(coalesce(above, ''), of_root, n::text, e->>'id', e->>'actor_id', e->>'actor_name',
                         e->>'verb', e->>'why', e->>'happened_at', at, of_table, of_row, changed));
    UPDATE audit_head SET seq = n WHERE root = of_root;
END $$;

-- a head stands at the last line of its chain and nowhere else, so only a line that was written moves it
CREATE OR REPLACE FUNCTION audit_head_kept() RETURNS trigger LANGUAGE plpgsql {SAFE} SET enable_seqscan = off AS $$
DECLARE was audit_head := CASE WHEN TG_OP = 'UPDATE' THEN OLD END;
BEGIN
    IF nullif(current_setting('harmony.event', true), '') IS NULL OR NEW.root <> was.root OR NEW.seq < was.seq
       OR NEW.sealed_seq < coalesce(was.sealed_seq, 0) OR NEW.sealed_seq > NEW.seq
       OR (NEW.seq IS DISTINCT FROM was.seq
           AND NEW.seq <> (SELECT coalesce(max(seq), 0) FROM audit_entry WHERE root = NEW.root)
           -- two began this chain at once, and the other was quicker: the key keeps this row out, and its line goes on from
           -- theirs. Asked in this same statement, which sees either both their line and its end, or neither
           AND (TG_OP = 'UPDATE' OR NOT EXISTS (SELECT 1 FROM audit_head WHERE root = NEW.root)))
    THEN PERFORM audit_refuse(TG_ARGV[0]); END IF;
    RETURN NEW;
END $$;

-- arguments: 'whole' or 'changed', the key's column, the root's column, columns left out, secret columns
CREATE OR REPLACE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql {SAFE} AS $$
DECLARE
    was jsonb := CASE WHEN TG_ARGV[0] = 'changed' THEN to_jsonb(OLD) END;
    new jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    row jsonb := coalesce(new, was);
    changed jsonb;
BEGIN
    IF was ->> TG_ARGV[2] <> new ->> TG_ARGV[2] THEN
        PERFORM audit_refuse('A record never moves to another root');
    END IF;
    SELECT jsonb_object_agg(name, CASE WHEN name = ANY (TG_ARGV[4]::text[]) THEN '["***", "***"]'
                                       ELSE jsonb_build_array(b.value, a.value) END)
        INTO changed
        FROM jsonb_each(was) AS b (name, value) FULL JOIN jsonb_each(new) AS a (name, value) USING (name)
        WHERE a.value IS DISTINCT FROM b.value AND name <> ALL (TG_ARGV[3]::text[]);
    IF changed IS NOT NULL THEN
        PERFORM audit_write(replace(coalesce(row ->> TG_ARGV[2], '{ORGANISATION.hex}'), '-', ''),
                            TG_TABLE_NAME, replace(row ->> TG_ARGV[1], '-', ''), changed::text);
    END IF;
    RETURN NULL;
END $$;

-- a row as its lines show it
CREATE OR REPLACE FUNCTION audit_shown(held anyelement) RETURNS text LANGUAGE sql STABLE
SET search_path = public, pg_temp SET timezone = 'UTC' AS $$ SELECT to_jsonb(held)::text $$;

CREATE OR REPLACE FUNCTION audit_never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM audit_refuse(TG_ARGV[0]); END $$;

-- the only functions the app's role may call by itself
CREATE OR REPLACE FUNCTION book_read(of_root text, of_table text, of_row text)
RETURNS void LANGUAGE sql {SAFE} AS $$ SELECT audit_write(of_root, of_table, of_row, NULL) $$;

CREATE OR REPLACE FUNCTION book_lock(roots text[]) RETURNS void LANGUAGE plpgsql {SAFE} AS $$
BEGIN PERFORM 1 FROM audit_head WHERE root = ANY (roots) ORDER BY root FOR UPDATE; END $$;

REVOKE EXECUTE ON FUNCTION audit_write, audit_row FROM PUBLIC;
"""
SETUP = (FUNCTIONS,)

# for the role that the app runs as; the owner only migrates
GRANTS = """
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO "{role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}"; -- SELECT: a backup reads how far each has got
-- the book is written by its triggers alone; the app may add seals and remember what they bound
REVOKE INSERT, UPDATE, DELETE ON audit_entry, audit_head, audit_seal FROM "{role}";
REVOKE ALL ON SEQUENCE audit_entry_id_seq FROM "{role}";
GRANT SELECT ON SEQUENCE audit_entry_id_seq TO "{role}";
GRANT INSERT ON audit_seal TO "{role}";
GRANT UPDATE (sealed_seq) ON audit_head TO "{role}";
-- which migrations ran is the owner's business
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM "{role}";
"""

EXISTING = """
SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE tgname LIKE 'harmony\\_%' AND tgenabled = 'A'
"""
COLUMNS = """
SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND attnum > 0 AND NOT attisdropped
ORDER BY relname, attnum
"""


def grants(role):
    return GRANTS.format(role=role)


def owns_the_book(connection):
    """Whether this session's role is, or may become, the owner of the book."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('audit_entry')")
        found = cursor.fetchone()
    return bool(found and found[0])


def tell(connection, event, lock=()):
    """For this transaction only: it cannot leak into the next one."""
    words = json.dumps(asdict(event)) if event else ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('harmony.event', %s, true), book_lock(%s)", [words, list(lock)])


def note(connection, root, table, row):
    with connection.cursor() as cursor:
        cursor.execute("SELECT book_read(%s, %s, %s)", [root, table, row])


def one_at_a_time(connection, what):
    """Until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])


def keep_writers_out(connection, table):
    """Waits for those who are at it, then keeps others waiting until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f'LOCK TABLE "{table}" IN SHARE ROW EXCLUSIVE MODE')


@contextmanager
def snapshot(connection):
    within = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if not within:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def rows(connection, table, key, where):
    """(key, {column: value}) of each row, in the order of the keys, a few at a time."""
    sql = f"""SELECT replace("{key}"::text, '-', '') COLLATE "C" AS k, audit_shown(held)
        FROM "{table}" AS held WHERE {where} ORDER BY k"""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        for row, shown in cursor:
            yield row, json.loads(shown, parse_float=str)


def write(connection, difference):
    """A line for what the triggers did not see. Only the owner may."""
    line = [difference.root, difference.table, difference.row, json.dumps(difference.changes)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_write(%s, %s, %s, %s::jsonb::text)", line)


def settle(connection):
    """Keys that are checked at the end are checked now: a table with checks to come keeps its triggers."""
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def trigger(table, name, when, does):
    """`ENABLE ALWAYS`: it fires for replication roles too."""
    return f'CREATE OR REPLACE TRIGGER "{name}" {when} {does}; ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"'


def drop(table, name):
    return f'DROP TRIGGER "{name}" ON "{table}"'


def row_triggers(table, how, key, root, columns):
    """(name, SQL) for one recorded table."""

    def row(name, op, kind, condition):
        said = [kind, key, root or "", _array(how.skip), _array(how.secret)]
        does = f"FOR EACH ROW {condition} EXECUTE FUNCTION audit_row({', '.join(map(_quoted, said))})"
        return name, trigger(table, name, f'AFTER {op} ON "{table}"', does)

    old, new = how.when.format(row="OLD"), how.when.format(row="NEW")
    if "INSERT" in how.on:
        yield row("harmony_insert", "INSERT", "whole", f"WHEN ({new})" if new else "")
    if how.when:  # a draft is filed: its first line shows it whole
        yield row("harmony_filed", "UPDATE", "whole", f"WHEN (NOT ({old}) AND ({new}))")
    yield row("harmony_update", "UPDATE", "changed", f"WHEN ({old})" if old else "")
    yield row("harmony_delete", "DELETE", "changed", f"WHEN ({old})" if old else "")
    yield _never(table, "TRUNCATE", f"{table} is recorded row by row")


def append_only(table):
    for op in ("UPDATE", "DELETE", "TRUNCATE"):
        yield _never(table, op, "The book is never rewritten")


def heads():
    """For the owner too: only the book moves them."""
    say = "Only the book moves the end of a chain"
    for op in ("INSERT", "UPDATE"):
        name, does = f"harmony_kept_{op.lower()}", f"FOR EACH ROW EXECUTE FUNCTION audit_head_kept({_quoted(say)})"
        yield name, trigger("audit_head", name, f'BEFORE {op} ON "audit_head"', does)
    for op in ("DELETE", "TRUNCATE"):
        yield _never("audit_head", op, say)


def guard(table, name, on, guard):
    """Its own function: what two at once have in common is locked first, so that both cannot pass."""
    lock = ""
    if guard.lock:
        lock = f'PERFORM 1 FROM "{guard.lock}" WHERE {guard.lock_to} = NEW.{guard.lock_by} FOR NO KEY UPDATE;'
    if guard.one_at_a_time:
        shared = f"concat_ws(' ', {_quoted(table)}, ({guard.one_at_a_time})::text)"
        lock += f" PERFORM pg_advisory_xact_lock(hashtextextended({shared}, 0));"
    result = "OLD" if on == "DELETE" else "NEW"
    function = f"""CREATE OR REPLACE FUNCTION "{table}_{name}"() RETURNS trigger LANGUAGE plpgsql {SAFE} AS $$
BEGIN
    {lock}
    IF ({guard.refuse_when}) THEN PERFORM audit_refuse({_quoted(guard.say)}); END IF;
    RETURN {result};
END $$; """
    does = f'FOR EACH ROW EXECUTE FUNCTION "{table}_{name}"()'
    return name, function + trigger(table, name, f'BEFORE {on} ON "{table}"', does)


def _never(table, op, say):
    name = f"harmony_no_{op.lower()}"
    each = "STATEMENT" if op == "TRUNCATE" else "ROW"
    does = f"FOR EACH {each} EXECUTE FUNCTION audit_never({_quoted(say)})"
    return name, trigger(table, name, f'BEFORE {op} ON "{table}"', does)


def _quoted(text):
    return "'" + text.replace("'", "''") + "'"


def _array(names):
    return "{" + ",".join(sorted(names)) + "}"
