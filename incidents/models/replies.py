"""What whoever reported a concern was told of it, by whoever works the case."""

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.people.models import User

from .reports import Report


class Reply(Recorded):
    """Words for the reporter alone. They lie in the case's chain: who works it wrote them."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="replies")
    root = RootField("case")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    words = EncryptedTextField()
    asks = models.BooleanField(default=False)  # a question: they answer it, or write a statement, with their report
    more_on = models.DateField(null=True, blank=True)  # the day by which they hear more
    told_at = models.DateTimeField(default=now)

    guards = [
        Guard(
            on=("UPDATE", "DELETE"),
            refuse_when="1 = 1",
            say=gettext_noop("What the reporter was told stays as it was written. Write to them again instead."),
        )
    ]

    class Meta:
        ordering = ["told_at"]

    def __str__(self):
        return f"Reply to {self.report}"

    @property
    def case(self):
        return self.report.case
