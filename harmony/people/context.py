"""What every page says of people: whom to ring now, signed in or not (S31), and how long one is still signed in."""

from functools import cache

from django.conf import settings
from django.utils.timezone import now

from harmony import between
from harmony.look.once import once


def who_to_ring(request):
    """Asked once a page. A page about a concern sets `request.kept_out`: whom it must not name, even on an error.

    And whoever has told of somebody is not offered them on any page (decision 0191).
    """
    from .rota import INSTANT, Rota

    at = now()
    rota = once(request, "rota", lambda: Rota(at, at + INSTANT))
    user = getattr(request, "user", None)

    def without():
        theirs = between.not_to_ring(user) if user and user.is_authenticated else ()
        return {*getattr(request, "kept_out", ()), *theirs}

    return {"who_to_ring": cache(lambda: rota().reachable(at, without=without()))}


def session_ends(request):
    return {"session_ends": getattr(request, "session_ends", None), "session_warning": settings.SESSION_WARNING}
