"""Something to do, by somebody, by a day."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import Refused, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.notifications.models import Notice
from harmony.people.models import User

from .. import access
from ..plans import Lens
from ..reminders import LAST_REMINDER, REMIND, ask
from .cases import Case
from .searched import ACTION


class ActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What this person was asked to do. (Whoever works the case sees its actions with the case.)"""
        return self.filter(access.actions_visible_to(user))

    def open(self):
        return self.filter(status=Action.Status.OPEN)

    def late(self, at):
        """Not done by their day."""
        return self.open().filter(due_on__lt=localdate(at))

    def of_cases_visible_to(self, user):
        """For whoever works the case: that something in it was not done."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def to_remind(self, at):
        """Open, on their day or past it, and not reminded of for the last time."""
        told = Notice.objects.filter(about=OuterRef("pk"), clock=REMIND.clock, rung=LAST_REMINDER)
        return self.open().filter(due_on__lte=localdate(at)).exclude(Exists(told))


class Action(Recorded):
    class Status(models.TextChoices):
        OPEN = "open", _("To do")
        DONE = "done", _("Done")
        UNDONE = "undone", _("Could not be done")
        WAIVED = "waived", _("Not needed")

    case = models.ForeignKey(Case, models.PROTECT, related_name="actions")
    root = RootField("case")
    what = EncryptedTextField()
    owner = models.ForeignKey(User, models.PROTECT, related_name="actions")
    lens = models.CharField(_("for whom"), max_length=9, choices=Lens, blank=True)  # of the plan; none: for the case
    due_on = models.DateField(_("by when"))
    status = models.CharField(max_length=6, choices=Status, default=Status.OPEN)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    result = EncryptedTextField(blank=True)  # what came of it, or why it could not be done or was not needed

    objects = ActionQuerySet.as_manager()
    searched = ACTION
    guards = [
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.status = 'open' AND EXISTS (
                SELECT 1 FROM incidents_case WHERE id = NEW.case_id AND status = 'closed')""",
            say=gettext_noop("This case is closed. Reopen it first."),
            lock="incidents_case",
            lock_by="case_id",
        ),
        Guard(
            on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("An action is not deleted. Say why it is not needed.")
        ),
    ]

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["due_on"], name="actions_to_do", condition=Q(status="open"))]
        constraints = [
            models.CheckConstraint(
                name="done_by_somebody_at_a_time",
                condition=Q(status="open", done_at=None, done_by=None)
                | Q(status__in=["done", "undone", "waived"], done_at__isnull=False, done_by__isnull=False),
            )
        ]

    def __str__(self):
        return f"Action in {self.case}"

    @transition(source={Status.OPEN}, to=Status.DONE, may=access.may_finish, done=_("finished this"))
    def finish(self, result, *, by, at):
        self._is_over(result, by, at)
        self._is_answered(_now("Done"), by, at)

    @transition(source={Status.OPEN}, to=Status.UNDONE, may=access.may_finish, done=_("said this could not be done"))
    def hand_back(self, result, *, by, at):
        """It could not be done; `result` says why. Whoever works the case decides what is done instead."""
        self._is_over(result, by, at)
        self._is_answered(_now("Could not be done"), by, at)

    @transition(source={Status.OPEN}, to=Status.WAIVED, may=access.may_waive, done=_("said this is not needed"))
    def waive(self, result, *, by, at):
        """Not needed after all; `result` says why."""
        self._is_over(result, by, at)

    @transition(source={Status.OPEN}, to=None, may=access.may_hand_over_action)
    def hand_over(self, to, *, by):
        """To somebody else who may be asked; otherwise to whoever has the case."""
        heirs = [person for person in (to, self.case.owner) if person and access.may_be_asked(person, self.case)]
        if not heirs:
            raise Refused(_now("This person has no part in this case. Choose somebody else."))
        self.owner = heirs[0]
        ask(self, by)

    def _is_over(self, result, by, at):
        self.done_at, self.done_by, self.result = at, by, result
        Notice.objects.filter(about=self.pk).stop(at)

    def _is_answered(self, what_became, by, at):
        """Whoever was asked need not see the case: what they answer stands in its chronology, and its workers hear of it."""
        if by.pk == self.owner_id and not access.may_work(by, self.case):
            said = {"what": self.what, "became": what_became, "answer": self.result}
            words = _now("They were asked: %(what)s\n\n%(became)s: %(answer)s") % said
            self.case.hears(words, by, at)
