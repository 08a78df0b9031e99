"""Error pages: what happened, what to do now, and whom to ring.

404 is the same for everything that is missing and everything one may not see: it carries no number and
no path. 500 and 503 ask no database; the others try to, for the numbers of our own people, and do without.
"""

import logging
import sys
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string

from harmony.organisation.national import NATIONAL

log = logging.getLogger(__name__)
# answers that Django and allauth give without a page
BARE = {HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_ENTITY_TOO_LARGE}
NSPCC = next(contact for contact in NATIONAL if contact["code"] == "nspcc")
LAST_RESORT = (
    "<!doctype html><html lang='en-GB'><title>Something went wrong</title><h1>Something went wrong</h1>"
    f"<p>If anyone is in danger now, ring 999. To talk to someone, ring the {NSPCC['name']} on {NSPCC['phone']}.</p>"
)


def page(request, status, *, name="", asks_database=True):
    """The page for a status. When it cannot be drawn, the same without the database; then words alone."""
    name = f"errors/{name or int(status)}.html"
    context = {"is_error": True, "national": NATIONAL, "request_id": getattr(request, "id", "")}
    for asking in [request, None] if asks_database else [None]:
        try:
            return HttpResponse(render_to_string(name, context, request=asking), status=status)
        except Exception:
            log.exception("an error page could not be drawn", extra={"status": int(status)})
    return HttpResponse(LAST_RESORT, status=status)


def bad_request(request, exception=None):
    too_big = isinstance(exception, RequestDataTooBig | TooManyFilesSent)
    return page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE if too_big else HTTPStatus.BAD_REQUEST)


def forbidden(request, exception=None):
    return page(request, HTTPStatus.FORBIDDEN)


def csrf_failure(request, reason=""):
    """Almost always a page that stood open too long, or cookies that are off."""
    return page(request, HTTPStatus.FORBIDDEN, name="csrf")


def not_found(request, exception=None):
    return page(request, HTTPStatus.NOT_FOUND)


def server_error(request):
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = HTTPStatus.SERVICE_UNAVAILABLE if away else HTTPStatus.INTERNAL_SERVER_ERROR
    return page(request, status, asks_database=False)


def in_words(request, response):
    """A bare refusal gets its page, and keeps its headers (Allow, Retry-After)."""
    if response.status_code not in BARE or response.streaming or response.content:
        return response
    told = page(request, response.status_code)
    for name, value in response.headers.items():
        told.headers.setdefault(name, value)
    return told
