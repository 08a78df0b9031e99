"""What shows that somebody did a course: a certificate, sealed with the key of whose it is, and only ever downloaded."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.transitions import NEW, transition
from harmony.encryption.fields import RootField
from harmony.files.models import SealedFile, SealedFileQuerySet

from .. import access
from .completions import Completion


class EvidenceQuerySet(SealedFileQuerySet):
    def visible_to(self, user):
        return self.filter(access.evidence_visible_to(user))


class Evidence(SealedFile):
    completion = models.ForeignKey(Completion, models.PROTECT, related_name="evidence")
    root = RootField("completion")

    objects = EvidenceQuerySet.as_manager()
    guards = [
        Guard(
            on=("UPDATE",),
            refuse_when="NEW.completion_id <> OLD.completion_id",
            say=gettext_noop("A file stays as it was added."),
        ),
        *SealedFile.guards,
    ]

    class Meta:
        ordering = ["-added_at"]

    def __str__(self):
        return f"What shows {self.completion}"

    @classmethod
    def take(cls, completion, file, *, by, at=None):
        """Check it, store it, make its row. Raises Refused. The right is asked before a byte is stored, and again by the step."""
        one = cls(completion=completion, root=completion.root, added_by=by)
        if not access.may_add_evidence(by, one):
            raise PermissionDenied
        with one.storing(file):
            one.keep(by=by, at=at)

    @transition(source=NEW, to=SealedFile.Status.KEPT, may=access.may_add_evidence, done=_("added this"))
    def keep(self, *, by, at):
        self.added_at = at

    @transition(
        source={SealedFile.Status.KEPT},
        to=SealedFile.Status.LOCKED,
        may=access.may_lock_away,
        done=_("locked this away"),
    )
    def lock_away(self, *, by, at):
        """It should not be here: from now on nobody opens it."""
        self.locked_at, self.locked_by = at, by
