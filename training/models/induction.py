"""Induction: what somebody new needs before they may work with young people, the decision on their DBS check, and references.

Nothing here asks about health or offences, and there is no box to write them in. Of a certificate only days are kept; a copy
on paper has an end within six months of when it came.
"""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import ANY, NEW, Refused, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.notifications.models import Notice
from harmony.organisation.days import months_on
from harmony.people.models import User

from .. import access
from ..ladders import DBS, DBS_COPY, NEW_HERE

LONGEST_COPY = 6  # months


class InductionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.inductions_visible_to(user))

    def open(self):
        return self.filter(status=Induction.Status.OPEN)


class Induction(Recorded):
    """One person on their way in. What is missing is worked out (ready.py), never ticked here."""

    class Status(models.TextChoices):
        OPEN = "open", _("On their way in")
        READY = "ready", _("May work with young people")
        ENDED = "ended", _("Did not come")

    user = models.OneToOneField(User, models.PROTECT, related_name="induction")
    root = RootField("user")
    starts_on = models.DateField()  # the day by which it is to be done
    status = models.CharField(max_length=5, choices=Status, default=Status.OPEN)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)

    objects = InductionQuerySet.as_manager()
    guards = [
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="NEW.decided_by_id = NEW.user_id",
            say=gettext_noop("Nobody decides this about themselves."),
        )
    ]

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                name="an_induction_ends_by_somebody",
                condition=Q(status="open", decided_by=None, decided_on=None)
                | (~Q(status="open") & Q(decided_by__isnull=False, decided_on__isnull=False)),
            )
        ]
        indexes = [models.Index(fields=["starts_on"], condition=Q(status="open"), name="inductions_by_when")]

    def __str__(self):
        return f"Induction of {self.user}"

    def get_absolute_url(self):
        return reverse("training:induction", args=[self.pk])

    @property
    def due_on(self):
        """For the ladder: the day before which it is to be done."""
        return self.starts_on

    @transition(source=NEW, to=Status.OPEN, may=access.may_induct, done=_("began this"))
    def begin(self, starts_on, *, by):
        self.starts_on = starts_on

    @transition(source={Status.OPEN}, to=Status.READY, may=access.may_induct, done=_("said they may begin"))
    def clear(self, *, by, at):
        """Only through ready.clear, which knows what is missing."""
        self._decide(by, at)

    @transition(source={Status.OPEN}, to=Status.ENDED, may=access.may_induct, done=_("ended this"))
    def end(self, *, by, at):
        self._decide(by, at)

    def _decide(self, by, at):
        self.decided_by, self.decided_on = by, localdate(at)
        Notice.objects.of(self, NEW_HERE).stop(at)


class OfAPersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.inductions_visible_to(user))


class DbsCheckQuerySet(OfAPersonQuerySet):
    def newest(self):
        """Of each person here the last decision: the one that holds."""
        later = DbsCheck.objects.filter(user=models.OuterRef("user"), number__gt=models.OuterRef("number"))
        return self.exclude(user__status=User.Status.LEFT).filter(~models.Exists(later))

    def with_copies(self):
        return self.filter(copy_months__gt=0, copy_gone_on=None)


