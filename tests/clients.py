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
