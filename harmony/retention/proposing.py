"""Each night: what is past its time is proposed, and what is not any more is taken back. As many queries for one as for all."""

from django.utils.timezone import localdate

from harmony.audit.events import event

from . import access, stores
from .models import Hold, Longer, Proposal


def propose(at):
    """How many were proposed. A hold wins, and so does whoever said that it is kept longer."""
    return sum(_propose(store, at) for store in stores.every())


def _propose(store, at):
    due = {one.about: one for one in store.due(at)}
    out = {*_about(Hold.objects.standing(), store), *_kept(store, at)}
    waiting = list(Proposal.objects.waiting().filter(kind=store.code))
    _take_back([one for one in waiting if one.about in out or not _still(one, due)], at)
    known = {one.about for one in waiting if one.about not in out and _still(one, due)}
    new = [_new(store, one, at) for about, one in sorted(due.items()) if about not in known | out]
    with event("propose", by=access.CLOCK, about=new, at=at):
        Proposal.objects.bulk_create(new)
    return len(new)


def _still(proposal, due):
    """A new entry moved its day, or its class is another one now."""
    now = due.get(proposal.about)
    return now is not None and (now.code, now.due_on) == (proposal.code, proposal.due_on)


def _about(held, store):
    return held.filter(kind=store.code).values_list("about", flat=True)


def _kept(store, at):
    longer = Longer.objects.running(localdate(at)).filter(proposal__kind=store.code)
    return longer.values_list("proposal__about", flat=True)


def _new(store, due, at):
    told = {name: getattr(due, name) for name in ("about", "reference", "code", "counted_on", "due_on")}
    return Proposal(kind=store.code, of_root=due.root, proposed_at=at, **told)


def _take_back(proposals, at):
    with event("take back", by=access.CLOCK, about=proposals, at=at):
        Proposal.objects.filter(pk__in=[one.pk for one in proposals]).update(status=Proposal.Status.OVERTAKEN)
