"""A form that adds something, sent twice by an impatient finger, adds it once: the second answer is the first one's.

The blank form carries a key. What counts as twice is the same key with the same answers, from the same person, within
an hour; another answer, after going back, is another form. (Reports and entries of a case keep this in the database.)
"""

import time
from hashlib import sha256
from uuid import uuid4

from django.core.cache import cache
from django.http import HttpResponseRedirect

FIELD, REMEMBERED, UNDER_WAY = "once", 60 * 60, "…"
PATIENCE = 10  # seconds for the first one to be answered


def once(request):
    """Context processor: the key of this blank form."""
    return {FIELD: lambda: uuid4().hex}


def answer_once(get_response):
    """Middleware: a form that was taken is not taken again."""

    def middleware(request):
        if request.method != "POST" or not request.POST.get(FIELD) or not request.user.is_authenticated:
            return get_response(request)
        name = _name(request)
        if not cache.add(name, UNDER_WAY, PATIENCE * 2):
            return HttpResponseRedirect(_where_the_first_led(name) or request.get_full_path())
        taken = ""
        try:
            response = get_response(request)
            taken = response.headers.get("Location", "") if response.status_code == 302 else ""
        finally:
            cache.set(name, taken, REMEMBERED) if taken else cache.delete(name)
        return response

    return middleware


def _name(request):
    answers = sorted((field, value) for field, values in request.POST.lists() for value in values)
    answers = [answer for answer in answers if answer[0] != "csrfmiddlewaretoken"]
    return f"once-{sha256(repr([request.user.pk.hex, request.path, answers]).encode()).hexdigest()}"


def _where_the_first_led(name):
    deadline = time.monotonic() + PATIENCE
    while (led := cache.get(name)) == UNDER_WAY and time.monotonic() < deadline:
        time.sleep(0.1)
    return led if led != UNDER_WAY else None
