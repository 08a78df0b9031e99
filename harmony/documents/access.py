"""Who may have an exported document: whoever asked for it, for as long as they may see what it is about."""

from django.db.models import Q

from . import kinds

WORKER = "the document maker"  # no person: it ends what has no use any more


def exports_visible_to(user):
    """One's own, of records one may still see: recused meanwhile is as if it had never been asked for."""
    seen = Q(pk__in=[])
    for kind in kinds.every():
        seen |= Q(kind=kind.code, about__in=kind.records(user).values("pk"))
    return seen & Q(requested_by=user)


def may_have(user, export):
    """Asked when it is asked for, when it is made and at each download."""
    if export.requested_by_id != user.pk or not user.is_active:
        return False
    record = export.record_for(user)
    return record is not None and export.kind_of.may(user, record)


def may_end(by, export):
    """Only the clock and the worker, which are no users, give up an export or let it run out."""
    return by == WORKER


def may_delete(user, export):
    """The file, not the line that says it was made."""
    return export.requested_by_id == user.pk and user.is_active
