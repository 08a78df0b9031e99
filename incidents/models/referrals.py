"""A referral to somebody outside, from when it is considered to how it ended (R5, R7 to R9, practice.md 2.4).

Considered, then not made with the reason; or told by phone, sent in writing, confirmed, accepted or not, challenged in up to
three stages, ended. Each step is a row that stays as it was written, and a line of the chronology. What is owed next has a
time: the same ladder climbs whatever waits.
"""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import NEW, Refused, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.notifications.models import Notice
from harmony.organisation.models import Council
from harmony.people.models import User

from .. import access, outside
from ..outside import Agency, Informed, Step
from .cases import Case
from .owed import Owed, OwedQuerySet

# of these nothing more is owed: the case may end
OVER = ("not_made", "accepted", "concluded")
MADE = ("verbal", "written", "acknowledged", "accepted", "not_accepted", "challenged", "concluded")
WAITS_FOR_THEM = {"written", "acknowledged", "challenged"}


class ReferralQuerySet(OwedQuerySet):
    def late(self, at):
        """Where the case still owes contact outside, its own clock climbs for what is only considered."""
        the_case_climbs = Case.objects.filter(pk=OuterRef("case"), contact_due__isnull=False, contacted_at=None)
        return super().late(at).exclude(Q(status="considered") & Exists(the_case_climbs))

    def unfinished(self):
        return self.exclude(status__in=OVER)

    def made(self):
        return self.filter(status__in=MADE)


