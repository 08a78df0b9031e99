"""The way to a phone: one HTTP request to whatever service sends text messages here, if there is one.

    POST {HARMONY_PHONE_URL}   Authorization: Bearer {HARMONY_PHONE_TOKEN}
    {"id": "…", "to": "01632960101", "text": "A case needs you by 1pm today. Sign in."}

`id` stays the same when a message is tried again, so that the service can drop what it has sent.
"""

import json
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.utils.translation import gettext as _

from harmony.people import rota

from .bounded import HTTP, Line

TRY_AGAIN = (408, 425, 429)  # refusals of this moment, not of the message


def is_set_up():
    return bool(settings.HARMONY_PHONE_URL)


class NoNumber(Exception):
    """There is no phone to send this to."""


class Way:
    def send(self, notice, at):
        text = _("%(sentence)s Sign in.") % {"sentence": notice.says(at)}
        body = {"id": notice.pk.hex, "to": number_of(notice.recipient, at), "text": text}
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.HARMONY_PHONE_TOKEN}"}
        request = Request(settings.HARMONY_PHONE_URL, json.dumps(body).encode(), headers, method="POST")
        line = Line()
        try:
            with (
                line.stage(),
                build_opener(HTTP(line), StayHere).open(request, timeout=settings.EMAIL_TIMEOUT) as answer,
            ):
                if answer.status >= 300:
                    raise HTTPException
        finally:
            line.cut()

    def close(self):
        """Each request has a line of its own."""


class StayHere(HTTPRedirectHandler):
    """The token goes to the address that was set, and to no other."""

    def redirect_request(self, *args):
        return None


def number_of(user, at):
    """The number of their slot on the rota, or else their work phone."""
    slots = [reach.phone for reach in rota.on_call(at) if reach.user.pk == user.pk]
    number = "".join(sign for sign in (slots or [user.phone])[0] if sign in "+0123456789")
    if not number:
        raise NoNumber
    return number


def is_final(error):
    if isinstance(error, HTTPError):
        return 300 <= error.code < 500 and error.code not in TRY_AGAIN
    return isinstance(error, NoNumber)


def is_silent(error):
    """Whether the service, and not this message, is at fault. (An HTTPError is an answer.)"""
    return isinstance(error, OSError) and not isinstance(error, HTTPError)
