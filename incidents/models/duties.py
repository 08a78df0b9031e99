"""The law's duty to tell of sexual abuse of a child, as a record of the person who has it (R22, N23).

It is theirs in person: the organisation can neither take it off them nor tell for them, and to hold somebody back from it
is an offence. So they alone say whether they told, whom, when, and with what reference. What they say stands in the
chronology too. Nothing of it is there before the day that the organisation has set (harmony/organisation/duty.py).
"""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import ANY, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.look.words import clock_time
from harmony.notifications.models import Notice
from harmony.organisation.duty import in_force
from harmony.people.models import User

from .. import access
from .cases import Case
from .sharing import Recusal


class DutyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own. (Whoever works the case sees them with the case.)"""
        return self.filter(access.duties_visible_to(user), in_force())

    def of_cases_visible_to(self, user):
        return self.filter(in_force(), case__in=Case.objects.visible_to(user))

    def in_force(self, at=None):
        return self.filter(in_force(at))

    def owed(self, at=None):
        """Not answered, and asked of somebody who still has a part in the case."""
        kept_out = Recusal.objects.filter(case=OuterRef("case"), user=OuterRef("user"))
        return self.in_force(at).filter(status=Duty.Status.OPEN).exclude(Exists(kept_out))


class Duty(Recorded):
    class Status(models.TextChoices):
        OPEN = "open", _("Not answered yet")
        TOLD = "told", _("They told them in person")
        OTHER = "other", _("Somebody else has told them")
        NONE = "none", _("They say that they have no such duty here")
        ASIDE = "aside", _("Not answered: whoever works the case said why")

    class To(models.TextChoices):
        POLICE = "police", _("The police")
        COUNCIL = "council", _("The council’s children’s services")
        BOTH = "both", _("Both of them")

    case = models.ForeignKey(Case, models.PROTECT, related_name="duties")
    root = RootField("case")
    user = models.ForeignKey(User, models.PROTECT, related_name="duties")
    # None: they reported it
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    arose_at = models.DateTimeField()
    due_at = models.DateTimeField()
    status = models.CharField(max_length=5, choices=Status, default=Status.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    told_whom = models.CharField(max_length=7, choices=To, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = EncryptedTextField(blank=True)  # who did, where it was somebody else
    reference = EncryptedTextField(blank=True)
    why = EncryptedTextField(blank=True)  # why not, or why nobody answered

    objects = DutyQuerySet.as_manager()
    guards = [
        Guard(on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("What the law asked of somebody is not deleted.")),
        Guard(
            on=("UPDATE",),
            refuse_when="""NEW.user_id <> OLD.user_id OR NEW.case_id <> OLD.case_id OR NEW.arose_at <> OLD.arose_at
                OR NEW.status = 'open'""",
            say=gettext_noop("A duty stays with whoever has it. Write down what they say."),
        ),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.status IN ('told', 'other', 'none') AND NEW.answered_by_id <> NEW.user_id
                OR NEW.status = 'aside' AND NEW.answered_by_id = NEW.user_id
                OR NEW.status IN ('none', 'aside') AND NEW.why = '' OR NEW.status = 'other' AND NEW.told_by = ''""",
            say=gettext_noop("Only whoever has the duty says whether they told, and a no has its reason."),
        ),
    ]

    class Meta:
        ordering = ["arose_at", "pk"]
        indexes = [models.Index(fields=["due_at"], name="duties_not_answered", condition=Q(status="open"))]
        constraints = [
            models.UniqueConstraint(fields=["case", "user"], name="one_duty_each"),
            models.CheckConstraint(
                name="a_duty_is_answered_by_somebody_at_a_time",
                condition=Q(status="open", answered_at=None, answered_by=None)
                | (~Q(status="open") & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="told_means_somebody_at_a_time",
                condition=(Q(status__in=["told", "other"], told_at__isnull=False) & ~Q(told_whom=""))
                | (~Q(status__in=["told", "other"]) & Q(told_at=None, told_whom="")),
            ),
        ]

    def __str__(self):
        return f"Duty to tell in {self.case}"

    def get_absolute_url(self):
        return reverse("incidents:my_duty", args=[self.pk])

    @property
    def is_open(self):
        return self.status == self.Status.OPEN

    @property
    def rows(self):
        """(what, answer) of what was said: for their own page, for the case's, and for paper."""
        said = [
            (_now("Who told"), self.user.name if self.status == self.Status.TOLD else self.told_by),
            (_now("Whom"), self.get_told_whom_display()),
            (_now("When"), clock_time(self.told_at) if self.told_at else ""),
            (_now("Reference"), self.reference),
            (_now("Why"), self.why),
        ]
        return [(what, answer) for what, answer in said if answer]

    @transition(source=ANY, to=None, may=access.may_answer_in_person, done=_("answered this"))
    def answer(self, said, told_whom="", told_at=None, told_by="", reference="", why="", *, by, at):
        """In their own words. They may say it anew, when they have told after all; each answer stays in the chronology."""
        self.status, self.answered_at, self.answered_by = said, at, by
        self.told_whom, self.told_at, self.told_by = told_whom, told_at, told_by
        self.reference, self.why = reference, why
        self._is_over(at)

    @transition(source={Status.OPEN}, to=Status.ASIDE, may=access.may_set_duty_aside, done=_("set this aside"))
    def set_aside(self, why, *, by, at):
        """They were told of their duty and do not answer, or have left: why, and what was done. They may still answer."""
        self.status, self.answered_at, self.answered_by, self.why = self.Status.ASIDE, at, by, why
        self._is_over(at)

    def _is_over(self, at):
        for clock in ("duty", "duty_late"):
            Notice.objects.of(self, clock).stop(at)
        title = _now("Duty of %(name)s to tell: %(answer)s.") % {
            "name": self.user.name,
            "answer": self.get_status_display(),
        }
        words = "\n".join([title, "", *(f"{what}: {answer}" for what, answer in self.rows)])
        self.case.entries.create(
            author=self.answered_by, kind="decision", words=words, happened_at=at, written_at=at, significant=True
        )

    def still_owes(self):
        """Asked of the database, before somebody is told: nobody has answered meanwhile."""
        return type(self).objects.owed().filter(pk=self.pk).exists()
