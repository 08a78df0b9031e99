"""What is written in a case, and the clock that it moves: a case in which nobody writes grows quiet (practice.md 2.3).

Each line of the chronology comes through `_enter`, so that none of them leaves the case as quiet as it was.
"""

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.audit.transitions import ANY, Refused, transition

from .. import access
from ..news import answered
from .timing import TRIAGED, clocks_at


class Written(models.Model):
    """An abstract part of `Case`."""

    quiet_due = models.DateTimeField(null=True, blank=True)  # unless somebody writes in it before

    class Meta:
        abstract = True

    def is_quiet(self, at):
        return bool(self.quiet_due and self.quiet_due <= at)

    def heard_of_at(self):
        """When somebody last wrote in it; before the first line, when it was weighed."""
        return self.entries.aggregate(last=models.Max("written_at"))["last"] or self.triaged_at

    @transition(source=ANY, to=None, may=access.may_work)
    def write(self, kind, words, happened_at, significant=False, adds_to=None, *, by, at):
        """Another line of the chronology. Into a closed case too: a letter may come late."""
        same = self.entries.filter(author=by, kind=kind, happened_at=happened_at, adds_to=adds_to)
        if any(entry.words == words for entry in same):
            return  # sent twice is written once
        self._enter(kind, words, by, at, happened_at=happened_at, significant=significant, adds_to=adds_to)
        if kind == "contact":
            self._contacted(happened_at, by)

    @transition(source=ANY, to=None, may=access.may_work)
    def log_contact(
        self, kind, how, with_whom, answered, happened_at, words="", seen="", how_they_were="", next_on=None, *, by, at
    ):
        """Somebody was reached, or was tried to be; a welfare check says who was seen, and how they were.

        `kind`: "call", "contact" (somebody outside: it meets that clock, once they answered) or "welfare". `next_on`: the
        day of the next try, or the next look: whoever writes this is asked to do it.
        """
        words = words or ("" if answered else _now("Nobody answered."))
        more = {"how": how, "with_whom": with_whom, "answered": answered, "seen": seen, "how_they_were": how_they_were}
        same = self.entries.filter(author=by, kind=kind, happened_at=happened_at)
        if any((one.words, one.with_whom) == (words, with_whom) for one in same):
            return  # sent twice is written once
        self._enter(kind, words, by, at, happened_at=happened_at, significant=False, next_on=next_on, **more)
        if kind == "contact" and answered:
            self._contacted(happened_at, by)
        if next_on and not self.closed_at:
            what = _now("Look again how they are: %(whom)s") if kind == "welfare" else _now("Try again: %(whom)s")
            self.actions.create(what=what % {"whom": with_whom}, owner=by, due_on=next_on)

    @transition(source=TRIAGED, to=None, may=access.may_work, done=_("reviewed this"))
    def review(self, words, *, by, at):
        """An entry, and the next review by the level's times."""
        last = self.entries.filter(kind="review").order_by("written_at").last()
        if last and last.author_id == by.pk and last.words == words:
            return  # sent twice is reviewed once
        if self.next_is_last(at):
            raise Refused(_now("This is the last review. Say whether it is over for good."))
        self.reviewed_at, self.reviewed_by = at, by
        self._stop(at, "review")
        due, began = self.review_due, {"reviews_from": self.reviews_from, "at": at}
        self.review_due = clocks_at(at).reviewed(self.severity, due, **began)
        self._enter("review", words, by, at, due_at=due if due != self.review_due else None)

    def hears(self, words, by, at):
        """Within the step with which somebody who does not work this case answers what they were asked (actions.py)."""
        before = self.quiet_due
        self._enter("note", words, by, at, significant=False)
        if self.quiet_due != before:
            type(self).objects.filter(pk=self.pk).update(quiet_due=self.quiet_due)
        answered(self, at)

    def _log(self, what, why, by, at):
        self._enter("decision", f"{what}\n\n{why}", by, at)

    def _enter(self, kind, words, by, at, *, happened_at=None, significant=True, **more):
        self.entries.create(
            author=by,
            kind=kind,
            words=words,
            happened_at=happened_at or at,
            written_at=at,
            significant=significant,
            **more,
        )
        if not self.closed_at:
            self._is_heard_of(at)

    def _is_heard_of(self, at):
        """From when it is quiet, if this is the last that is heard of it: by the level and the review that it has now."""
        if self.triaged_at and not self.recheck_due:  # before that, and while it is passed on, other clocks run
            began = {"reviews_from": self.reviews_from, "last_entry_at": at}
            self.quiet_due = clocks_at(at).quiet(self.severity, self.review_due, **began)
            self._stop(at, "quiet")
