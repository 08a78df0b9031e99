"""Links that open one page to whoever holds them: hashed, expiring, used once."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext as _

from harmony.audit.models import Recorded
from harmony.audit.recording import Recording
from harmony.audit.transitions import ANY, NEW, StateMoved, transition
from harmony.encryption.fields import RootField

from .. import access
from .users import User


class CapabilityQuerySet(models.QuerySet):
    def opened_by(self, token, at=None):
        """The one record that this token opens now, if any."""
        return self.held_by(token, at).filter(used_at=None)

    def held_by(self, token, at=None):
        """The same, used or not: for what a link shows after it was used."""
        return self.filter(token_hash=sha256(token.encode(errors="replace")).hexdigest(), expires_at__gt=at or now())


class Capability(Recorded):
    """What a token opens. The token itself is shown once and never stored."""

    lasts = timedelta(days=7)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = CapabilityQuerySet.as_manager()
    recording = Recording(secret=frozenset({"token_hash"}))
    in_clear = {"token_hash": "a hash of 256 random bits"}

    class Meta:
        abstract = True

    def keep(self, token, at):
        """What is kept of a new token. Part of the step that makes it."""
        self.token_hash = sha256(token.encode()).hexdigest()
        self.expires_at = at + self.lasts

    @staticmethod
    def new_token():
        return secrets.token_urlsafe(32)


class InvitationQuerySet(CapabilityQuerySet):
    def opened_by(self, token, at=None):
        """Only while the person is still invited: whoever was suspended or has left meets a dead link."""
        return super().opened_by(token, at).filter(user__status=User.Status.INVITED).select_related("user")


class Invitation(Capability):
    """Opens the page where somebody invited sets their name and password."""

    user = models.ForeignKey(User, models.PROTECT, related_name="invitations")
    root = RootField("user")

    objects = InvitationQuerySet.as_manager()

    def __str__(self):
        return f"Invitation of {self.user}"

    @transition(source=NEW, to=None, may=access.may_invite)
    def send(self, token, *, by, at):
        """A link for somebody invited; older ones end."""
        self.keep(token, at)

    @transition(source=ANY, to=None, may=access.may_use)
    def use(self, *, by, at):
        if self.used_at:
            raise StateMoved(_("This link has been used."))
        self.used_at = at

    @transition(source=ANY, to=None, may=access.may_invite)
    def end(self, *, by, at):
        """A newer one takes its place."""
        self.expires_at = at
