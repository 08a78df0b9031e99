"""Heads: how long each chain is. A head that stands behind its chain stops all writing to it, and can be set right.

The lines are the book, and the head only counts them: where more lines follow than it counts, and they hold, it is the
head that is wrong. A head *ahead* of its chain is another thing: lines were taken away, and no count brings them back.
"""

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from . import dialects
from .events import event, note
from .models import Entry, Head


def behind():
    """{root: (where its head stands, where its chain ends)}, of those that were wound back; None: it has no head."""
    stand = dict(Head.objects.values_list("root", "seq"))
    ends = Entry.objects.order_by("root").values_list("root").annotate(Max("seq"))
    return {root: (stand.get(root), end) for root, end in ends if end > stand.get(root, 0)}


def should_stand():
    """{root: line}: the heads, those that were wound back already set right."""
    return dict(Head.objects.values_list("root", "seq")) | {root: end for root, (_at, end) in behind().items()}


def in_words(root, stands, end):
    told = {"root": root, "stands": stands, "end": end}
    if stands is None:
        return _("Chain %(root)s: its head is missing, and it has %(end)d lines") % told
    return _("Chain %(root)s: its head was wound back to line %(stands)d, and it goes on to line %(end)d") % told


def heal(by, refuse_if):
    """Set right what was wound back, and write down that it was. Gives back what was done, in words.

    `refuse_if` is asked while nobody else can write: it raises when the lines themselves do not hold.
    """
    done = []
    with event("heal heads", by=by):
        dialects.of(connection).keep_writers_out(connection, Entry._meta.db_table)
        refuse_if()
        for root, (stands, end) in behind().items():
            if not Head.objects.filter(root=root).update(seq=end):
                Head.objects.create(root=root, seq=end)
            done.append(in_words(root, stands, end))
        if done:
            note("heal heads", by=by, why="\n".join(done))
    return done
