"""The site with views that go wrong, for the tests of the look."""

import logging

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from harmony.urls import *
from harmony.urls import urlpatterns as site

log = logging.getLogger("harmony.look.site")


@csrf_exempt
def fails(request):
    assert request.user
    kept = request.POST.get("words", "") + request.GET.get("q", "")
    log.warning("thinking about %s", kept)
    raise ValueError(f"nobody should read {kept}")


def raises(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("fails/", fails),
    path("fails/400/", raises(BadRequest("no"))),
    path("fails/403/", raises(PermissionDenied("no"))),
    path("fails/404/", raises(Http404("no such case: 7KQ2"))),
    path("fails/405/", require_POST(lambda request: HttpResponse("taken"))),
    path("fails/413/", raises(RequestDataTooBig("no"))),
    path("fails/503/", raises(OperationalError("no connection to 10.0.0.7"))),
    path("taken/", lambda request: HttpResponse(request.POST.get("words", "nothing"))),
    *site,
]
