"""The test client, whose `force_login` comes in with two proofs, as a passkey does."""

import time

from django.test import Client


class TwoProofs(Client):
    """Posts that open other people's records ask for a second proof; tests of their pages start after it."""

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
