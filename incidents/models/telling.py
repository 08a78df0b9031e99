"""Who hears of a case as it moves, and who may see it because nobody answered: an abstract part of `Case`."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from harmony.audit.transitions import transition
from harmony.notifications.models import Notice
from harmony.notifications.telling import tell

from .. import access
from ..ladders import its_line
from .timing import clocks_at

READ, WEIGHED, CLOSED, WORDS = 1, 2, 3, 10  # of what its reporter is told, each once; from WORDS on, each time


class TellingQuerySet(models.QuerySet):
    def unread_too_long(self, at):
        """Not read by when it should have been; where no time was promised, from the beginning."""
        return self.filter(Q(acknowledge_due__lte=at) | Q(acknowledge_due=None), status="submitted")

    def unweighed_too_long(self, at):
        return self.filter(triage_due__lte=at, triaged_at=None, closed_at=None)


class Told(models.Model):
    escalated_to = models.CharField(
        max_length=5, choices=[("lead", _("Senior lead")), ("chair", _("Chair"))], blank=True
    )

    class Meta:
        abstract = True

    @transition(source={"submitted", "acknowledged"}, to=None, may=access.may_escalate)
    def escalate(self, to, *, by):
        """Nobody of its line has answered: from now on these may read and work it too. It is never taken back."""
        if self.escalated_to != "chair":
            self.escalated_to = to

    def breach(self, name):
        """(when this clock was due, share -> the moment that share of it later), counted as the clock is."""
        due = getattr(self, f"{name}_due") or self.filed_at
        counts_cover = not self.pressing and getattr(self, f"{name}_due") is not None
        clocks = clocks_at(due, its_line(self) if counts_cover else ())
        length = getattr(clocks.levels["critical" if self.pressing else "high"], name)

        def later(share):
            return clocks.share(length, due, share, in_cover=counts_cover) or due + length.span * share

        return due, later

    def _was_read(self, by, at):
        Notice.objects.within(self).filter(clock="acknowledge").stop(at)
        self._tell_its_reporters(READ, "report_read", by, at)

    def _was_weighed(self, by, at):
        Notice.objects.within(self).filter(clock__in=["acknowledge", "triage"]).stop(at)
        self._tell_its_reporters(WEIGHED, "report_moved", by, at)

    def _has_words_for_its_reporters(self, by, at):
        said = self.reports.aggregate(said=models.Count("replies"))["said"]
        self._tell_its_reporters(WORDS + said, "report_moved", by, at)

    def _tell_its_reporters(self, number, sentence, by, at):
        """That there is news, of their own report: what it is stands on its page."""
        for report in self.reports.select_related("author").exclude(author=by):
            tell("report", report, [report.author], clock="news", sentence=sentence, rung=number, within=self, at=at)
