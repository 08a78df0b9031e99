"""Supervision: how often each role has it, and what was talked about, for the two who talked (S23, R46)."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Identified, Recorded
from harmony.audit.transitions import ANY, NEW, Refused, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.people.models import Post, User
from harmony.people.models.dated import Dated, DatedQuerySet

from .. import access
from ..given import Whom


class Rhythm(Identified, Dated):
    """Who has supervision, and within how many days of the last time."""

    whom = models.CharField(max_length=10, choices=[(Whom.POST, Whom.POST.label), (Whom.CONTACT, Whom.CONTACT.label)])
    post = models.CharField(max_length=12, choices=Post, blank=True)
    every_days = models.PositiveSmallIntegerField()

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["every_days"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="a_rhythm_says_of_whom",
                condition=Q(whom=Whom.CONTACT, post="") | (Q(whom=Whom.POST) & ~Q(post="")),
            ),
            models.CheckConstraint(name="supervision_comes_again", condition=Q(every_days__range=(7, 366))),
        ]

    def __str__(self):
        return f"{self.of_whom}: every {self.every_days} days"

    @property
    def of_whom(self):
        return self.get_post_display() if self.whom == Whom.POST else self.get_whom_display()

    @transition(source=NEW, to=None, may=access.may_keep)
    def ask(self, whom, post, every_days, starts_on=None, *, by, at):
        self.whom, self.post, self.every_days = whom, post, every_days
        self.span(starts_on or localdate(at))

    @transition(source=ANY, to=None, may=access.may_keep)
    def end(self, last_day, *, by):
        self.span(self.starts_on, last_day)


class SupervisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.supervisions_visible_to(user))


class Supervision(Recorded):
    """One time that two people talked. What was said is read by those two alone; that it was, by those who read training."""

    user = models.ForeignKey(User, models.PROTECT, related_name="supervisions")
    root = RootField("user")
    supervisor = models.ForeignKey(User, models.PROTECT, related_name="supervised")
    held_on = models.DateField()
    words = EncryptedTextField(_("what was talked about"), blank=True)
    agreed = EncryptedTextField(_("what was agreed"), blank=True)
    cases = EncryptedTextField(_("references of cases"), blank=True)
    support = EncryptedTextField(_("how they are, and what was offered"), blank=True)

    objects = SupervisionQuerySet.as_manager()
    guards = [
        Guard(
            on=("UPDATE", "DELETE"),
            refuse_when="1 = 1",
            say=gettext_noop("What was written down stays. Write more the next time."),
        ),
        Guard(
            on=("INSERT",),
            refuse_when="NEW.supervisor_id = NEW.user_id",
            say=gettext_noop("Nobody supervises themselves."),
        ),
    ]

    class Meta:
        ordering = ["-held_on"]
        indexes = [models.Index(fields=["user", "-held_on"], name="supervision_of_a_person")]

    def __str__(self):
        return f"Supervision of {self.user}, {self.held_on}"

    @property
    def references(self):
        return self.cases.split()

    @transition(source=NEW, to=None, may=access.may_supervise)
    def hold(self, held_on, words, agreed, cases, support, *, by, at):
        if held_on > localdate(at):
            raise Refused(_("This day has not come yet."))
        self.supervisor, self.held_on = by, held_on
        self.words, self.agreed, self.cases, self.support = words, agreed, " ".join(cases), support
