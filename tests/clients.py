"""The test client, whose `force_login` comes in with two proofs, as a passkey does."""

import time

from django.conf import settings
from django.test import Client

from harmony.people.session_store import SessionStore


class TwoProofs(Client):
    """Posts that open other people's records ask for a second proof; tests of their pages start after it."""

    @property
    def session(self):
        """What Django's client gives, for a cookie that holds a key and not the name of a session."""
        if cookie := self.cookies.get(settings.SESSION_COOKIE_NAME):
            return SessionStore.opened_with(cookie.value)
        begun = SessionStore()
        begun.save()
        self.cookies[settings.SESSION_COOKIE_NAME] = begun.key
        return begun

    def _set_login_cookies(self, request):
        super()._set_login_cookies(request)
        self.cookies[settings.SESSION_COOKIE_NAME] = request.session.key

    def force_login(self, user, backend=None):
        super().force_login(user, backend)
        session = self.session
        proof = {"method": "mfa", "type": "webauthn", "at": time.time(), "reauthenticated": True}
        session["account_authentication_methods"] = [proof]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()


def same_as_missing(client, hidden, missing, method="get"):
    """Does an address answer, byte for byte, as one that never was? A page says its minute, so one that turned is let go."""
    for _try in range(2):
        answer, nowhere = (getattr(client, method)(address) for address in (hidden, missing))
        if (answer.status_code, answer.content, answer.headers) == (404, nowhere.content, nowhere.headers):
            return True
    return False
