"""With whom a case is shared: since when, by whom and why, as the book has it."""

from dataclasses import dataclass

from harmony.audit.models import Entry, load_reasons
from harmony.look.words import clock_time

from .models import CaseGrant


@dataclass(frozen=True)
class Shared:
    user: object
    by: str = ""
    at: str = ""
    why: str = ""
    advises: bool = False  # and may agree, or not, to what takes two


def shared_with(case, user):
    """That a case is shared with this person; None if it is not."""
    return next(iter(_told(case.grants.filter(user=user))), None)


def everybody_it_is_shared_with(case):
    return _told(case.grants.order_by("user__name"))


def _told(grants):
    """The row of a grant says with whom. Its line in the book says the rest."""
    grants = list(grants.select_related("user"))
    keys = [str(grant.pk) for grant in grants]
    lines = Entry.objects.filter(table_name=CaseGrant._meta.db_table, row_id__in=keys, verb__in=("share", "ask_in"))
    told = {line.row_id: line for line in load_reasons(lines)} if grants else {}
    return [_shared(grant, told.get(str(grant.pk))) for grant in grants]


def _shared(grant, line):
    if line is None:
        return Shared(grant.user, advises=grant.advises)
    return Shared(grant.user, line.actor_name, clock_time(line.happened), line.reason, grant.advises)
