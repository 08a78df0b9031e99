"""Seals: all chains bound into one line, whose digest is printed where we cannot change it.

A chain alone does not show that somebody rewrote all of it, digests too; a seal on paper or in a
trustee's mailbox does. Whatever is younger than the newest seal is not covered yet: so seal often.
"""

from datetime import timedelta

from django.db import connection
from django.db.models import F, Q, Sum
from django.utils.timezone import now

from . import dialects
from .events import event, stamp
from .models import Entry, Head, Seal

LINES = 500  # at the latest after so many lines …
DAYS = timedelta(days=1)  # … or so long, if anything was written


def newest_seal():
    """For the foot of a PDF or a mail; None before the first."""
    return Seal.objects.last()


def seal_if_due(at=None):
    """Safe to ask as often as one likes, by several at once."""
    waiting = _grown().aggregate(lines=Sum(F("seq") - F("sealed_seq")))["lines"] or 0
    newest = newest_seal()
    aged = not newest or (at or now()) - newest.made >= DAYS
    return seal() if waiting >= LINES or (waiting and aged) else None


def seal():
    """Bind the chains that grew since the last seal into one line; nothing to bind, no line.

    A chain that somebody is writing at this moment is left for the next seal: whoever is filing a
    report never waits for this, and this waits for nobody, so the two cannot block each other.
    """
    with event("seal", by="the seal job"):
        dialects.of(connection).one_at_a_time(connection, "audit_seal")
        heads = list(_grown().order_by("root").select_for_update(skip_locked=True))
        if not heads:
            return None
        # in a statement of its own: one that locks sees each head as it is now, but what it joins as it was before
        ends = digests([(head.root, head.seq) for head in heads])
        above = newest_seal()
        lines = "\n".join(f"{head.root} {head.seq} {ends[head.root, head.seq]}" for head in heads)
        line = Seal(id=above.id + 1 if above else 1, sealed_at=stamp(now()), heads=lines)
        line.digest = line.digest_after(above.digest if above else "")
        line.save(force_insert=True)
        for head in heads:
            head.sealed_seq = head.seq
        Head.objects.bulk_update(heads, ["sealed_seq"], batch_size=200)
        return line


def _grown():
    return Head.objects.filter(seq__gt=F("sealed_seq"))


def digests(ends):
    """{(root, seq): digest}, a few hundred lines a query."""
    found = {}
    for start in range(0, len(ends), 200):
        these = Q()
        for root, seq in ends[start : start + 200]:
            these |= Q(root=root, seq=seq)
        for root, seq, digest in Entry.objects.filter(these).values_list("root", "seq", "digest"):
            found[root, seq] = digest
    return found
