"""What every page says of people: whom to ring now, signed in or not (S31), and how long one is still signed in.

Strangers are given posts and numbers, and names where the organisation says so (decision 0201).
"""

from functools import cache

from django.conf import settings
from django.utils.timezone import now

from harmony import between
from harmony.look.once import once
from harmony.organisation.models import Organisation


def who_to_ring(request):
    """Asked once a page. A page about a concern sets `request.kept_out`: whom it must not name, even on an error.

    And whoever has told of somebody is not offered them on any page (decision 0191).
    """
    from .rota import INSTANT, Rota

    at = now()
    rota = once(request, "rota", lambda: Rota(at, at + INSTANT))
    organisation = once(request, "organisation", Organisation.current)
    user = getattr(request, "user", None)
    is_ours = bool(user and user.is_authenticated)

    def shown():
        theirs = between.not_to_ring(user) if is_ours else ()
        found = rota().reachable(at, without={*getattr(request, "kept_out", ()), *theirs})
        return found if is_ours or organisation().names_in_public else [reach.unnamed() for reach in found]

    return {"who_to_ring": cache(shown)}


def session_ends(request):
    return {"session_ends": getattr(request, "session_ends", None), "session_warning": settings.SESSION_WARNING}
