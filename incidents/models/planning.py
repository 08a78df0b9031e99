"""The response plan of a case, and the steps that make it (S28): an abstract part of `Case`.

What is done for somebody is an action with its lens; where nothing is needed, NotNeeded says why.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.transitions import Refused, StateMoved, transition
from harmony.encryption.fields import EncryptedTextField, load_keys
from harmony.look.words import day
from harmony.people.models import User

from .. import access
from ..kinds import Severity
from ..plans import ANSWERED, OWED, Lens, owed
from .timing import TRIAGED, clocks_at

GUARDS = [
    Guard(
        on=("UPDATE",),
        refuse_when=f"""NEW.planned_at IS NOT NULL AND OLD.planned_at IS NULL AND NEW.advice = ''
            AND {ANSWERED} < {OWED}""",
        say=gettext_noop("A plan says for each of them what is done, or why nothing is needed."),
    ),
    Guard(
        on=("INSERT", "UPDATE"),
        refuse_when="NEW.advice <> '' AND NEW.severity <> 'low'",
        say=gettext_noop("Advice alone is enough for a case of level Low only."),
    ),
]
CONSTRAINT = models.CheckConstraint(
    name="planned_by_somebody_at_a_time",
    condition=Q(planned_at=None, planned_by=None) | Q(planned_at__isnull=False, planned_by__isnull=False),
)


class Planned(models.Model):
    plan_due = models.DateTimeField(null=True, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True)  # since when the plan is under way
    planned_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    advice = EncryptedTextField(blank=True)  # what was advised, where that was all (level Low)

    class Meta:
        abstract = True

    @property
    def lenses(self):
        """For whom the plan answers, or has answered before somebody else turned out to have caused it."""
        return [lens for lens in Lens if lens in owed(self.caused_by) or lens in self._answered()]

    def lenses_left(self):
        """Of whom it says nothing yet."""
        return [lens for lens in owed(self.caused_by) if lens not in self._answered()]

    def _answered(self):
        with_actions = self.actions.exclude(lens="").values_list("lens", flat=True)
        return {*with_actions, *self.not_needed.values_list("lens", flat=True)}

    @transition(source=TRIAGED, to=None, may=access.may_work)
    def say_not_needed(self, lens, because, *, by, at):
        """Nothing is needed for them, and why."""
        if self.actions.filter(lens=lens).exists():
            raise Refused(_now("Something is planned for them already. If it is not needed, say so there."))
        said = {"because": because, "said_by": by, "said_at": at}
        self.not_needed.update_or_create(lens=lens, defaults=said)

    @transition(source=TRIAGED, to=None, may=access.may_work, done=_("agreed the plan"))
    def agree_plan(self, *, by, at):
        """From now on it is under way, and reviews count from here (practice.md 2.3). It stands whole in the chronology."""
        if self.planned_at and not self.advice:
            raise StateMoved(_now("The plan is agreed already."))
        if left := self.lenses_left():
            whom = "; ".join(str(lens.label) for lens in left)
            raise Refused(
                _now("The plan says nothing yet of: %(whom)s. Add what is done, or say why nothing is needed.")
                % {"whom": whom}
            )
        self.advice = ""
        self._is_planned(by, at)
        if not self._has_been_reviewed() and not (self.review_due and self.review_due <= at):
            self._begin_reviews(at)
        self._enter("decision", self._plan_in_words(), by, at)

    @transition(source=TRIAGED, to=None, may=access.may_work, done=_("wrote down the advice"))
    def advise_only(self, advice, *, by, at):
        """One small thing that is over: advice was enough, so there is no plan and no review (practice.md 2.3)."""
        if self.severity != Severity.LOW:
            raise Refused(_now("Advice alone is enough for a case of level Low only. Make a plan."))
        if self.planned_at:
            raise StateMoved(_now("The plan is agreed already."))
        self.advice, self.review_due = advice, None
        self._is_planned(by, at)
        self._stop(at, "review")
        self._log(_now("Advice only. No plan is needed."), advice, by, at)

    def _is_planned(self, by, at):
        self.planned_at, self.planned_by = at, by
        self._stop(at, "plan")

    def _has_been_reviewed(self):
        return bool(self.reviewed_at and self.reviews_from and self.reviewed_at > self.reviews_from)

    def _advice_is_not_enough(self, at):
        """It is more than that after all: a plan is owed from now on."""
        if self.advice:
            self.advice, self.planned_at, self.planned_by = "", None, None
            self.plan_due = clocks_at(at).official(self.severity, at).plan

    def _plan_in_words(self):
        actions = list(self.actions.exclude(lens="").select_related("owner"))
        answers = list(self.not_needed.all())
        load_keys([*actions, *answers])
        said = [_now("Response plan agreed.")]
        for lens in self.lenses:
            lines = [
                _now("%(what)s (%(name)s, by %(day)s)")
                % {"what": one.what, "name": one.owner.name, "day": day(one.due_on)}
                for one in actions
                if one.lens == lens
            ]
            lines = lines or [
                _now("Nothing is needed: %(why)s") % {"why": one.because} for one in answers if one.lens == lens
            ]
            said.append("\n".join([f"{lens.label}:", *lines]))
        return "\n\n".join(said)
