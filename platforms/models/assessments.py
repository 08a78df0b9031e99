"""One look at a platform: what it may be used for, by whom, what could go wrong, and who decided (S9, S24, R23, R32).

Somebody writes it and sends it; somebody else decides. What was decided stays word by word, and holds for a year at most.
"""

from datetime import timedelta

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony import between
from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import NEW, Refused, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.notifications.models import Notice
from harmony.people.models import Post, User

from .. import access, ladders
from ..levels import NOT_TO_BE_APPROVED
from .hazards import Area, Control
from .platforms import Platform

A_YEAR = timedelta(days=365)


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.assessments_visible_to(user))

    def pending(self):
        return self.filter(status__in=("asked", "open", "sent"))


class Assessment(Recorded):
    class Status(models.TextChoices):
        ASKED = "asked", _("Asked for")
        OPEN = "open", _("Being written")
        SENT = "sent", _("Waits for a decision")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        DROPPED = "dropped", _("Given up")

    class Because(models.TextChoices):
        FIRST = "first", _("It is new here")
        AGAIN = "again", _("To look at it again")
        FEATURE = "feature", _("A new feature")
        AGE = "age", _("Its age rating changed")
        INCIDENT = "incident", _("Something happened")
        GUIDANCE = "guidance", _("Law or guidance changed")
        BEFORE = "before", _("It was approved before there was a register")

    TRIGGERS = (Because.AGAIN, Because.FEATURE, Because.AGE, Because.INCIDENT, Because.GUIDANCE)
    WRITTEN = ("uses", "age_from", "age_to", "groups", "conditions", "owner", "age_terms", "data", "dpia", "leaving",
               "nothing_in")  # fmt: skip

    platform = models.ForeignKey(Platform, models.PROTECT, related_name="assessments")
    root = RootField("platform")
    status = models.CharField(max_length=8, choices=Status, default=Status.ASKED)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    because = models.CharField(max_length=8, choices=Because, default=Because.FIRST)
    # asked for because of a case: whoever may not see that case reads that it is looked at again, and nothing more
    case_reference = EncryptedTextField(blank=True)
    said = EncryptedTextField(_("what changed or happened"), blank=True)
    assessor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    uses = models.TextField(_("what it may be used for"), blank=True)
    age_from = models.PositiveSmallIntegerField(_("youngest"), null=True, blank=True)  # years; none: no young people
    age_to = models.PositiveSmallIntegerField(_("oldest"), null=True, blank=True)
    groups = models.CharField(_("which groups"), max_length=200, blank=True)
    conditions = models.TextField(_("on what conditions"), blank=True)  # one a line
    owner = models.CharField(_("who looks after it"), max_length=12, choices=Post, blank=True)
    age_terms = models.CharField(_("what its makers say about age"), max_length=200, blank=True)
    data = models.TextField(_("what it is told about people"), blank=True)
    dpia = models.CharField(_("data protection assessment"), max_length=300, blank=True)
    leaving = models.TextField(_("how we would leave it"), blank=True)
    nothing_in = models.CharField(max_length=60, blank=True)  # areas in which somebody looked and found nothing

    sent_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.TextField(_("why it was decided so"), blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)  # the last day

    objects = AssessmentQuerySet.as_manager()
    in_clear = dict.fromkeys(
        ("uses", "groups", "conditions", "age_terms", "data", "dpia", "leaving", "decision"), "rules of use, about no person"
    ) | {"nothing_in": "codes of areas, never words of anybody"}  # fmt: skip
    guards = [
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.status IN ('approved', 'refused') AND EXISTS (
                SELECT 1 FROM platforms_assessment AS other
                WHERE other.platform_id = NEW.platform_id AND other.assessor_id = NEW.decided_by_id)""",
            say=gettext_noop("Whoever assessed a platform does not decide on it. Ask somebody else."),
            lock="platforms_platform",
            lock_by="platform_id",
        ),
        Guard(
            on=("UPDATE", "DELETE"),
            refuse_when="OLD.status IN ('approved', 'refused', 'dropped')",
            say=gettext_noop("What was decided stays as it was."),
        ),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.because = 'before' AND NOT EXISTS (
                SELECT 1 FROM organisation_channel WHERE organisation_channel.id = NEW.platform_id
                AND organisation_channel.approved_until = NEW.ends_on
                AND organisation_channel.conditions = NEW.conditions)""",
            say=gettext_noop("Nothing was approved before the register but what stood among the channels."),
        ),
    ]

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["platform"],
                condition=models.Q(status__in=("asked", "open", "sent")),
                name="one_assessment_at_a_time",
            ),
            models.CheckConstraint(
                name="decided_by_somebody_else_with_a_reason",
                condition=~models.Q(status__in=("approved", "refused"))
                | models.Q(because="before", status="approved")
                | models.Q(assessor__isnull=False, decided_by__isnull=False, decided_at__isnull=False)
                & ~models.Q(decision="")
                & ~models.Q(assessor=models.F("decided_by")),
            ),
            models.CheckConstraint(
                name="an_approval_has_conditions_and_a_last_day",
                condition=~models.Q(status="approved")
                | models.Q(ends_on__isnull=False) & (~models.Q(conditions="") | models.Q(because="before")),
            ),
            models.CheckConstraint(
                name="from_the_youngest_to_the_oldest",
                condition=models.Q(age_from=None) | models.Q(age_to=None) | models.Q(age_to__gte=models.F("age_from")),
            ),
        ]

    def __str__(self):
        return f"Assessment of {self.platform}"

    @property
    def is_for_young(self):
        return self.age_from is not None or self.age_to is not None

    def controls(self):
        return Control.objects.filter(hazard__assessment=self)

    def reason_for(self, user):
        """(why it was asked for, its words, the case), as far as this person may know."""
        if not self.case_reference:
            return self.get_because_display(), self.said, None
        for case in between.case_label(self.case_reference, user):
            return self.get_because_display(), self.said, case
        return self.Because.AGAIN.label, "", None

    @transition(source=NEW, to=Status.ASKED, may=access.may_open_assessment, done=_("asked for this"))
    def ask(self, because, words="", case="", *, by, at):
        """With a case only by somebody who may see that case: to everybody else there is none of that number."""
        if case and not between.case_label(case, by):
            raise Refused(_now("There is no case of this number that you may see."))
        self.because, self.said, self.asked_by, self.asked_at = because, words, by, at
        self.case_reference = case or self.case_reference

    @transition(source={Status.ASKED}, to=Status.OPEN, may=access.may_take_on, done=_("took this on"))
    def take_on(self, *, by, at):
        """It begins with what was found last time: whoever writes it keeps what is still so, and changes the rest."""
        self.assessor = by
        before = self.platform.assessments.exclude(pk=self.pk).filter(assessor__isnull=False).first()
        before = before or self.platform.standing
        if before:
            for name in self.WRITTEN:
                setattr(self, name, getattr(before, name))
            for hazard in before.hazards.prefetch_related("controls"):
                hazard.copy_to(self)
        Notice.objects.of(self.platform, ladders.PROPOSED).stop(at)

    @transition(source={Status.OPEN}, to=None, may=access.may_write, done=_("changed this"))
    def write(self, *, by, **told):
        for name in self.WRITTEN:
            setattr(self, name, told[name])

    @transition(source={Status.OPEN}, to=Status.SENT, may=access.may_write, done=_("sent this"))
    def send(self, *, by, at):
        """To somebody who decides. Not before every area was looked at, and whoever sees to what makes it safe is named."""
        if missing := self.missing():
            raise Refused(missing[0])
        self.sent_at = at
        ladders.tell_of(ladders.SENT, self, at)

    @transition(source={Status.SENT}, to=Status.OPEN, may=access.may_decide, reason=True, done=_("asked for changes"))
    def send_back(self, *, by, at, why):
        """With a word about what is missing."""
        self.decision = why
        Notice.objects.of(self, ladders.SENT).stop(at)
        ladders.tell_of(ladders.BACK, self, at)

    @transition(
        source={Status.ASKED, Status.OPEN, Status.SENT}, to=Status.DROPPED, may=access.may_drop, done=_("dropped this")
    )
    def drop(self, *, by, at):
        """Its platform is not used any more; or somebody else goes on with it (decisions.hand_back)."""
        Notice.objects.of(self, ladders.SENT).stop(at)

    @transition(source={Status.SENT}, to=Status.APPROVED, may=access.may_decide, done=_("approved this"))
    def approve(self, ends_on, decision, *, by, at):
        """Part of a decision (decisions.py). Not while something stays critical, whatever is done about it."""
        if any(hazard.after >= NOT_TO_BE_APPROVED for hazard in self.hazards.all()):
            raise Refused(_now("One risk stays critical. Refuse it, or send it back."))
        if not localdate(at) <= ends_on <= localdate(at) + A_YEAR:
            raise Refused(_now("Give a day within a year from now."))
        self.ends_on = ends_on
        self._decide(decision, by, at)

    @transition(source={Status.SENT}, to=Status.REFUSED, may=access.may_decide, done=_("refused this"))
    def refuse(self, decision, *, by, at):
        """Part of a decision (decisions.py)."""
        self._decide(decision, by, at)

    def _decide(self, decision, by, at):
        self.decision, self.decided_by, self.decided_at = decision, by, at
        Notice.objects.of(self, ladders.SENT).stop(at)

    def missing(self):
        """What has to be said before it is sent on, in sentences; [] when it is whole."""
        lacks = []
        if not (self.uses and self.conditions and self.owner and self.dpia and self.leaving):
            lacks.append(_now("Say what it may be used for, on what conditions, and who looks after it."))
        hazards = list(self.hazards.prefetch_related("controls"))
        looked_at = {hazard.area for hazard in hazards} | set(self.nothing_in.split())
        if open_areas := [str(area.label) for area in Area if area.value not in looked_at]:
            says = _now("Look at each of the six areas, or say that there is nothing in it. Not yet: %(areas)s.")
            lacks.append(says % {"areas": ", ".join(open_areas)})
        for hazard in hazards:
            if hazard.needs_a_control and not hazard.controls.all():
                lacks.append(_now("Say what is done about this: %(hazard)s") % {"hazard": hazard.words})
        return lacks
