"""What happened in a case: entries that stay as they were written."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.people.models import User

from .cases import Case
from .searched import CHRONOLOGY


class ChronologyEntry(Recorded):
    """A dated event. A correction is another entry that points to this one."""

    class Kind(models.TextChoices):
        NOTE = "note", _("Note")
        CALL = "call", _("Call or talk")
        CONTACT = "contact", _("Contact with somebody outside")
        MEETING = "meeting", _("Meeting")
        DECISION = "decision", _("Decision and reason")
        CHILD = "child", _("What the child said")
        REVIEW = "review", _("Review")
        FILE = "file", _("File kept elsewhere")
        WELFARE = "welfare", _("Welfare check")

    class How(models.TextChoices):
        """By which way somebody was reached, or was tried to be."""

        PHONE = "phone", _("By phone")
        MET = "met", _("Face to face")
        VISIT = "visit", _("A visit at home")
        VIDEO = "video", _("By video")
        MESSAGE = "message", _("By message or e-mail")
        LETTER = "letter", _("By letter")

    class Seen(models.TextChoices):
        """A child who was seen is not the same as one who was spoken to, nor as one of whom somebody told."""

        SEEN = "seen", _("Seen and spoken to")
        SPOKEN = "spoken", _("Spoken to, not seen")
        ONLY_SEEN = "only", _("Seen, not spoken to")
        NEITHER = "neither", _("Neither seen nor spoken to")

    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    root = RootField("case")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.NOTE)
    words = EncryptedTextField()
    significant = models.BooleanField(default=False)  # one of the few that tell the case at a glance
    happened_at = models.DateTimeField(_("when it happened"), default=now)
    written_at = models.DateTimeField(default=now, editable=False)  # here; the book says when the database learned it
    # when a review should have been made; none where it came so early that the one that was due still is (decision 0080)
    due_at = models.DateTimeField(null=True, blank=True)
    # of a contact or a welfare check
    with_whom = EncryptedTextField(blank=True)
    how = models.CharField(max_length=7, choices=How, blank=True)
    answered = models.BooleanField(null=True, blank=True)
    seen = models.CharField(max_length=7, choices=Seen, blank=True)
    how_they_were = EncryptedTextField(blank=True)
    next_on = models.DateField(null=True, blank=True)  # when it is tried again, or looked at again
    adds_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="addenda")

    searched = CHRONOLOGY
    guards = [
        Guard(
            on=("UPDATE", "DELETE"),
            refuse_when="1 = 1",
            say=gettext_noop("An entry stays as it was written. Add to it instead."),
        ),
        Guard(
            on=("INSERT",),
            refuse_when="""NEW.adds_to_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM incidents_chronologyentry WHERE id = NEW.adds_to_id AND case_id = NEW.case_id)""",
            say=gettext_noop("An entry adds to another of the same case."),
        ),
    ]

    class Meta:
        ordering = ["happened_at", "written_at"]
        indexes = [
            models.Index(fields=["case", "happened_at"], name="chronology_of_a_case"),
            models.Index(fields=["due_at"], name="reviews_by_due", condition=Q(due_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(name="only_a_review_was_due", condition=Q(due_at=None) | Q(kind="review")),
            models.CheckConstraint(
                name="a_welfare_check_says_who_was_seen", condition=~Q(kind="welfare") | ~Q(seen="") | Q(answered=False)
            ),
        ]

    def __str__(self):
        return f"Entry in {self.case}"

    @property
    def late_by(self):
        """How long after it was due a review was made; None where it was in time, or was not due."""
        return self.written_at - self.due_at if self.due_at and self.written_at > self.due_at else None
