"""A file of a case: sealed with the case's key, kept as it was sent, and only ever downloaded (practice.md 1.4)."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.transitions import NEW, Refused, StateMoved, transition
from harmony.encryption.fields import RootField, load_keys
from harmony.files.models import SealedFile, SealedFileQuerySet

from .. import access
from ..news import more
from .cases import Case
from .imagery import OF_A_FILE
from .reports import Report


class CaseFileQuerySet(SealedFileQuerySet):
    def visible_to(self, user):
        return self.filter(access.files_visible_to(user) | access.files_asked_of(user))

    def waiting_for_a_second(self):
        """Locked away, and somebody asks to destroy it."""
        return self.filter(status=SealedFile.Status.LOCKED).exclude(asked_by=None)


class CaseFile(SealedFile):
    case = models.ForeignKey(Case, models.PROTECT, related_name="files")
    root = RootField("case")
    report = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="files"
    )  # whose author added it
    # whoever added it ticked that it shows no nude or sexual image of anyone under 18
    said_clean = models.BooleanField()

    objects = CaseFileQuerySet.as_manager()
    guards = [
        OF_A_FILE,
        Guard(
            on=("UPDATE",),
            refuse_when="NEW.case_id <> OLD.case_id OR NEW.said_clean <> OLD.said_clean",
            say=gettext_noop("A file stays as it was added."),
        ),
        Guard(
            on=("INSERT",),
            refuse_when="""NEW.report_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM incidents_report WHERE id = NEW.report_id AND case_id = NEW.case_id
                AND author_id = NEW.added_by_id)""",
            say=gettext_noop("A file is added to one's own report, and to its case."),
        ),
        *SealedFile.guards,
    ]

    class Meta:
        ordering = ["-added_at"]
        constraints = [models.CheckConstraint(name="said_to_show_no_such_image", condition=Q(said_clean=True))]

    def __str__(self):
        return f"File of {self.case}"

    @classmethod
    def take(cls, case, file, said_clean, *, by, at=None, report=None):
        """Check it, store it, make its row; sent twice by the same person it is kept once. Raises Refused.

        Right and gate are asked before a byte is stored, and again by the step that makes the row.
        """
        one = cls(case=case, root=case.root, report=report, added_by=by, said_clean=said_clean)
        if not access.may_add_file(by, one):
            raise PermissionDenied
        one._refuse_images()
        if not one._is_here(file):
            with one.storing(file):
                one.keep(by=by, at=at)

    def get_absolute_url(self):
        return reverse("incidents:file", args=[self.pk])

    @transition(source=NEW, to=SealedFile.Status.KEPT, may=access.may_add_file, done=_("added this"))
    def keep(self, *, by, at):
        self._refuse_images()
        self.added_at = at
        if self.report_id:
            Case.objects.filter(pk=self.case_id).update(added_at=at)
            more(self.case, self.report.files.count() + 1, at, clock="more_files")

    @transition(
        source={SealedFile.Status.KEPT},
        to=SealedFile.Status.LOCKED,
        may=access.may_lock_away,
        done=_("locked this away"),
    )
    def lock_away(self, *, by, at):
        """It may be an indecent image: from now on nobody opens it, and its case is Critical (practice.md 1.4)."""
        self.locked_at, self.locked_by = at, by
        case = Case.objects.get(pk=self.case_id)
        found = (
            case.find_image_after if case.status in (Case.Status.CLOSED, Case.Status.REDIRECTED) else case.find_image
        )
        found(by=by, at=at)

    @transition(
        source={SealedFile.Status.LOCKED},
        to=None,
        may=access.may_lock_away,
        reason=True,
        done=_("asked to destroy this"),
    )
    def ask_to_destroy(self, police_reference, *, by, at):
        """The police have it, or have said that it can go. Somebody else must agree."""
        if self.asked_by_id:
            raise StateMoved(_now("Somebody has asked for this already."))
        self.police_reference, self.asked_at, self.asked_by = police_reference, at, by

    @transition(
        source={SealedFile.Status.LOCKED}, to=None, may=access.may_keep_locked, reason=True, done=_("kept this")
    )
    def keep_locked(self, *, by):
        """Whoever asked may take it back in the same way."""
        if not self.asked_by_id:
            raise StateMoved(_now("Nobody asks for this any more."))
        self.police_reference, self.asked_at, self.asked_by = "", None, None

    @transition(
        source={SealedFile.Status.LOCKED},
        to=SealedFile.Status.DESTROYED,
        may=access.may_destroy,
        done=_("destroyed this"),
    )
    def destroy(self, *, by, at):
        """Its key is erased, then its bytes are deleted; that there was one, and who did this, stays."""
        if not self.asked_by_id:
            raise StateMoved(_now("Nobody asks for this any more."))
        self.destroyed_at, self.destroyed_by = at, by
        self.erase(at)

    def _refuse_images(self):
        if Case.objects.filter(pk=self.case_id, imagery=True).exists():
            raise Refused(_now(OF_A_FILE.say))

    def _is_here(self, file):
        own = list(self.case.files.filter(added_by=self.added_by, size=file.size))
        load_keys([self.case, *own])
        return any(one.digest == file.digest for one in own)