class DbsCheck(Recorded):
    """What was decided once somebody had looked at a DBS certificate, and until when that holds. The certificate is not kept."""

    class Level(models.TextChoices):
        BASIC = "basic", _("Basic")
        STANDARD = "standard", _("Standard")
        ENHANCED = "enhanced", _("Enhanced")
        BARRED = "barred", _("Enhanced, with the children’s barred list")

    class Decision(models.TextChoices):
        MAY = "may", _("May work with young people")
        BESIDE = "beside", _("Only beside somebody else, for now")
        NOT = "not", _("May not work with young people")

    user = models.ForeignKey(User, models.PROTECT, related_name="dbs_checks")
    root = RootField("user")
    number = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=8, choices=Level)
    decision = models.CharField(max_length=6, choices=Decision)
    seen_on = models.DateField()  # the day somebody looked at the certificate
    renew_on = models.DateField()
    copy_months = models.PositiveSmallIntegerField(default=0)  # for how long a copy on paper is kept; 0: there is none
    copy_gone_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = DbsCheckQuerySet.as_manager()
    guards = [
        Guard(
            on=("UPDATE",),
            refuse_when="""NEW.user_id <> OLD.user_id OR NEW.level <> OLD.level OR NEW.decision <> OLD.decision
                OR NEW.seen_on <> OLD.seen_on OR NEW.renew_on <> OLD.renew_on OR NEW.copy_months <> OLD.copy_months
                OR OLD.copy_gone_on IS NOT NULL""",
            say=gettext_noop("What was decided stays. Decide anew."),
        ),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="NEW.decided_by_id = NEW.user_id",
            say=gettext_noop("Nobody decides this about themselves."),
        ),
    ]

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["user", "number"], name="one_dbs_decision_a_number"),
            models.CheckConstraint(name="no_copy_beyond_six_months", condition=Q(copy_months__lte=LONGEST_COPY)),
            models.CheckConstraint(name="a_dbs_decision_is_made_anew", condition=Q(renew_on__gt=F("seen_on"))),
        ]
        indexes = [models.Index(fields=["renew_on"], name="dbs_by_renewal")]

    def __str__(self):
        return f"DBS decision of {self.user}"

    def get_absolute_url(self):
        return reverse("training:dbs", args=[self.pk])

    @property
    def due_on(self):
        """For the ladder: the day by which it is renewed."""
        return self.renew_on

    @property
    def copy_until(self):
        """The last day of a copy on paper; None where there is none."""
        return months_on(self.seen_on, self.copy_months) if self.copy_months and not self.copy_gone_on else None

    @transition(source=NEW, to=None, may=access.may_decide_dbs)
    def decide(self, level, decision, seen_on, renew_on, copy_months, *, by, at):
        if seen_on > localdate(at):
            raise Refused(_("This day has not come yet."))
        self.number = (self.user.dbs_checks.aggregate(last=models.Max("number"))["last"] or 0) + 1
        self.level, self.decision, self.seen_on, self.renew_on = level, decision, seen_on, renew_on
        self.copy_months, self.decided_by = copy_months, by
        for older in self.user.dbs_checks.all():
            Notice.objects.of(older, DBS).stop(at)

    @transition(source=ANY, to=None, may=access.may_decide_dbs)
    def destroy_copy(self, *, by, at):
        """The copy on paper was shredded."""
        if not self.copy_until:
            raise Refused(_("There is no copy any more."))
        self.copy_gone_on = localdate(at)
        Notice.objects.of(self, DBS_COPY).stop(at)


class Reference(Recorded):
    """Somebody who was asked about a person, and what came of it: a choice, and no words of theirs."""

    class Status(models.TextChoices):
        ASKED = "asked", _("Asked")
        GOOD = "good", _("Speaks for them")
        DOUBT = "doubt", _("Raises a question")
        NONE = "none", _("Did not answer")

    user = models.ForeignKey(User, models.PROTECT, related_name="references")
    root = RootField("user")
    of = EncryptedTextField(_("who was asked"))
    status = models.CharField(max_length=5, choices=Status, default=Status.ASKED)
    asked_on = models.DateField()
    read_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    read_on = models.DateField(null=True, blank=True)

    objects = OfAPersonQuerySet.as_manager()

    class Meta:
        ordering = ["asked_on"]
        constraints = [
            models.CheckConstraint(
                name="a_reference_is_read_by_somebody",
                condition=Q(status="asked", read_by=None, read_on=None)
                | (~Q(status="asked") & Q(read_by__isnull=False, read_on__isnull=False)),
            )
        ]

    def __str__(self):
        return f"Reference about {self.user}"

    @transition(source=NEW, to=Status.ASKED, may=access.may_decide_dbs, done=_("asked"))
    def ask(self, of, asked_on, *, by, at):
        if asked_on > localdate(at):
            raise Refused(_("This day has not come yet."))
        self.of, self.asked_on = of, asked_on

    @transition(
        source={Status.ASKED, Status.DOUBT}, to=Status.GOOD, may=access.may_decide_dbs, done=_("speaks for them")
    )
    def vouch(self, *, by, at):
        """They speak for them; or what raised a question was looked into."""
        self._read(by, at)

    @transition(source={Status.ASKED}, to=Status.DOUBT, may=access.may_decide_dbs, done=_("raises a question"))
    def question(self, *, by, at):
        """It counts for nothing until somebody has looked into it."""
        self._read(by, at)

    @transition(source={Status.ASKED}, to=Status.NONE, may=access.may_decide_dbs, done=_("did not answer"))
    def give_up(self, *, by, at):
        """Somebody else is asked instead."""
        self._read(by, at)

    def _read(self, by, at):
        self.read_by, self.read_on = by, localdate(at)
