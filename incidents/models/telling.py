"""Who hears of a case as it moves, and who may see it because nobody answered: an abstract part of `Case`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from harmony.audit.transitions import transition
from harmony.notifications.models import Notice
from harmony.notifications.telling import tell

from .. import access
from ..ladders import LATE
from .breaches import Breached

# of what its reporter is told, each once; from WORDS on, each time
READ, WEIGHED, CLOSED, PASSED_ON, BACK, WORDS = 1, 2, 3, 4, 5, 10
BEFORE_WEIGHING = ("acknowledge", "triage")


class Told(Breached):
    escalated_to = models.CharField(
        max_length=5, choices=[("lead", _("Senior lead")), ("chair", _("Chair"))], blank=True
    )

    class Meta:
        abstract = True

    @transition(source={"submitted", "acknowledged", "triaged", "redirected"}, to=None, may=access.may_escalate)
    def escalate(self, to, *, by):
        """Nobody of its line has answered: from now on these may read and work it too. It is never taken back."""
        if self.escalated_to != "chair":
            self.escalated_to = to

    def _was_read(self, by, at):
        self._stop(at, "acknowledge")
        self._tell_its_reporters(READ, "report_read", by, at)

    def _was_weighed(self, by, at):
        self._stop(at, *BEFORE_WEIGHING)
        self._tell_its_reporters(WEIGHED, "report_moved", by, at)

    def _stop(self, at, *clocks):
        """Done: whoever was told of this hears no more of it."""
        Notice.objects.filter(about=self.pk, clock__in=clocks).stop(at)

    def _was_closed(self, by, at):
        self._stop(at, *LATE)
        self._tell_its_reporters(CLOSED, "report_moved", by, at)

    def _was_passed_on(self, by, at):
        self._stop(at, "plan", "review", "quiet")
        self._tell_its_reporters(PASSED_ON, "report_moved", by, at)

    def _was_brought_back(self, by, at):
        self._tell_its_reporters(BACK, "report_moved", by, at)

    def _messages_are_read(self, at):
        """What somebody from outside wrote since (speak/models.py)."""
        for report in self.reports.exclude(thread=None).select_related("thread"):
            report.thread.was_read(at)

    def _messages_are_answered(self, at):
        for report in self.reports.exclude(thread=None).select_related("thread"):
            report.thread.was_answered(at)

    def _has_words_for_its_reporters(self, by, at):
        said = self.reports.aggregate(said=models.Count("replies"))["said"]
        self._tell_its_reporters(WORDS + said, "report_moved", by, at)

    def _tell_its_reporters(self, number, sentence, by, at):
        """That there is news, of their own report: what it is stands on its page."""
        for report in self.reports.select_related("author").exclude(author=None).exclude(author=by):
            tell("report", report, [report.author], clock="news", sentence=sentence, rung=number, within=self, at=at)
