"""A session ends after 15 minutes without use, and 12 hours after it began, whatever was done in it.

When it was last used lies in a signed cookie, not in the session: reading a page writes nothing to the database
(decision 0100). What a page asks for by itself is no use: htmx that fetches, and a page that refreshes itself
(`?again`). Without that cookie a session counts as used when it began, so a stolen session cookie alone dies first.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from harmony.look.words import hour

BY_ITSELF = ("HX-Request", "By-Itself")  # headers of what no person asked for, where they only read


@dataclass(frozen=True)
class Ends:
    """When a session ends, and whether using it puts that off."""

    at: float
    longer: bool

    @property
    def left(self):
        """In seconds."""
        return max(0, int(self.at - time.time()))

    @property
    def says(self):
        when = {"time": hour(datetime.fromtimestamp(self.at, UTC))}
        if self.longer:
            return _("You have not used this page for a while. You will be signed out at %(time)s.") % when
        return _("You will be signed out at %(time)s. Nobody stays signed in for longer than 12 hours.") % when


def sign_out_in_time(get_response):
    """Middleware: whoever comes too late is a stranger again."""

    def middleware(request):
        if not request.user.is_authenticated:
            return _outside(request, get_response(request))
        at = time.time()
        began = request.session.setdefault("began", at)
        if at >= _ends(began, _used(request, began)).at:
            logout(request)
            to_sign_in = redirect_to_login(request.get_full_path(), reverse("account_login") + "?idle=1")
            return _outside(request, _forgotten(to_sign_in))
        used = _used(request, began) if _by_itself(request) else at
        request.session_ends = _ends(began, used)
        response = get_response(request)
        if not request.user.is_authenticated:
            return _forgotten(response)
        if used == at:
            _remember(request, response, at)
        return response

    return middleware


@login_required
@require_http_methods(["GET", "POST"])
def session(request):
    """How long it still is. Asking changes nothing; posting is use, and puts the end off."""
    ends = request.session_ends
    return JsonResponse({"left": ends.left, "says": ends.says, "longer": ends.longer})


def _ends(began, used):
    idle, whole = used + settings.SESSION_IDLE_AGE, began + settings.SESSION_COOKIE_AGE
    return Ends(min(idle, whole), longer=idle < whole)


def _used(request, began):
    told = request.get_signed_cookie(cookie(), default="", salt=_salt(request))
    return max(began, float(told)) if told else began


def _remember(request, response, at):
    response.set_signed_cookie(
        cookie(),
        f"{at:.3f}",
        salt=_salt(request),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite=settings.SESSION_COOKIE_SAMESITE,
    )


def _forgotten(response):
    """The browser throws away what it kept of the pages, for "back" too. Not cookies: it would be a new device each time."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def cookie():
    return f"{settings.SESSION_COOKIE_NAME}-used"


def _salt(request):
    """One session's cookie is worth nothing to another."""
    return f"harmony.people.idle {request.session.session_key}"


def _by_itself(request):
    quiet = any(name in request.headers for name in BY_ITSELF) or "again" in request.GET
    return request.method in ("GET", "HEAD") and quiet


def _outside(request, response):
    """A part of a page that asks for itself gets no sign-in page inside it: 401, and nothing is drawn."""
    if "HX-Request" in request.headers and request.method == "GET" and response.status_code == 302:
        return HttpResponse(status=401)
    return response
