"""Tables as they stood at a moment, read back out of the book.

    past = Past(at, [Membership, Appointment])
    past.rows(Membership, "user_id", "starts_on")

What a page says of a day gone by is what it would have said on that day, however much was put right since. One query.
Counted by when a thing happened (`happened_at`), which is the moment of the step that did it. Columns that the book
does not keep (recording.py: skipped, secret) cannot be asked for.
"""

import json

from .events import stamp
from .models import Entry
from .recording import recorded


class Past:
    def __init__(self, at, models):
        """`at`: an aware moment; whatever happened at it is known."""
        self._tables = {model._meta.db_table: {} for model in models}
        lines = Entry.objects.filter(table_name__in=list(self._tables), changes__isnull=False)
        lines = lines.filter(happened_at__lte=stamp(at)).order_by("id")
        for table, row, changes in lines.values_list("table_name", "row_id", "changes").iterator():
            held = self._tables[table].setdefault(row, {})
            held |= {column: after for column, (_before, after) in json.loads(changes).items()}

    def rows(self, model, *names):
        """Tuples of these fields (attribute names, such as "user_id"), as `values_list` would give them."""
        fields = [_field(model, name) for name in names]
        key = model._meta.pk.column
        for held in self._tables[model._meta.db_table].values():
            if held.get(key) is not None:  # else it was removed
                yield tuple(field.to_python(held.get(field.column)) for field in fields)


def _field(model, name):
    """A key of another table reads as that table's key."""
    field, how = next(one for one in model._meta.concrete_fields if one.attname == name), dict(recorded())[model]
    if field.column in how.skip | how.secret:
        raise ValueError(f"The book does not keep {name}")
    return _Key(field) if field.is_relation else field


class _Key:
    def __init__(self, field):
        self.column, self.to_python = field.column, field.target_field.to_python
