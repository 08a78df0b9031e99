"""What is owed next of something that hangs on a case and waits for somebody outside: an abstract part of its record."""

from django.db import models

from .. import access
from ..levels import Length
from .timing import clocks_at

A_WORKING_DAY = Length(1, "wd")


class OwedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of the cases one works; not of those that are shared with one to read."""
        return self.filter(access.files_visible_to(user))

    def late(self, at):
        """Owed by now, in a case that is open."""
        return self.filter(due_at__lte=at, case__closed_at=None)


class Owed(models.Model):
    due_at = models.DateTimeField(null=True, blank=True)  # by when the next step is owed; none: nothing is
    moved_at = models.DateTimeField()  # since when it is owed

    class Meta:
        abstract = True

    def still_owes(self):
        """Asked of the database, before somebody is told: nobody has moved it on meanwhile."""
        return type(self).objects.filter(pk=self.pk, due_at=self.due_at, case__closed_at=None).exists()

    def counted(self, clocks):
        """What a ladder has to know: its rungs come by the working day, counted from the breach."""
        return {
            "started": self.moved_at,
            "due": self.due_at,
            "when": lambda share: clocks.share(A_WORKING_DAY, self.due_at, share),
        }

    def _owe(self, length, since, at):
        self.moved_at = at
        self.due_at = length and clocks_at(at).after(length, since)