class Referral(Recorded, Owed):
    class Status(models.TextChoices):
        CONSIDERED = "considered", _("Considered")
        NOT_MADE = "not_made", _("Not made")
        VERBAL = "verbal", _("Told, not sent yet")
        WRITTEN = "written", _("Sent in writing")
        ACKNOWLEDGED = "acknowledged", _("They have it")
        ACCEPTED = "accepted", _("Accepted")
        NOT_ACCEPTED = "not_accepted", _("Not accepted")
        CHALLENGED = "challenged", _("Challenged")
        CONCLUDED = "concluded", _("Ended")

    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals")
    root = RootField("case")
    agency = models.CharField(max_length=8, choices=Agency)
    council = models.ForeignKey(Council, models.PROTECT, null=True, blank=True, related_name="+")  # none: our own
    status = models.CharField(max_length=12, choices=Status)
    stage = models.PositiveSmallIntegerField(default=0)  # of a challenge: how often it was challenged
    why = EncryptedTextField()
    considered_at = models.DateTimeField()
    considered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    informed = models.CharField(max_length=8, choices=Informed)
    informed_why = EncryptedTextField(blank=True)
    their_reference = EncryptedTextField(blank=True)
    chosen = EncryptedTextField(blank=True)  # which facts its PDF holds: codes and keys, as JSON (referring.py)

    masks = EncryptedTextField(blank=True, default="")  # words that its PDF leaves out, a line each (masking.py)
    masks_why = EncryptedTextField(blank=True, default="")

    objects = ReferralQuerySet.as_manager()
    guards = [
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.status NOT IN ('not_made', 'accepted', 'concluded') AND EXISTS (
                SELECT 1 FROM incidents_case WHERE id = NEW.case_id AND status = 'closed')""",
            say=gettext_noop("This case is closed. Reopen it first."),
            lock="incidents_case",
            lock_by="case_id",
        ),
        Guard(on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("A referral stays. Say how it ended.")),
    ]

    class Meta:
        ordering = ["considered_at"]
        indexes = [models.Index(fields=["due_at"], name="referrals_owed", condition=Q(due_at__isnull=False))]
        constraints = [
            models.CheckConstraint(
                name="referral_status_known",
                condition=Q(
                    status__in=["considered", "verbal", "written", "acknowledged", "not_accepted", "challenged"]
                )
                | Q(status__in=OVER),
            ),
            models.CheckConstraint(
                name="a_referral_owes_something_until_it_is_over",
                condition=Q(status__in=OVER, due_at=None) | (~Q(status__in=OVER) & Q(due_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_challenge_has_a_stage", condition=Q(stage__lte=3) & (~Q(status="challenged") | Q(stage__gte=1))
            ),
        ]

    def __str__(self):
        return f"Referral of {self.case}"

    def get_absolute_url(self):
        return reverse("incidents:referral", args=[self.case_id, self.pk])

    @property
    def to_whom(self):
        """ "Children’s services, Northbrook"; without a council where it has none."""
        where = self.council.name if self.council_id else ""
        return f"{self.get_agency_display()}, {where}" if where else str(self.get_agency_display())

    @transition(source=NEW, to=Status.CONSIDERED, may=access.may_refer, done=_("considered this"))
    def consider(self, agency, council, why, informed, informed_why="", *, by, at):
        """To whom, why (by name: the book keeps it too), and whether those it is about know."""
        if self.case.closed_at:
            raise Refused(_now("This case is closed. Reopen it first."))
        self.agency, self.council, self.informed, self.informed_why = agency, council, informed, informed_why
        self.why, self.considered_at, self.considered_by = why, at, by
        self._owe(outside.DECIDED, at, at)
        self._tell_the_case(Step.CONSIDERED, why, at, by, at)

    @transition(source={Status.CONSIDERED}, to=Status.NOT_MADE, may=access.may_refer, done=_("decided against this"))
    def leave(self, words, *, by, at):
        """Not to refer is a decision too, with its reason (R5): where no other referral was made it meets the case's clock."""
        self._move(Step.NOT_MADE, words, at, by, at, owes=None)
        if not self.case.referrals.exclude(pk=self.pk).exclude(status="not_made").exists():
            self.case.leave_unreferred(words, by=by, at=at)

    @transition(source={Status.CONSIDERED}, to=Status.VERBAL, may=access.may_refer, done=_("told them of this"))
    def tell(self, whom, words, happened_at, their_reference="", *, by, at):
        """By phone or face to face; what is told is written within a working day (R7)."""
        self.their_reference = their_reference
        self._move(Step.TOLD, words, happened_at, by, at, whom, owes=outside.WRITTEN)

    @transition(
        source={Status.CONSIDERED, Status.VERBAL},
        to=Status.WRITTEN,
        may=access.may_refer,
        done=_("sent this in writing"),
    )
    def send(self, whom, words, happened_at, their_reference="", *, by, at):
        """Their form, or a letter: they answer within a working day, and are chased when two have gone by (R8)."""
        self.their_reference = their_reference or self.their_reference
        self._move(Step.SENT, words, happened_at, by, at, whom, owes=outside.ANSWERED)

    @transition(
        source={Status.WRITTEN}, to=Status.ACKNOWLEDGED, may=access.may_refer, done=_("heard that they have it")
    )
    def confirm(self, whom, words, happened_at, their_reference="", *, by, at):
        """They have it, and have decided nothing: the time in which they answer runs on."""
        due = self.due_at
        self.their_reference = their_reference or self.their_reference
        self._move(Step.CONFIRMED, words, happened_at, by, at, whom, owes=outside.ANSWERED)
        self.due_at = due

    @transition(source=WAITS_FOR_THEM, to=None, may=access.may_refer, done=_("chased them"))
    def chase(self, whom, words, happened_at, *, by, at):
        self._move(Step.CHASED, words, happened_at, by, at, whom, owes=outside.AGAIN)

    @transition(source=WAITS_FOR_THEM, to=Status.ACCEPTED, may=access.may_refer, done=_("heard that it is accepted"))
    def accept(self, whom, words, happened_at, *, by, at):
        self._move(Step.ACCEPTED, words, happened_at, by, at, whom, owes=None)

    @transition(
        source=WAITS_FOR_THEM, to=Status.NOT_ACCEPTED, may=access.may_refer, done=_("heard that it is not accepted")
    )
    def refuse(self, whom, words, happened_at, *, by, at):
        """Challenge it, or say why not: within a working day."""
        self._move(Step.REFUSED, words, happened_at, by, at, whom, owes=outside.WEIGHED)

    @transition(
        source={Status.NOT_ACCEPTED} | WAITS_FOR_THEM,
        to=Status.CHALLENGED,
        may=access.may_refer,
        done=_("challenged this"),
    )
    def challenge(self, whom, words, happened_at, *, by, at):
        """A refusal, or their silence, by the council's own way for that: three stages, each with a person further up (R9)."""
        if self.stage == len(outside.STAGES):
            raise Refused(_now("It was challenged three times. Say how it ended, and whom else you tell."))
        self.stage += 1
        self._move(Step.CHALLENGED, words, happened_at, by, at, whom, owes=outside.STAGES[self.stage - 1])

    @transition(
        source={Status.ACCEPTED, Status.NOT_ACCEPTED, Status.CHALLENGED},
        to=Status.CONCLUDED,
        may=access.may_refer,
        done=_("said how this ended"),
    )
    def conclude(self, words, *, by, at):
        self._move(Step.CONCLUDED, words, at, by, at, owes=None)

    @transition(source=None, to=None, may=access.may_refer)
    def choose(self, chosen, *, by):
        """Which facts its PDF holds: only what they need to act (R34)."""
        self.chosen = chosen

    @transition(source=None, to=None, may=access.may_refer)
    def black_out(self, masks, masks_why, *, by):
        """Which words whoever gets it does not read, and why: an address that must not be known, another child’s name (R34)."""
        self.masks, self.masks_why = masks, masks_why

    def _move(self, step, words, happened_at, by, at, whom="", *, owes):
        """A step of its own, a line of the chronology, and what is owed next: counted from when it happened."""
        self._owe(owes, happened_at, at)
        Notice.objects.of(self, "referral").stop(at)
        said = {"whom": whom, "words": words, "happened_at": happened_at, "taken_by": by, "written_at": at}
        self.steps.create(step=step, stage=self.stage, **said)
        self._tell_the_case(step, words, happened_at, by, at, whom)

    def _tell_the_case(self, step, words, happened_at, by, at, whom=""):
        title = _now("Referral to %(whom)s. %(step)s") % {"whom": self.to_whom, "step": Step(step).label}
        if step == Step.CHALLENGED:
            title = _now("%(title)s, stage %(number)d") % {"title": title, "number": self.stage}
        spoke = _now("With: %(whom)s") % {"whom": whom} if whom else ""
        kind = "decision" if step in outside.INSIDE else "contact"
        lines = "\n\n".join(filter(None, [f"{title}.", spoke, words]))
        self.case.write(kind, lines, happened_at, significant=True, by=by, at=at)


class ReferralStep(Recorded):
    """What was done, with whom, and what was said. It stays as it was written."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="steps")
    root = RootField("referral")
    step = models.CharField(max_length=10, choices=Step)
    stage = models.PositiveSmallIntegerField(default=0)
    whom = EncryptedTextField(blank=True)
    words = EncryptedTextField()
    happened_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    guards = [
        Guard(
            on=("UPDATE", "DELETE"),
            refuse_when="1 = 1",
            say=gettext_noop("A step of a referral stays as it was written. Write what is right in the chronology."),
        )
    ]

    class Meta:
        ordering = ["written_at", "happened_at"]

    def __str__(self):
        return f"Step of {self.referral}"
