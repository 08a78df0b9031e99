"""The menu, on every page of whoever is signed in."""

from functools import cache

from .navigation import entries


def navigation(request):
    user = getattr(request, "user", None)
    if not user or not user.is_authenticated:
        return {}
    return {"navigation": cache(lambda: entries(user, request.path))}
