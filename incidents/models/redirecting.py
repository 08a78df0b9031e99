"""What is not about safety after all, and is passed on: a second person looks at that again within a week (practice.md 2.4).

    redirect -> "redirected" -> agree_to_redirect -> "closed"
                             -> bring_back        -> "triaged"

A worry that is sent away is how a child is lost, so nobody decides it alone: until somebody other than whoever passed it on
has agreed, the case stands in the lists, with a clock. An abstract part of `Case`; what is asked lies where the end of a case
that waits for a second person lies (ending.py), for it is one. Decision 0325.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.transitions import Refused, transition
from harmony.notifications.telling import tell

from .. import access
from ..clocks import LOOKED_AT_WITHIN
from ..kinds import Outcome
from .timing import FROM_HIGH_UP, TRIAGED, clocks_at

REDIRECTED = "redirected"
ABOUT_SAFETY = _("At this level it is about safety. Look at its level first.")
GUARDS = [
    Guard(
        on=("INSERT", "UPDATE"),
        refuse_when="NEW.status = 'redirected' AND NEW.severity IN ('critical', 'high')",
        say=gettext_noop("At this level it is about safety. Look at its level first."),
    ),
    Guard(
        on=("UPDATE",),
        refuse_when="NEW.outcome = 'redirected' AND NEW.status = 'closed' AND OLD.status NOT IN ('redirected', 'closed')",
        say=gettext_noop("What is passed on is looked at a second time before it is closed."),
    ),
]
CONSTRAINT = models.CheckConstraint(
    name="passed_on_waits_for_a_look",
    condition=Q(status=REDIRECTED, close_as=REDIRECTED, recheck_due__isnull=False)
    | (~Q(status=REDIRECTED) & Q(recheck_due=None)),
)


class Redirecting(models.Model):
    recheck_due = models.DateTimeField(null=True, blank=True)  # by when a second person looks at what was passed on

    class Meta:
        abstract = True

    @transition(source=TRIAGED, to=REDIRECTED, may=access.may_work, reason=True, done=_("passed this on"))
    def redirect(self, to_whom, *, by, at, why):
        """Not about safety: passed on to somebody who can help. Whoever says so has it, so that anybody else may look at it.

        Refused where it weighs too much for that, or something of it is still owed.
        """
        self._may_be_passed_on(at)
        self._forget_what_was_asked()
        said = _now("Passed on to: %(whom)s") % {"whom": to_whom}
        self.owner, self.recheck_due = by, at + LOOKED_AT_WITHIN
        self.close_as, self.close_why, self.close_asked_at, self.close_asked_by = REDIRECTED, f"{why}\n\n{said}", at, by
        self._log(_now("Not about safety."), self.close_why, by, at)
        self._rests()
        self._ask_for_a_look(at)
        self._was_passed_on(by, at)

    @transition(
        source={REDIRECTED}, to="closed", may=access.may_agree_to_close, done=_("agreed that it is not about safety")
    )
    def agree_to_redirect(self, *, by, at):
        """The second look: it is closed. Each action, duty and referral that came up since is settled first."""
        self._may_end(REDIRECTED, at)
        reason, asked_by = self.close_why, self.close_asked_by
        self.close_agreed_by, self.recheck_due = by, None
        self._forget_asked_to_close()
        self._log(_now("Looked at again: it is not about safety."), reason, by, at)
        self._end(REDIRECTED, reason, asked_by, at, told_by=by)

    @transition(source={REDIRECTED}, to="triaged", may=access.may_work, reason=True, done=_("brought this back"))
    def bring_back(self, *, by, at, why):
        """It is about safety, or may be: worked on again, and its plan and its reviews are due from now on."""
        self._comes_back(why, by, at)

    def _comes_back(self, why, by, at):
        self.status, self.owner, self.recheck_due = "triaged", by, None
        self._forget_asked_to_close()
        self._stop(at, "close", "recheck")
        if not self.planned_at:
            self.plan_due = clocks_at(at).official(self.severity, at, track=self.track).plan
        if not self.tested_at:
            self._begin_reviews(at)
        self._log(_now("Brought back: it may be about safety."), why, by, at)
        self._was_brought_back(by, at)

    def _may_be_passed_on(self, at):
        if self.severity in FROM_HIGH_UP:
            raise Refused(ABOUT_SAFETY)
        if self.may_be_sexual_abuse:
            raise Refused(_now("This may be sexual abuse. It is not passed on."))
        if self.refer:
            raise Refused(_now("It was to be referred. Say first why that is not needed."))
        if self.close_as:
            raise Refused(_now("Somebody asks to close it. Answer that first."))
        self._may_end(Outcome.REDIRECTED, at)

    def _rests(self):
        """No plan and no review is due while it waits, and nobody is told that it has grown quiet."""
        self.quiet_due = self.review_due = None
        self.plan_due = self.plan_due if self.planned_at else None

    def _ask_for_a_look(self, at):
        """Of whoever works it, but for who passed it on. Where nobody is left, it is opened to those above at once (2.3)."""
        for rung in ("", *access.ESCALATED):
            if rung and self.escalated_to != "chair":
                self.escalated_to = rung
                # whoever may see it is asked of the database
                type(self).objects.filter(pk=self.pk).update(escalated_to=rung)
            if others := [user for user in self.line() if user.pk != self.close_asked_by_id]:
                break
        number = self.entries.filter(kind="decision").count()  # each time it is asked is news
        tell("case", self, others, clock="close", sentence="case_second", rung=number, due=self.recheck_due, at=at)
