"""Whether somebody has come in with this browser before: where not, their owner hears of it by mail.

A cookie of its own remembers it, one mark for each person who came in here, so that a shared computer is new once for
each. A mark is a keyed hash: it says nothing of whom, opens nothing, and is worth nothing in another person's browser.
"""

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

KEPT_FOR = 365 * 24 * 60 * 60  # seconds since somebody last came in with it
MOST = 20  # people who share a computer


def cookie():
    return f"{settings.SESSION_COOKIE_NAME}-device"


def is_known(request, user):
    return any(constant_time_compare(mark, _mark(user)) for mark in _marks(request))


def remember(request, response, user):
    mark = _mark(user)
    others = [one for one in _marks(request) if one != mark]
    response.set_cookie(
        cookie(),
        ".".join([mark, *others][:MOST]),
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite=settings.SESSION_COOKIE_SAMESITE,
    )


def _marks(request):
    return request.COOKIES.get(cookie(), "").encode("ascii", "ignore").decode().split(".")[:MOST]


def _mark(user):
    return salted_hmac("harmony.people.devices", str(user.pk), algorithm="sha256").hexdigest()[:32]
