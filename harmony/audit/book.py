"""Reading the book critically: does every line follow from the one above, and is it what was sealed?

`seals.py` binds the chains; `rows.py` holds the book against the tables it speaks of.
"""

from itertools import pairwise

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony.encryption.keys import ORGANISATION

from . import dialects, heads, rows
from .events import note
from .models import Entry, Seal
from .seals import digests, newest_seal, seal, seal_if_due

__all__ = [
    "at_one_moment",
    "breaks",
    "holds_seal",
    "newest_check",
    "newest_seal",
    "seal",
    "seal_if_due",
    "write_down_check",
]
# what a check of the whole book is called in it
HOLDS, BREAKS = "check the book: it holds", "check the book: it does not hold"


def breaks():
    """Every place where the book does not hold, in words."""
    for root, (stands, end) in heads.behind().items():
        yield heads.in_words(root, stands, end)
    yield from broken_lines()
    yield from rows.unexplained()


def broken_lines():
    """What no head can be blamed for: lines and seals that are missing, or not what was written."""
    yield from _broken_chains()
    yield from _broken_seals()


def write_down_check(by, breaks):
    """That the whole book was read, and whether it held: a line of the book itself."""
    note(BREAKS if breaks else HOLDS, by=by)


def newest_check():
    """The line that says when the book was last read from end to end; None before the first time."""
    lines = Entry.objects.filter(root=ORGANISATION.hex, table_name="", verb__in=(HOLDS, BREAKS))
    return lines.order_by("-seq").first()


def at_one_moment():
    """While the organisation goes on working: everything is read as it stood when this was entered."""
    return dialects.of(connection).snapshot(connection)


def holds_seal(printed):
    """The seal whose digest begins as this one, printed on a PDF or a mail, does; None: it was never ours."""
    return Seal.objects.filter(digest__startswith=printed.lower()).last() if printed else None


def _broken_chains():
    ends, root, above, seq = heads.should_stand(), None, "", 0
    for entry in Entry.objects.order_by("root", "seq").iterator():
        if entry.root != root:
            yield from _missing_end(root, seq, ends)
            root, above, seq = entry.root, "", 0
        seq += 1
        if entry.seq != seq:
            told = {"root": root, "seq": seq, "line": entry}
            yield _("Chain %(root)s: line %(seq)d is missing, before %(line)s") % told
            seq = entry.seq
        elif entry.digest != entry.digest_after(above):
            told = {"root": root, "seq": seq, "line": entry}
            yield _("Chain %(root)s: line %(seq)d is not what was written: %(line)s") % told
        above = entry.digest
    yield from _missing_end(root, seq, ends)
    for root, seq in ends.items():
        told = {"root": root, "count": seq}
        yield (
            ngettext("Chain %(root)s: its only line is missing", "Chain %(root)s: all %(count)d lines are missing", seq)
            % told
        )


def _missing_end(root, seq, ends):
    if root and ends.pop(root, None) != seq:
        told = {"root": root, "seq": seq}
        yield _("Chain %(root)s: it does not end at line %(seq)d, as it now does") % told


def _broken_seals():
    above = ""
    for line in Seal.objects.iterator():
        if line.digest != line.digest_after(above):
            yield _("Seal %(number)d is not what was written") % {"number": line.id}
        above = line.digest
        sealed = {(root, int(seq)): digest for root, seq, digest in map(str.split, line.heads.splitlines())}
        found = digests(list(sealed))
        for (root, seq), digest in sealed.items():
            if found.get((root, seq)) != digest:
                told = {"number": line.id, "root": root, "seq": seq}
                yield _("Seal %(number)d: chain %(root)s was another one, up to line %(seq)d") % told
    for one, next in pairwise(Seal.objects.values_list("id", flat=True)):
        if next != one + 1:
            yield _("Seal %(number)d is missing") % {"number": one + 1}
