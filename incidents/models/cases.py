"""The case: where it stands, and the steps it can take."""

import secrets

from django.db import models
from django.db.models import Q, When
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import ANY, transition
from harmony.encryption.fields import EncryptedTextField
from harmony.people.models import User

from .. import access
from ..kinds import Outcome, Severity, Track, phrase
from . import destroyed, ending, following, imagery, lasting, planning, redirecting
from .breaches import BreachQuerySet
from .giving import Gives
from .hate import Hated
from .names_asked import AsksOfNames
from .naming import NamesPeople
from .owing import BEFORE_IT_ENDS, OwesTelling
from .recusing import KeepsOut
from .searched import CASE
from .shared import Shares
from .telling import Told
from .timing import FROM_HIGH_UP, UNPROMISED_YET, URGENT, Timed, TimedQuerySet, indexes, late, needs_somebody, sinking
from .weighing import Weighed
from .writing import Written

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that look alike


def new_reference():
    """Random, so that a gap tells nobody that a case exists: 32 letters to the seventh is 34 thousand million."""
    drawn = "".join(secrets.choice(LETTERS) for _letter in range(7))
    return f"{drawn[:3]}-{drawn[3:]}"


class CaseQuerySet(TimedQuerySet, BreachQuerySet):
    def visible_to(self, user):
        return self.filter(access.cases_visible_to(user))

    def countable_by(self, user):
        """All cases for statistics, less those that are kept apart from anybody who makes any."""
        return self.filter(access.countable_by(user))

    def about(self, young_person):
        """In which this young person has a part."""
        return self.filter(people__young_person=young_person).distinct()

    def still_open(self):
        return self.exclude(status=Case.Status.CLOSED)

    def to_look_at_again_by(self, user):
        """Passed on by somebody else as not about safety, and waiting for a second look that this person may take."""
        passed_on = self.filter(access.cases_worked_by(user), status=Case.Status.REDIRECTED)
        return passed_on.exclude(close_asked_by=user).exclude(owner=user)

    def filed_within(self, since, until):
        """Filed on or after the one moment and before the other."""
        return self.filter(filed_at__gte=since, filed_at__lt=until)

    def urgent_first(self, at=None):
        """What needs somebody now, urgent before the rest and in each the late before the others, then what does not need
        anybody; each by its next deadline (decision 0081)."""
        at = at or now()
        needs, urgent, is_late = needs_somebody(at), URGENT | sinking(at), late(at) | UNPROMISED_YET
        rung = models.Case(
            When(status=Case.Status.CLOSED, then=5),
            When(needs & urgent & is_late, then=0),
            When(needs & urgent, then=1),
            When(needs & is_late, then=2),
            When(needs, then=3),
            default=4,
            output_field=models.SmallIntegerField(),
        )
        return self.with_next_due().annotate(rung=rung).order_by("rung", "soonest", "-pressing", "filed_at", "pk")

    def with_weight(self):
        """`weight`: the most serious first, then what nobody has weighed."""
        steps = [When(severity=severity, then=number) for number, severity in enumerate(Severity.values)]
        return self.alias(weight=models.Case(*steps, default=len(steps), output_field=models.SmallIntegerField()))


