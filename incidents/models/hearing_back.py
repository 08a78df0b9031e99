"""The steps of a report after it was sent (N5): more from its author, an answer, and somebody to talk with."""

from django.db import models

from harmony.audit.transitions import transition

from .. import access
from ..news import more, support_wanted


class HearsBack(models.Model):
    """An abstract part of `Report`."""

    # its author wants somebody to talk with them about how it was …
    support_asked_at = models.DateTimeField(null=True, blank=True)
    support_answered_at = models.DateTimeField(null=True, blank=True)  # … and was told who will

    class Meta:
        abstract = True

    @transition(source={"filed"}, to=None, may=access.may_add)
    def add(self, words, answers=None, *, by, at):
        """More from the same author, later: by themselves, or because they were asked (`answers`: the Reply that did).

        It stands as unread until whoever works the case has read it.
        """
        last = self.addenda.last()
        if last and last.words == words and last.answers == answers:
            return  # sent twice is added once
        self.addenda.create(author=None if by == access.SENDER else by, words=words, answers=answers, added_at=at)
        type(self.case).objects.filter(pk=self.case_id).update(added_at=at)
        more(self.case, self.addenda.count(), at)

    @transition(source={"filed"}, to=None, may=access.may_add)
    def ask_for_support(self, *, by, at):
        """Hearing it may have been hard: whoever works the case says who talks with its author about that."""
        if self.wants_support:
            return  # asked twice is asked once
        self.support_asked_at, self.support_answered_at = at, None
        type(self.case).objects.filter(pk=self.case_id).update(added_at=at)
        support_wanted(self.case, at)

    @property
    def wants_support(self):
        return bool(self.support_asked_at) and not self.support_answered_at
