"""A file of a case: sealed with the case's key, kept as it was sent, and only ever downloaded (practice.md 1.4)."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.transitions import NEW, Refused, transition
from harmony.encryption.fields import RootField, load_keys
from harmony.files.models import SealedFile, SealedFileQuerySet

from .. import access
from .cases import Case
from .imagery import OF_A_FILE


class CaseFileQuerySet(SealedFileQuerySet):
    def visible_to(self, user):
        return self.filter(access.files_visible_to(user))


class CaseFile(SealedFile):
    case = models.ForeignKey(Case, models.PROTECT, related_name="files")
    root = RootField("case")
    # whoever added it ticked that it shows no nude or sexual image of anyone under 18
    said_clean = models.BooleanField()

    objects = CaseFileQuerySet.as_manager()
    guards = [
        OF_A_FILE,
        Guard(on=("UPDATE", "DELETE"), refuse_when="1 = 1", say=gettext_noop("A file stays as it was added.")),
    ]

    class Meta:
        ordering = ["-added_at"]
        constraints = [models.CheckConstraint(name="said_to_show_no_such_image", condition=Q(said_clean=True))]

    def __str__(self):
        return f"File of {self.case}"

    @classmethod
    def take(cls, case, file, said_clean, *, by, at=None):
        """Check it, store it, make its row; sent twice by the same person it is kept once. Raises Refused.

        Right and gate are asked before a byte is stored, and again by the step that makes the row.
        """
        one = cls(case=case, root=case.root, added_by=by, said_clean=said_clean)
        if not access.may_add_file(by, one):
            raise PermissionDenied
        one._refuse_images()
        if not one._is_here(file):
            with one.storing(file):
                one.keep(by=by, at=at)

    @transition(source=NEW, to=None, may=access.may_add_file)
    def keep(self, *, by, at):
        self._refuse_images()
        self.added_at = at

    def _refuse_images(self):
        if Case.objects.filter(pk=self.case_id, imagery=True).exists():
            raise Refused(_now(OF_A_FILE.say))

    def _is_here(self, file):
        own = list(self.case.files.filter(added_by=self.added_by, size=file.size))
        load_keys([self.case, *own])
        return any(one.digest == file.digest for one in own)
