"""Small figures, hidden: "2 High concerns in May" can tell people who it was about."""

from django.utils.translation import gettext as _

SMALL = 5


def is_small(count):
    return 0 < count < SMALL


def shown(count):
    """A figure that stands alone."""
    return _("Fewer than %(small)d") % {"small": SMALL} if is_small(count) else str(count)


def blurred(count):
    """The same for a drawing: every small figure is as tall."""
    return SMALL - 1 if is_small(count) else count


def kept_in_words(of, kept):
    """How many of these promises were kept, where neither the kept nor the broken ones may be counted by subtraction."""
    broken = of - kept
    if of < SMALL:
        return _("Too few to show")
    if not broken or not kept:
        return _("None of them") if broken else _("All of them")
    if is_small(broken):
        return _("Some of them") if is_small(kept) else _("All but a few")
    if is_small(kept):
        return _("Only a few")
    return _("About %(count)d in 10") % {"count": min(9, max(1, round(10 * kept / of)))}


def to_hide(counts):
    """The keys of {key: count} whose figure is not shown, though the total is: the small ones, or all of them.

    What is hidden can be had from the total less what is shown. So the small ones are hidden alone only where their
    sum leaves open which of them is what: five at least, and less than would make nearly each of them a four. A
    nought is hidden among them, or five hidden figures that add up to five would all be ones.
    """
    small = {key for key, count in counts.items() if count < SMALL}
    total = sum(counts[key] for key in small)
    if not total:
        return set()
    return small if SMALL <= total <= (SMALL - 1) * len(small) - 2 else set(counts)


def said(count, *, hidden=False):
    return _("Not shown") if hidden else str(count)


def pooled(counts):
    """[[key, count]], most first, the small ones together as one, which does not say what it is made of."""
    ranked = sorted(counts.items(), key=lambda one: -one[1])
    rows, few = ([one for one in ranked if is_small(one[1]) is whether] for whether in (False, True))
    while few and rows and (len(few) == 1 or sum(count for _key, count in few) < SMALL):
        few.append(rows.pop())
    others = [(_("All others together"), sum(count for _key, count in few))] if few else []
    return [[key, str(count)] for key, count in [*rows, *others]]
