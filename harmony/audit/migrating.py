"""Migrations and the book.

A table with triggers cannot be altered freely, and a remade table loses them: so they are away while
migrations run, and rebuilt afterwards. What migrations do to rows meanwhile (a new column's default,
another type, somebody else's data migration) is told afterwards in one event, so that the book leads to
what the tables hold. Our own data migrations say why: RecordedPython.
"""

from contextlib import contextmanager

from django.db import DatabaseError, connections, migrations, transaction

from . import dialects, rows, triggers
from .events import event

_known = {}  # {database: differences there were before migrating: they are not the migration's}


def before(using="default", plan=(), **kwargs):
    if plan and triggers.existing(connections[using]):
        _known[using] = {(found.table, found.row) for found in _differences()}
    triggers.drop(using)


def after(using="default", **kwargs):
    triggers.install(using)
    known = _known.pop(using, None)
    if known is None:
        return  # nothing was migrated, or there was no book yet
    dialect = dialects.of(connections[using])
    with event("migrate", by="migration"):
        for found in [found for found in _differences() if (found.table, found.row) not in known]:
            dialect.write(connections[using], found)


def _differences():
    for model, how in rows.in_the_database():
        try:
            with transaction.atomic():
                yield from rows.differences(model, how)
        except DatabaseError:  # its table is not yet as the model says
            continue


class RecordedPython(migrations.RunPython):
    """RunPython whose changes stand in the book: the triggers are back for as long as it runs."""

    def __init__(self, code, *, why, **options):
        super().__init__(code, **options)
        self.why = why

    def deconstruct(self):
        name, args, options = super().deconstruct()
        return name, args, options | {"why": self.why}

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        with self._recorded(schema_editor, app_label):
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        with self._recorded(schema_editor, app_label):
            super().database_backwards(app_label, schema_editor, from_state, to_state)

    @contextmanager
    def _recorded(self, schema_editor, app_label):
        using = schema_editor.connection.alias
        triggers.install(using)
        with event(f"migrate {app_label}", by="migration", why=self.why):
            yield
        triggers.drop(using)
