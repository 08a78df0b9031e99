"""The book against the tables: is every row what its lines say it is?

Whoever owns the database can disable the triggers and change a row. The chain stays whole, but it no
longer leads to what the table holds. Both are read in the order of their keys, side by side, so that
this takes no more memory for a million rows than for one.

Columns that are skipped or secret (recording.py) are not compared.
"""

import json
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from django.db import connection
from django.db.models.functions import Collate
from django.utils.translation import gettext as _

from harmony.encryption.keys import ORGANISATION

from . import dialects
from .models import Entry
from .recording import recorded

LINE = ("row_id", "changes", "verb", "actor_name", "recorded_at")
DONE = (None, None)


@dataclass
class Told:
    """What the lines of one row come to."""

    columns: dict = field(default_factory=dict)
    deleted: bool = False
    last: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """A row, and what no line says about it."""

    table: str
    row: str
    root: str
    changes: dict  # {column: [as told, as held]}, as a line would have it
    said: str  # in words; nothing, if only a new column has not been told of yet: a migration has added it

    def __str__(self):
        return f"{self.table} {self.row} {self.said}"


def unexplained():
    """Every row that the book does not account for, in words."""
    for model, how in in_the_database():
        yield from (str(difference) for difference in differences(model, how) if difference.said)


def in_the_database():
    """(model, how it is recorded), for the tables that are there."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    return [(model, how) for model, how in recorded() if model._meta.db_table in there]


def differences(model, how):
    """The rows of one table, beside what their lines come to."""
    table, key = model._meta.db_table, model._meta.pk.column
    told = _told(table, key)
    held = dialects.of(connection).rows(connection, table, key, how.when.format(row="held") or "1 = 1")
    (row, lines), (at, values) = next(told, DONE), next(held, DONE)
    while row or at:
        if at is None or (row is not None and row < at):
            yield from _compared(table, row, how, lines, {})
            row, lines = next(told, DONE)
        elif row is None or at < row:
            yield from _compared(table, at, how, None, values)
            at, values = next(held, DONE)
        else:
            yield from _compared(table, row, how, lines, values)
            (row, lines), (at, values) = next(told, DONE), next(held, DONE)


def _compared(table, row, how, lines, values):
    """What differs, if anything."""
    told = lines.columns if lines and not lines.deleted else {}
    held = {name: "***" if name in how.secret else value for name, value in values.items() if name not in how.skip}
    said = _in_words(how, lines, told, held)
    if said is not None:
        other = {name for name in told | held if name not in told or told[name] != held.get(name)}
        changes = {name: [told.get(name), held.get(name)] for name in sorted(other)}
        root = (told | held).get("root") or ORGANISATION.hex
        yield Difference(table, row, root.replace("-", ""), changes, said and _unsaid(said, lines))


def _unsaid(said, lines):
    if lines:
        told = {"what": said} | lines.last
        return _("%(what)s, and no line says so. The last one: %(verb)s by %(actor)s at %(time)s") % told
    return _("%(what)s, and no line says so") % {"what": said}


def _in_words(how, lines, told, held):
    """None: nothing differs. Empty: only columns of which no line has told yet."""
    if not told and not held:
        return None
    if not held:
        return _("is gone")
    if not told:
        return _("is there again") if lines else _("is there") if "INSERT" in how.on else None
    if changed := sorted(name for name in told.keys() & held.keys() if told[name] != held[name]):
        return _("changed: %(columns)s") % {"columns": ", ".join(changed)}
    return "" if held.keys() - told.keys() and "INSERT" in how.on else None


def _told(table, key):
    """(row, what its lines come to), in the order of the keys."""
    bytewise = Collate("row_id", dialects.of(connection).BYTEWISE)
    lines = Entry.objects.filter(table_name=table, changes__isnull=False).order_by(bytewise, "id")
    for row, its_lines in groupby(lines.values_list(*LINE).iterator(), key=itemgetter(0)):
        told = Told()
        for _row, changes, verb, actor, at in its_lines:
            # numbers as they are written: 1.50 is not 1.5, and no digit is rounded away
            after = {name: value for name, (_before, value) in json.loads(changes, parse_float=str).items()}
            told.columns |= after
            told.deleted = key in after and after[key] is None
            told.last = {"verb": verb, "actor": actor, "time": at}
        yield row, told
