"""Whom to ring now: on every page, signed in or not (S31)."""

from functools import cache


def who_to_ring(request):
    """Asked once a page. A page about a concern sets `request.kept_out`: whom it must not name, even on an error."""
    from . import rota

    return {"who_to_ring": cache(lambda: rota.reachable(without=getattr(request, "kept_out", ())))}
