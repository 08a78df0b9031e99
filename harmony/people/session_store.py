"""A session lies in the database under a hash of its key: who reads the table goes on as nobody (decision 0203).

The key is in the cookie and nowhere else. `session_key` is the name under which the session lies here, so that all who
list or end sessions, allauth too, hold names and never a key.
"""

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

from django.conf import settings
from django.contrib.sessions import middleware
from django.contrib.sessions.backends import db

KEY_BYTES = 32
LENGTH = 40  # characters of the column, 6 bits each: the first 240 bits of the hash


class SessionStore(db.SessionStore):
    """Django's, in the database. `key` is what its cookie holds: None where a session was looked up by its name."""

    key = None

    @classmethod
    def opened_with(cls, key):
        """The session of whoever shows this key. None, or one that opens nothing, gives an empty session."""
        store = cls(_name(key) if key else None)
        store.key = key
        return store

    def _get_new_session_key(self):
        self.key = secrets.token_urlsafe(KEY_BYTES)  # nobody draws the same twice, and an insert would refuse it
        return _name(self.key)


class SessionMiddleware(middleware.SessionMiddleware):
    """Django's, with the key in the cookie where it would put the name."""

    def process_request(self, request):
        request.session = SessionStore.opened_with(request.COOKIES.get(settings.SESSION_COOKIE_NAME))

    def process_response(self, request, response):
        response = super().process_response(request, response)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie and cookie.value:  # an empty one takes the cookie away
            response.cookies[settings.SESSION_COOKIE_NAME] = request.session.key
        return response


def _name(key):
    return urlsafe_b64encode(sha256(key.encode()).digest())[:LENGTH].decode()
