"""The step that opens a case in an emergency, apart from the others so that both can be read (N8)."""

from datetime import timedelta

from django.utils.translation import gettext as _now

from harmony.audit.transitions import ANY, Refused, transition
from harmony.notifications.telling import tell
from harmony.people.models import User

from .. import access

FOR = timedelta(minutes=60)


class OpensInAnEmergency:
    """Part of Case: somebody who leads, and has no right to it, reads it for an hour (see emergencies.py)."""

    @transition(source=ANY, to=None, may=access.may_open_in_emergency, reason=True)
    def open_in_emergency(self, *, by, at, why):
        """Everybody else who leads and is not kept out is told in the same breath; where nobody is left, it stays shut."""
        opened = self.emergencies.create(user=by, why=why, opened_at=at, ends_at=at + FOR)
        leading = User.objects.holding(*access.LEADING).exclude(pk__in=self.recusals.values("user"))
        others = [user for user in leading if user != by]
        said = {"clock": "emergency", "sentence": "emergency_opened", "urgent": True, "at": at}
        if not others or len(tell("emergency", opened, others, **said)) < len(others):
            raise Refused(_now("Nobody is left to be told, so it stays shut."))
        self.entries.create(
            author=by, kind="note", words=_now("Opened in an emergency: %(why)s") % {"why": why}, happened_at=at,
            written_at=at, significant=True,
        )  # fmt: skip
