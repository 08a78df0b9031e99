"""What every page says of people: whom to ring now, signed in or not (S31), and how long one is still signed in."""

from functools import cache

from django.conf import settings
from django.utils.timezone import now

from harmony.look.once import once


def who_to_ring(request):
    """Asked once a page. A page about a concern sets `request.kept_out`: whom it must not name, even on an error."""
    from .rota import INSTANT, Rota

    at = now()
    rota = once(request, "rota", lambda: Rota(at, at + INSTANT))
    return {"who_to_ring": cache(lambda: rota().reachable(at, without=getattr(request, "kept_out", ())))}


def session_ends(request):
    return {"session_ends": getattr(request, "session_ends", None), "session_warning": settings.SESSION_WARNING}
