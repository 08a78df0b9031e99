"""How each engine looks tokens up: FTS5 in SQLite, GIN in PostgreSQL. With the triggers of the book, all that knows a dialect.

`matching(among, wanted)` narrows a queryset to the records that hold a token of each set; what it scopes stays in the
same question, so that nothing outside of it is ever read.
"""

TABLE = "encryption_indexedrecord"

# no positions and no counts are kept: nobody can put a text together again, not even of tokens
SQLITE = (
    f"""CREATE VIRTUAL TABLE IF NOT EXISTS encryption_index USING fts5(
        tokens, content='{TABLE}', content_rowid='id', tokenize='ascii', detail=none, columnsize=0)""",
    f"""CREATE TRIGGER IF NOT EXISTS search_insert AFTER INSERT ON {TABLE} BEGIN
        INSERT INTO encryption_index (rowid, tokens) VALUES (NEW.id, NEW.tokens); END""",
    f"""CREATE TRIGGER IF NOT EXISTS search_update AFTER UPDATE ON {TABLE} BEGIN
        INSERT INTO encryption_index (encryption_index, rowid, tokens) VALUES ('delete', OLD.id, OLD.tokens);
        INSERT INTO encryption_index (rowid, tokens) VALUES (NEW.id, NEW.tokens); END""",
    f"""CREATE TRIGGER IF NOT EXISTS search_delete AFTER DELETE ON {TABLE} BEGIN
        INSERT INTO encryption_index (encryption_index, rowid, tokens) VALUES ('delete', OLD.id, OLD.tokens); END""",
)
# without a list of what is still to be sorted in, which each search would have to read through
POSTGRESQL = (
    f"""CREATE INDEX IF NOT EXISTS encryption_index ON {TABLE}
        USING gin (string_to_array(tokens, ' ')) WITH (fastupdate = off)""",
)


def install(connection):
    """After migrations, which may have made the table anew."""
    with connection.cursor() as cursor:
        if TABLE in connection.introspection.table_names(cursor):
            for sql in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
                cursor.execute(sql)


def matching(connection, among, wanted):
    key = f'"{among.model._meta.db_table}"."{among.model._meta.pk.column}"'
    here = f'{TABLE}."subject" = {key}'
    if connection.vendor == "sqlite":
        sought = " AND ".join(f"({' OR '.join(sorted(tokens))})" for tokens in wanted)
        found = [f'encryption_index."rowid" = {TABLE}."id"', "encryption_index MATCH %s"]
        return among.extra(tables=["encryption_index", TABLE], where=[here, *found], params=[sought])
    each = [f"string_to_array({TABLE}.tokens, ' ') && %s" for _tokens in wanted]
    return among.extra(tables=[TABLE], where=[here, *each], params=[sorted(tokens) for tokens in wanted])


def tidy(connection):
    """What was taken out lies in no page of the index any more. (PostgreSQL's vacuum does this by itself.)"""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO encryption_index (encryption_index) VALUES ('optimize')")
