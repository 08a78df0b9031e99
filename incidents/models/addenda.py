"""What was added to a report after it was sent."""

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.people.models import User

from .reports import Report
from .searched import ADDED


class Addendum(Recorded):
    """More from the same author, later. Never changes what was said before."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="addenda")
    root = RootField("report")
    # nobody: whoever wrote the report from outside
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    words = EncryptedTextField()
    answers = models.ForeignKey("incidents.Reply", models.PROTECT, null=True, blank=True, related_name="answered")
    added_at = models.DateTimeField(default=now)

    searched = ADDED
    guards = [
        Guard(
            on=("INSERT",),
            refuse_when="""NEW.answers_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM incidents_reply WHERE id = NEW.answers_id AND report_id = NEW.report_id AND asks)""",
            say=gettext_noop("This answers a question that was asked about another report."),
        ),
        Guard(
            on=("UPDATE", "DELETE"),
            refuse_when="1 = 1",
            say=gettext_noop("What was added stays as it was written. Add to it instead."),
        ),
    ]

    class Meta:
        ordering = ["added_at"]

    def __str__(self):
        return f"Addendum to {self.report}"

    @property
    def by_whom(self):
        return self.author.name if self.author_id else self.report.by_whom
