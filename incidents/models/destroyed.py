"""A case whose time was over: what is left of it once its keys are gone. An abstract part of `Case` (decision 0433).

The row stays, with its reference and its dates, and nobody opens it any more: `access.not_recused` leaves it out of every
list, search and count. Who destroyed it, and by which rule, stands with the schedule (harmony/retention).
"""

from django.db import models
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard

HELD = gettext_noop("A legal hold stands on this. It is not destroyed until the hold is lifted.")
STANDS = "JOIN retention_hold ON retention_hold.about = held.case_id WHERE retention_hold.status = 'standing'"
# the keys that hang on a case besides its own, which the ground guards: of its reports, of the answers for equality, of each file
WITH_IT = " OR ".join(
    f"EXISTS (SELECT 1 FROM {table} held {STANDS} AND held.{column} = OLD.root)"
    for table, column in (("incidents_report", "root"), ("incidents_monitoring", "root"), ("incidents_casefile", "id"))
)
GUARDS = [
    Guard(
        on=("UPDATE",),
        refuse_when="OLD.destroyed_at IS NOT NULL AND NEW.destroyed_at IS NULL",
        say=gettext_noop("What was destroyed does not come back."),
    ),
    Guard(
        on=("UPDATE",),
        refuse_when="""OLD.destroyed_at IS NULL AND NEW.destroyed_at IS NOT NULL AND EXISTS (
            SELECT 1 FROM retention_hold WHERE about = NEW.id AND status = 'standing')""",
        say=HELD,
    ),
    Guard(
        on=("DELETE",),
        refuse_when="OLD.destroyed_at IS NOT NULL",
        say=gettext_noop("That there was a case is never forgotten."),
    ),
    Guard(
        on=("DELETE",),
        refuse_when="EXISTS (SELECT 1 FROM retention_hold WHERE about = OLD.id AND status = 'standing')",
        say=HELD,
    ),
    Guard(
        table="encryption_rootkey",
        on=("UPDATE",),
        refuse_when=f"OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND ({WITH_IT})",
        say=HELD,
    ),
    Guard(table="encryption_rootkey", on=("DELETE",), refuse_when=WITH_IT, say=HELD),
]


class Destroyed(models.Model):
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
