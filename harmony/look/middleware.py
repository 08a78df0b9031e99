"""Pages stay private, carry a number for the log, meet no character they cannot hold, and are small for strangers."""

import secrets

from django.conf import settings
from django.http import Http404, HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware

from . import errors, typed
from .characters import REFUSED, keepable, speaks_utf8
from .logs import request_id

HEADERS = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
}


def numbered(get_response):
    """Each request has a number: on error pages for people to quote, in the log to find."""

    def middleware(request):
        request.id = secrets.token_hex(4)
        token = request_id.set(request.id)
        try:
            return get_response(request)
        finally:
            request_id.reset(token)

    return middleware


def private_pages(get_response):
    """Nothing is kept by browsers or proxies, nothing is indexed. Empty refusals get a page in words.

    What a view calls `lasting` is the same for everybody for ever, whoever asks: it is kept for a year.
    """

    def middleware(request):
        response = errors.in_words(request, get_response(request))
        if getattr(response, "lasting", False):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
            del response.headers["Vary"]
            response.cookies.clear()
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


class CompressedForStrangers(GZipMiddleware):
    """A stranger's page is compressed: it holds nothing that a stranger may not read.

    Never a page of somebody signed in. It holds words of cases, and beside them what the address bar said: how
    small both become together tells a listener how alike they are (BREACH). What Django answers itself it pads.
    """

    def process_response(self, request, response):
        if settings.SESSION_COOKIE_NAME in request.COOKIES or settings.SESSION_COOKIE_NAME in response.cookies:
            return response
        return super().process_response(request, response)


def clean_query(get_response):
    """A NUL, half a surrogate pair or a strange encoding would fail deep inside: answer in words instead.

    Words of a form are looked at by the form's fields, which can keep them and say what to do: so they reach the
    fields as they were sent.
    """

    def middleware(request):
        if request.method == "TRACE":  # nobody needs it, and it would show a request to whoever asks
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        if not keepable(request.path_info):
            raise Http404
        content_type = request.META.get("CONTENT_TYPE", "")
        if content_type == REFUSED or not speaks_utf8(content_type) or not _keepable_query(request):
            return errors.bad_request(request)
        if request.method == "POST":
            typed.as_it_came(request)
            if not keepable(request.POST.get("next", "")):  # where to go next: no field could say a sentence
                return errors.bad_request(request)
        return get_response(request)

    return middleware


def _keepable_query(request):
    if not typed.is_utf8(request.META.get("QUERY_STRING", "")):
        return False
    return all(keepable(key) and all(map(keepable, values)) for key, values in request.GET.lists())
