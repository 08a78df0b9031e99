"""Who may have an exported document: whoever asked for it, for as long as they may see what it is about."""

from django.db.models import Q

from harmony.people.models import Post

from . import kinds

CHECKERS = (
    *(Post.DSO, Post.DEPUTY, Post.LEAD, Post.ALLEGATIONS, Post.CHAIR, Post.VICE, Post.TRUSTEE),
    *(Post.OFFICE, Post.AUDITOR, Post.TRAINING),
)
WORKER = "the document maker"  # no person: it ends what has no use any more


def exports_visible_to(user):
    """One's own, of records one may still see: recused meanwhile is as if it had never been asked for."""
    seen = Q(pk__in=[])
    for kind in kinds.every():
        seen |= Q(kind=kind.code, about__in=kind.records(user).values("pk"))
    return seen & Q(requested_by=user)


def may_check(user):
    """Who is offered the page: whoever can make such documents, and whoever is asked whether one is true."""
    return user.is_active and user.holds(*CHECKERS)


def exports_checkable_by(user):
    """Of which papers this person is told that they are ours. Each kind says about which records."""
    seen = Q(pk__in=[])
    for kind in kinds.every() if may_check(user) else ():
        records = (kind.checkable or kind.records)(user)
        seen |= Q(kind=kind.code, about__in=records.values("pk"))
    return seen


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
