"""Rules the database keeps beyond CHECK and UNIQUE, declared beside the model: `guards = [Guard(…)]`.

(Django's ExclusionConstraint is silently ignored on SQLite, so it is not used.)
"""

from dataclasses import dataclass

from django.apps import apps
from django.utils.translation import gettext


@dataclass(frozen=True)
class Guard:
    """A rule over OLD and NEW, in SQL that both engines understand; `say` is a gettext_noop sentence.

    PostgreSQL lets two at once both look before either has written. Where the rule looks at other rows,
    name what the two have in common: a parent row (`lock`, `lock_by`), or an expression (`one_at_a_time`).
    `table`: of the ground, where a room keeps a rule over what lies under it and knows nothing of the room.
    """

    on: tuple  # of "INSERT", "UPDATE", "DELETE"
    refuse_when: str
    say: str
    lock: str = ""  # the parent's table …
    lock_by: str = ""  # … and the column that points to it …
    lock_to: str = "id"  # … by this one
    one_at_a_time: str = ""  # such as "NEW.post"
    table: str = ""  # the model's own, unless another is named


def of(model):
    """(table, trigger name, operation, guard), a trigger for each operation."""
    own = model._meta.db_table
    for number, guard in enumerate(getattr(model, "guards", ()), start=1):
        whose = f"{own}_" if guard.table else ""  # beside the guards of that table's own model
        for on in guard.on:
            yield guard.table or own, f"harmony_guard_{whose}{number}_{on.lower()}", on, guard


def sentence(error):
    """What to show when a guard refused, in the reader's language; None for any other error."""
    said = str(error).partition("\n")[0]  # PostgreSQL goes on with where it happened
    known = {guard.say for model in apps.get_models() for *_trigger, guard in of(model)}
    return gettext(said) if said in known else None
