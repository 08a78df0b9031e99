"""Which of many querysets hold anything at a moment: one question to the database for all of them.

    probe.holds_any((Case.objects.overdue, SecondLook.objects.waiting), at)   # [True, False]

For indexed columns the database answers in no time; what costs is putting a queryset together in Django, and planning
so long a question in PostgreSQL. So it is put together once in the life of a process, of a stand-in for the moment, and
planned once in the life of a connection (decision 0099).
"""

import operator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import lru_cache, reduce
from weakref import WeakKeyDictionary

from django.db import DatabaseError, connection
from django.db.models import DateField, DateTimeField, Expression
from psycopg2.extensions import AsIs


class Moment(Expression):
    """Stands in a queryset for the moment at which it will be asked.

    It answers what querysets ask of a moment: a time before or after it, and its day (`localdate`). For anything else
    there is `then`. `steps` says how it is worked out from that moment: functions, each with what else it is told.
    """

    def __init__(self, steps=(), output_field=None):
        super().__init__(output_field or DateTimeField())
        self.steps = steps

    @property
    def kind(self):
        """The same for two that are always the same: whichever queryset asks, each is worked out and sent once."""
        return self.steps, type(self.output_field)

    def then(self, how, *more, output_field=None):
        return Moment((*self.steps, (how, *more)), output_field or self.output_field)

    def as_sql(self, compiler, connection):
        return "%s", [self]  # its value is put in when it is asked

    def value(self, at):
        worked_out = reduce(lambda value, step: step[0](value, *step[1:]), self.steps, at)
        return self.output_field.get_db_prep_value(worked_out, connection)

    def __add__(self, span):
        return self.then(operator.add, span)

    def __sub__(self, span):
        return self.then(operator.sub, span)

    def utcoffset(self):
        return timedelta(0)  # never naive

    def astimezone(self, zone=None):
        return self.then(datetime.astimezone, zone)

    def date(self):
        return self.then(datetime.date, output_field=DateField())


def worked_out(how, at, output_field):
    """`how(at)`, of a moment or of what stands in for it."""
    return at.then(how, output_field=output_field) if isinstance(at, Moment) else how(at)


def holds_any(asks, at):
    """For each (at) -> queryset whether it holds a row. True where that cannot be said: whoever looks then sees why."""
    found = dict.fromkeys(asks, True)
    sql, params, answering = _put_together(tuple(found))
    if answering:
        with suppress(DatabaseError), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                sql, params = _prepared(cursor, sql, params)
            values = {kind: moment.value(at) for kind, moment in _moments(params).items()}
            cursor.execute(sql, [values[one.kind] if isinstance(one, Moment) else one for one in params])
            found.update(zip(answering, map(bool, cursor.fetchone()), strict=True))
    return [found[ask] for ask in asks]


@lru_cache(maxsize=8)
def _put_together(asks):
    """(SQL, what it is told, those that it answers for)."""
    answering, exist, params = [], [], []
    for ask in asks:
        with suppress(Exception):  # asked alone it says what is wrong with it
            sql, told = ask(Moment()).query.exists().get_compiler(connection=connection).as_sql()
            answering.append(ask)
            exist.append(f"EXISTS ({sql})")
            params += told
    return f"SELECT {', '.join(exist)}", params, answering


def _moments(params):
    """The different ones among them, by kind."""
    return {one.kind: one for one in params if isinstance(one, Moment)}


_prepared_here = WeakKeyDictionary()  # by connection: {what was prepared there: (how it is called, its moments)}


def _prepared(cursor, sql, params):
    """The same question as a statement that this connection of PostgreSQL knows already: (SQL, its moments)."""
    prepared = _prepared_here.setdefault(cursor.connection, {})
    if sql not in prepared:
        name, moments = f"harmony_probe_{len(prepared)}", _moments(params)
        places = {
            kind: AsIs(f"${at}::{moment.output_field.db_type(connection)}")
            for at, (kind, moment) in enumerate(moments.items(), start=1)
        }
        filled = [places[one.kind] if isinstance(one, Moment) else one for one in params]
        cursor.execute(f"PREPARE {name} AS {sql}", filled)
        told = f" ({', '.join(['%s'] * len(moments))})" if moments else ""
        prepared[sql] = f"EXECUTE {name}{told}", list(moments.values())
    return prepared[sql]
