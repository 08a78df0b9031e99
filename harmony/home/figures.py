"""Small figures, hidden: "2 High concerns in May" can tell people who it was about."""

from django.utils.translation import gettext as _

SMALL = 5


def to_hide(counts):
    """The keys of {key: count} whose figure is not shown: the small ones, and more until nobody can work them out.

    What is hidden can be had from the total less what is shown: so all that is hidden adds up to five at least.
    """
    hidden = {key for key, count in counts.items() if 0 < count < SMALL}
    rest = sorted((key for key in counts if counts[key] >= SMALL), key=counts.get, reverse=True)
    while hidden and rest and (len(hidden) == 1 or sum(counts[key] for key in hidden) < SMALL):
        hidden.add(rest.pop())
    return hidden


def said(count, *, hidden=False):
    return _("Not shown") if hidden else str(count)


def pooled(counts):
    """[[key, count]], most first, the small ones together as one. Nothing when there is only the total to tell."""
    hidden = to_hide(counts)
    rows = [[key, str(count)] for key, count in sorted(counts.items(), key=lambda one: -one[1]) if key not in hidden]
    if hidden:
        rows.append([_("All others together"), str(sum(counts[key] for key in hidden))])
    return rows
