"""How a case ends (practice.md 2.4): what has to be settled first, who agrees, and what stands of it.

At Critical and High, and wherever the last review has not found it over for good, a second person agrees: neither whoever
leads the case nor whoever asks. Until then it stays open and nothing else is held up. An abstract part of `Case`.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext

from harmony.audit.guards import Guard
from harmony.audit.transitions import Refused, StateMoved, transition
from harmony.encryption.fields import EncryptedTextField
from harmony.notifications.telling import tell
from harmony.people.models import User

from .. import access
from ..kinds import UNPLANNED, Outcome, PoliceOutcome
from .timing import FROM_HIGH_UP, TRIAGED

CLOSES = "NEW.status = 'closed' AND OLD.status <> 'closed'"
SERIOUS = "NEW.severity IN ('critical', 'high')"
UNTESTED = "NEW.tested_at IS NULL AND NEW.advice = ''"
GUARDS = [
    Guard(
        on=("UPDATE",),
        refuse_when=f"""{CLOSES} AND NEW.outcome <> 'redirected'
            AND (NEW.childs_view = '' OR NEW.view_asked IS NULL OR NEW.police_outcome = '')""",
        say=gettext_noop("Say how the child sees it, or why they were not asked, and what the police decided."),
    ),
    Guard(
        on=("UPDATE",),
        refuse_when=f"""{CLOSES} AND ({SERIOUS} OR ({UNTESTED}) OR NEW.outcome = 'redirected') AND (NEW.close_agreed_by_id IS NULL
            OR NEW.close_agreed_by_id = NEW.closed_by_id OR NEW.close_agreed_by_id = NEW.owner_id)""",
        say=gettext_noop("To close this case, a second person must agree: neither whoever leads it nor whoever asked."),
    ),
    Guard(
        on=("UPDATE",),
        refuse_when=f"{CLOSES} AND {UNTESTED} AND NEW.early_why = '' AND NEW.outcome <> 'redirected'",
        say=gettext_noop("Say why it can be closed before its last review."),
    ),
    Guard(
        on=("UPDATE",),
        refuse_when=f"{CLOSES} AND {SERIOUS} AND (NEW.charity IS NULL OR NEW.charity_why = '')",
        say=gettext_noop("Decide first whether the Charity Commission is told, and why."),
    ),
    Guard(
        on=("UPDATE",),
        refuse_when=f"{CLOSES} AND NEW.planned_at IS NULL AND NEW.outcome NOT IN ('duplicate', 'redirected')",
        say=gettext_noop("There is no plan yet. Agree one, or say that advice was enough."),
    ),
    Guard(
        on=("UPDATE",),
        refuse_when=f"""{CLOSES} AND NEW.outcome NOT IN ('duplicate', 'redirected') AND EXISTS (
            SELECT 1 FROM incidents_casestep WHERE case_id = NEW.id AND status = 'open')""",
        say=gettext_noop("A required step is still open. Do it, or say why it is not needed."),
    ),
    Guard(
        on=("INSERT", "UPDATE"),
        refuse_when="NEW.close_as <> '' AND NEW.close_why = ''",
        say=gettext_noop("Say why this case can be closed."),
    ),
]
CONSTRAINT = models.CheckConstraint(
    name="asked_to_close_by_somebody",
    condition=Q(close_as="", close_asked_at=None, close_asked_by=None)
    | (Q(close_asked_at__isnull=False, close_asked_by__isnull=False) & ~Q(close_as="")),
)
# what the sweep asks for: those that wait for a second person
INDEX = models.Index(fields=["close_asked_at"], name="cases_asked_to_close", condition=Q(close_asked_at__isnull=False))


class Ending(models.Model):
    police_outcome = models.CharField(max_length=10, choices=PoliceOutcome, blank=True)
    # a serious incident is told to the Charity Commission, or there is a reason why not (R21)
    charity = models.BooleanField(_("told the Charity Commission"), null=True, blank=True)
    charity_why = EncryptedTextField(blank=True)
    charity_at = models.DateTimeField(null=True, blank=True)
    charity_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    early_why = EncryptedTextField(blank=True)  # closed before its last review

    close_as = models.CharField(max_length=12, choices=Outcome, blank=True)  # asked for, and not yet agreed
    close_why = EncryptedTextField(blank=True)
    close_asked_at = models.DateTimeField(null=True, blank=True)
    close_asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    close_agreed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def is_early(self):
        """Nothing says yet that it is over for good: only a second person lets it be closed (S29)."""
        return not self.tested_at and not self.advice

    @property
    def needs_second(self):
        return self.severity in FROM_HIGH_UP or self.is_early

    @property
    def step_to_close(self):
        """The step that leads to its end: taken at once, or asked for."""
        return self.ask_to_close if self.needs_second else self.close

    def holds_open(self, outcome="", at=None):
        """Sentences that say what has to be settled before it ends, most urgent first. [] where nothing does."""
        return [sentence for hold in HOLDS for sentence in [hold(self, outcome, at)] if sentence]

    @transition(source={"triaged", "closed"}, to=None, may=access.may_work, done=_("decided on the Charity Commission"))
    def decide_charity(self, charity, charity_why, *, by, at):
        """Told, or not told and why: the trustees answer for it either way (R21)."""
        self.charity, self.charity_why, self.charity_at, self.charity_by = charity, charity_why, at, by
        self._log(self.charity_in_words, charity_why, by, at)

    @property
    def charity_in_words(self):
        return _now("The Charity Commission is told.") if self.charity else _now("The Charity Commission is not told.")

    @transition(source=TRIAGED, to="closed", may=access.may_work, done=_("closed this"))
    def close(self, outcome, closing_reason, police_outcome, view_asked, childs_view, early_why="", *, by, at):
        """By one person: below High, and once the last review found it over for good."""
        if self.needs_second:
            raise Refused(_now("To close this case, somebody else must agree. Ask them first."))
        self._not_so(outcome)
        self._say_how_it_ends(police_outcome, view_asked, childs_view, early_why)
        self._may_end(outcome, at)
        self._end(outcome, closing_reason, by, at)

    @transition(source=TRIAGED, to=None, may=access.may_work, done=_("asked to close this"))
    def ask_to_close(self, outcome, closing_reason, police_outcome, view_asked, childs_view, early_why="", *, by, at):
        """It stays open until a second person agrees."""
        if not self.needs_second:
            raise Refused(_now("Nobody else needs to agree to this. Close the case yourself."))
        if self.close_as:
            raise StateMoved(_now("Somebody has asked for this already."))
        if self.is_early and not early_why:
            raise Refused(_now("Say why it can be closed before its last review."))
        self._not_so(outcome)
        self._say_how_it_ends(police_outcome, view_asked, childs_view, early_why)
        self._may_end(outcome, at)
        self.close_as, self.close_why, self.close_asked_at, self.close_asked_by = outcome, closing_reason, at, by
        asked = _now("Asked to close it: %(outcome)s.") % {"outcome": self.get_close_as_display()}
        self._log(asked, "\n\n".join(filter(None, [closing_reason, early_why])), by, at)
        seconds = self.seconds(access.may_agree_to_close)
        number = self.entries.filter(kind="decision").count()  # each time it is asked is news
        tell("case", self, seconds, clock="close", sentence="case_second", rung=number, at=at)

    def still_waits_for_a_second(self):
        """Asked of the database, before somebody is reminded: nobody has agreed meanwhile, nor kept it open."""
        return type(self).objects.filter(pk=self.pk, close_asked_at=self.close_asked_at, closed_at=None).exists()

    @transition(source=TRIAGED, to="closed", may=access.may_agree_to_close, done=_("agreed to close this"))
    def agree_to_close(self, *, by, at):
        self._asked_to_close()
        self._not_so(self.close_as)
        self._may_end(self.close_as, at)
        self.close_agreed_by = by
        outcome, reason, asked_by = self.close_as, self.close_why, self.close_asked_by
        self._forget_asked_to_close()
        self._end(outcome, reason, asked_by, at, told_by=by)

    @transition(source=TRIAGED, to=None, may=access.may_be_second, reason=True, done=_("kept this open"))
    def keep_open(self, *, by, at, why):
        """Not yet. Whoever asked may take it back in the same way."""
        self._asked_to_close()
        self._forget_asked_to_close()
        self._stop(at, "close", "close_late")
        self._log(_now("The case stays open."), why, by, at)

    def _asked_to_close(self):
        if not self.close_as:
            raise StateMoved(_now("Nobody asks for this any more."))

    def _forget_asked_to_close(self):
        self.close_as = self.close_why = ""
        self.close_asked_at = self.close_asked_by = None

    def _say_how_it_ends(self, police_outcome, view_asked, childs_view, early_why):
        self.police_outcome, self.view_asked, self.childs_view = police_outcome, view_asked, childs_view
        self.early_why = early_why if self.is_early else ""

    def _not_so(self, outcome):
        """What is not about safety has a way of its own, with its second look (redirecting.py)."""
        if outcome == Outcome.REDIRECTED:
            raise Refused(_now("What is not about safety is passed on. It has a page of its own."))

    def _may_end(self, outcome, at):
        if holds := self.holds_open(outcome, at):
            raise Refused(holds[0])

    def _end(self, outcome, reason, by, at, told_by=None):
        self.closed_at, self.closed_by = at, by
        self.outcome, self.closing_reason = outcome, reason
        self.quiet_due = self.promise_due = None
        self._stop(at, "close", "close_late")
        self._was_closed(told_by or by, at)

    def _forget_the_end(self):
        """Opened again: what was decided then stands in the chronology."""
        self.closed_at = self.closed_by = self.close_agreed_by = None
        self.outcome = self.closing_reason = self.police_outcome = self.early_why = ""

    def end_in_words(self):
        """(what, why) of how it ended or, asked for, would end."""
        if not self.police_outcome:
            return []
        return [
            (_now("Police: %(outcome)s") % {"outcome": self.get_police_outcome_display()}, ""),
            self.view_in_words,
            *([(_now("Closed before its last review"), self.early_why)] if self.early_why else []),
        ]


def _open_actions(case, outcome, at):
    if left := case.actions.open().count():
        return ngettext(
            "%(count)d action is still open. Finish it, or say why it is not needed, then close the case.",
            "%(count)d actions are still open. Finish each, or say why it is not needed, then close the case.",
            left,
        ) % {"count": left}
    return ""


def _steps(case, outcome, at):
    """Of the playbooks that it follows (S26). What is worked in another case, or is not about safety, owes none of them."""
    left = 0 if outcome in UNPLANNED else case.steps.open().count()
    if not left:
        return ""
    return ngettext(
        "%(count)d required step is still open. Do it, or say why it is not needed, then close the case.",
        "%(count)d required steps are still open. Do each, or say why it is not needed, then close the case.",
        left,
    ) % {"count": left}


def _allegation(case, outcome, at):
    open_still = case.concern and case.concern.has_no_outcome
    return _now("The allegation has no outcome yet. Write that down first.") if open_still else ""


def _referrals(case, outcome, at):
    unfinished = case.referrals.unfinished().exists()
    return _now("A referral has no end yet. Say how it ended, or that it was not made.") if unfinished else ""


def _plan(case, outcome, at):
    """What is worked in another case, or is not about safety, needs none."""
    if outcome in UNPLANNED or case.advice:
        return ""
    if not case.planned_at:
        return _now("There is no plan yet. Agree one, or say that advice was enough.")
    if case.lenses_left():
        return _now("The plan does not speak of everybody any more. Look at it again.")
    return ""


def _charity(case, outcome, at):
    undecided = case.severity in FROM_HIGH_UP and case.charity is None
    return _now("Decide first whether the Charity Commission is told, and why.") if undecided else ""


def _duties(case, outcome, at):
    """By law: whoever has the duty to tell has said whether they told (R22)."""
    owed = case.duties.owed(at).exists()
    return (
        _now("Somebody has not said yet whether they told the police or the council. Ask them first.") if owed else ""
    )


# each looks at a case and the outcome it would have, and says what is not settled yet. A further duty is one more
# function here: the page, the step and what it says follow
HOLDS = (_open_actions, _steps, _allegation, _referrals, _duties, _plan, _charity)
