"""Whether somebody could not be told: for the head of each page of those who can do something about it."""

from functools import cache

from . import inbox


def notices(request):
    """Asked at most once a page, and only if the page shows it."""
    user = getattr(request, "user", None)
    if not user or not user.is_authenticated:
        return {}
    return {"not_told": cache(lambda: inbox.trouble(user))}