class Case(
    NamesPeople,
    AsksOfNames,
    KeepsOut,
    Shares,
    OwesTelling,
    imagery.Found,
    Hated,
    Recorded,
    Weighed,
    Timed,
    planning.Planned,
    lasting.Lasting,
    ending.Ending,
    redirecting.Redirecting,
    following.Follows,
    Gives,
    Written,
    Told,
    destroyed.Destroyed,
):
    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("New")
        ACKNOWLEDGED = "acknowledged", _("Read")
        TRIAGED = "triaged", _("Being worked on")
        REDIRECTED = "redirected", _("Passed on")
        CLOSED = "closed", _("Closed")

    class Parents(models.TextChoices):
        """Parents are told unless telling them adds risk (R10, S13)."""

        TOLD = "told", _("Yes, they have been told")
        LATER = "later", _("Not yet, we will tell them later")
        NO = "no", _("No, telling them would add risk")
        NOT_APPLICABLE = "none", _("There is no child under 18 in this case")

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    status = models.CharField(max_length=12, choices=Status, default=Status.SUBMITTED)
    track = models.CharField(max_length=6, choices=Track, default=Track.CHILD)
    # the post above that its reporter asked to look again (N5)
    second_look = models.CharField(max_length=12, choices=[(post, post.label) for post in access.ABOVE], blank=True)
    # the one above that post, where no answer came in time
    look_late_to = models.CharField(max_length=12, choices=[(post, post.label) for post in access.ABOVE], blank=True)
    raised_to = models.CharField(max_length=12, choices=[(post, post.label) for post in access.ABOVE], blank=True)
    filed_at = models.DateTimeField(default=now)
    initials = EncryptedTextField(blank=True)  # of whom it concerns; lists show these, never a name
    added_at = models.DateTimeField(null=True, blank=True)  # its reporter added something nobody has read yet

    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="cases")

    triaged_at = models.DateTimeField(null=True, blank=True)
    triaged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    severity = models.CharField(max_length=8, choices=Severity, blank=True)
    rationale = EncryptedTextField(blank=True)
    parents = models.CharField(max_length=5, choices=Parents, blank=True)
    parents_reason = EncryptedTextField(blank=True)
    refer = models.BooleanField(null=True, blank=True)
    refer_reason = EncryptedTextField(blank=True)

    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    closing_reason = EncryptedTextField(blank=True)

    objects = CaseQuerySet.as_manager()
    in_clear = {"reference": "random"}
    searched = CASE
    guards = [
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="NEW.triaged_at IS NOT NULL AND (NEW.rationale = '' OR NEW.refer_reason = '')",
            say=gettext_noop("Say why you decided this."),
        ),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="NEW.status = 'closed' AND NEW.closing_reason = ''",
            say=gettext_noop("Say why this case can be closed."),
        ),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="NEW.lower_to <> '' AND NEW.lower_why = ''",
            say=gettext_noop("Say why this level can be lowered."),
        ),
        *imagery.OF_A_CASE,
        *planning.GUARDS,
        *lasting.GUARDS,
        *ending.GUARDS,
        *redirecting.GUARDS,
        Guard(
            on=("UPDATE",),
            refuse_when="""NEW.status = 'closed' AND OLD.status <> 'closed' AND EXISTS (
                SELECT 1 FROM incidents_action WHERE case_id = NEW.id AND status = 'open')""",
            say=gettext_noop("There is still something to do in this case."),
        ),
        BEFORE_IT_ENDS,
        *destroyed.GUARDS,
    ]

    class Meta:
        ordering = ["-filed_at"]
        indexes = [
            models.Index(fields=["track", "-filed_at"], name="cases_of_a_track"),
            models.Index(fields=["status", "-filed_at"], name="cases_by_status"),
            *(*indexes(), ending.INDEX),
        ]
        constraints = [
            planning.CONSTRAINT,
            lasting.CONSTRAINT,
            ending.CONSTRAINT,
            redirecting.CONSTRAINT,
            models.CheckConstraint(
                name="case_status_known",
                condition=Q(status__in=["submitted", "acknowledged", "triaged", "redirected", "closed"]),
            ),
            models.CheckConstraint(
                name="acknowledged_by_somebody_at_a_time",
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
            models.CheckConstraint(
                name="triaged_means_weighed",
                condition=Q(triaged_at=None, triaged_by=None)
                | (
                    Q(triaged_at__isnull=False, triaged_by__isnull=False, refer__isnull=False)
                    & ~Q(severity="")
                    & ~Q(kind="")
                    & ~Q(caused_by="")
                    & ~Q(parents="")
                ),
            ),
            models.CheckConstraint(
                name="worked_on_means_triaged",
                condition=Q(status__in=["submitted", "acknowledged"]) | Q(triaged_at__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_worked_on_may_grow_quiet",
                condition=Q(status="triaged", quiet_due__isnull=False) | (~Q(status="triaged") & Q(quiet_due=None)),
            ),
            models.CheckConstraint(
                name="asked_to_lower_by_somebody",
                condition=Q(lower_to="", lower_asked_at=None, lower_asked_by=None)
                | (Q(lower_asked_at__isnull=False, lower_asked_by__isnull=False) & ~Q(lower_to="")),
            ),
            models.CheckConstraint(
                name="closed_with_an_outcome",
                condition=(Q(status="closed", closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome=""))
                | (~Q(status="closed") & Q(closed_at=None, closed_by=None, outcome="")),
            ),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("incidents:case", args=[self.pk])

    @property
    def label(self):
        """The fixed phrase for lists and headings."""
        return phrase(self.kind) or (
            _now("New concern about one of us") if self.track == Track.WORKER else _now("New concern")
        )

    @property
    def is_urgent(self):
        return self.severity == Severity.CRITICAL or (self.pressing and not self.triaged_at)

    @property
    def rings(self):
        """Whether its messages break quiet hours and reach the phone of whoever is on call: Critical and High do, and
        what nobody has weighed yet, which runs on their clocks (decision 0083)."""
        return not self.triaged_at or self.severity in FROM_HIGH_UP

    def line(self):
        """Who may work it now: the posts of its track, and above, less whoever is kept out."""
        return User.objects.holding(*access.posts_working(self)).exclude(pk__in=self.recusals.values("user"))

    @transition(source={Status.SUBMITTED}, to=Status.ACKNOWLEDGED, may=access.may_work, done=_("acknowledged this"))
    def acknowledge(self, *, by, at):
        self.acknowledged_at, self.acknowledged_by, self.owner = at, by, by
        self._was_read(by, at)

    @transition(
        source={Status.SUBMITTED, Status.ACKNOWLEDGED}, to=Status.TRIAGED, may=access.may_work, done=_("triaged this")
    )
    def triage(
        self,
        severity,
        kind,
        rationale,
        parents,
        parents_reason,
        refer,
        refer_reason,
        caused_by,
        secondary="",
        *,
        by,
        at,
    ):
        """Weigh it: every question answered, each decision with its reason, not to refer included (R5).

        `secondary` are codes of kinds with spaces between. What turns out to be about one of us moves to that line (R12).
        """
        if not self.acknowledged_at:  # reading it to weigh it is reading it
            self.acknowledged_at, self.acknowledged_by = at, by
        self.owner = self.owner or by
        self.triaged_at, self.triaged_by = at, by
        self.severity, self.rationale = severity, rationale
        self.parents, self.parents_reason = parents, parents_reason
        self.refer, self.refer_reason = refer, refer_reason
        self._weigh_as(kind, secondary, caused_by, at)
        self._weighed(by, at)
        self._was_weighed(by, at)

    @transition(source={Status.CLOSED}, to=Status.TRIAGED, may=access.may_work, reason=True, done=_("reopened this"))
    def reopen(self, *, by, at, why):
        """What was decided before stays readable: as an entry of the chronology."""
        self._open_again(why, by, at)

    def _open_again(self, why, by, at):
        said = {"why": why, "outcome": self.get_outcome_display(), "reason": self.closing_reason}
        words = _now("Reopened: %(why)s\n\nIt was closed as “%(outcome)s”: %(reason)s") % said
        words = "\n\n".join([words, *(": ".join(filter(None, pair)) for pair in self.end_in_words())])
        self._forget_the_end()
        self._forget_the_test()
        self._advice_is_not_enough(at)
        self._begin_reviews(at)
        self._enter("decision", words, by, at)

    @transition(source=ANY, to=None, may=access.may_work)
    def read_additions(self, *, by, at):
        """The reporter added something, and it has been read."""
        self.added_at = None
        self._messages_are_read(at)
