"""The register: every app, game, tool, device and system that somebody wants to use, and whether they may (S8, S24, R32)."""

from datetime import datetime, time

from django.db import models
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import ANY, NEW, Refused, transition
from harmony.encryption.fields import RootField
from harmony.notifications.models import Notice
from harmony.organisation.models import Channel
from harmony.people.models import User

from .. import access, ladders

MORNING = time(9)


class PlatformQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.platforms_visible_to(user))

    def in_use(self):
        """Those that somebody decided may be used, looked at again or not."""
        return self.filter(status__in=Platform.DECIDED)

    def public(self):
        """What families read: where the organisation chose to say it, and there is an answer."""
        return self.filter(is_public=True).exclude(status__in=("proposed", "assessing"))

    def due(self, at):
        """Those whose yearly look is near or late, and that nobody has begun to look at."""
        return self.filter(status__in=("approved", "live"), due_at__lte=at + ladders.LOOK_AHEAD)


class Platform(Recorded):
    """One way to do something, from when somebody proposed it to when it is used no longer.

    Where people are reached or pictures published through it, it stands among the approved channels too, under the same
    key: `organisation.Channel` is what the rest of the product may choose (N15). Its guard here refuses an approval of a
    channel that this register does not bear out, and this register refuses to close what is still approved there.
    """

    class Kind(models.TextChoices):
        SOCIAL = "social", _("Social media")
        MESSAGES = "messages", _("Messages and mail")
        GAMES = "games", _("Games")
        VIDEO = "video", _("Video and calls")
        AI = "ai", _("AI tool")
        DEVICE = "device", _("Phone, tablet or computer")
        SYSTEM = "system", _("Website or system")
        OTHER = "other", _("Something else")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        ASSESSING = "assessing", _("Being assessed")
        APPROVED = "approved", _("Approved, on conditions")
        LIVE = "live", _("In use")
        REVIEW = "review", _("Under review")
        REFUSED = "refused", _("Refused")
        RETIRED = "retired", _("No longer used")

    DECIDED = (Status.APPROVED, Status.LIVE, Status.REVIEW)
    OVER = (Status.REFUSED, Status.RETIRED)

    root = RootField()
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("what it is"), max_length=8, choices=Kind)
    purpose = models.TextField(_("what it is wanted for"))
    is_channel = models.BooleanField(_("we reach people or publish through it"), default=False)
    is_public = models.BooleanField(_("families can read it"), default=False)
    status = models.CharField(max_length=9, choices=Status, default=Status.PROPOSED)
    is_paused = models.BooleanField(default=False)  # while it is looked at again, nobody uses it
    proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )  # None: by nobody here
    proposed_at = models.DateTimeField()
    standing = models.ForeignKey(
        "Assessment", models.PROTECT, null=True, blank=True, related_name="+"
    )  # what holds now
    due_at = models.DateTimeField(null=True, blank=True)  # when it has to have been looked at again
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.TextField(_("why it is not used"), blank=True)

    objects = PlatformQuerySet.as_manager()
    in_clear = {
        "name": "all staff read it, and families where the organisation chooses",
        "purpose": "all staff read it",
        "ended_because": "all staff read it, who would use it otherwise",
    }
    guards = [
        Guard(
            table="organisation_channel",
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.status = 'approved' AND NOT EXISTS (
                SELECT 1 FROM platforms_platform
                JOIN platforms_assessment ON platforms_assessment.id = platforms_platform.standing_id
                WHERE platforms_platform.id = NEW.id AND platforms_platform.is_channel
                AND platforms_platform.status IN ('approved', 'live', 'review') AND NOT platforms_platform.is_paused
                AND platforms_platform.name = NEW.name AND platforms_assessment.status = 'approved'
                AND platforms_assessment.conditions = NEW.conditions
                AND platforms_assessment.ends_on = NEW.approved_until)""",
            say=gettext_noop("The register of platforms does not approve this, so it is no channel of ours."),
        ),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.status IN ('approved', 'live', 'review') AND NOT EXISTS (
                SELECT 1 FROM platforms_assessment WHERE platforms_assessment.id = NEW.standing_id
                AND platforms_assessment.platform_id = NEW.id AND platforms_assessment.status = 'approved')""",
            say=gettext_noop("Nobody has decided that this may be used."),
        ),
        Guard(
            on=("UPDATE",),
            refuse_when="""(NEW.status NOT IN ('approved', 'live', 'review') OR NEW.is_paused) AND EXISTS (
                SELECT 1 FROM organisation_channel
                WHERE organisation_channel.id = NEW.id AND organisation_channel.status = 'approved')""",
            say=gettext_noop("It can still be chosen as a channel. Stop it there first."),
        ),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.status NOT IN ('refused', 'retired') AND EXISTS (
                SELECT 1 FROM platforms_platform AS other WHERE other.id <> NEW.id
                AND other.status NOT IN ('refused', 'retired') AND lower(other.name) = lower(NEW.name))""",
            say=gettext_noop("There is a platform of this name in the register already."),
            one_at_a_time="lower(NEW.name)",
        ),
        Guard(
            on=("UPDATE",),
            refuse_when="""OLD.status IN ('refused', 'retired') AND (NEW.status <> OLD.status OR NEW.name <> OLD.name
                OR NEW.purpose <> OLD.purpose OR NEW.ended_because <> OLD.ended_because)""",
            say=gettext_noop("This was decided, and stays to be read. Propose it anew."),
        ),
    ]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="a_platform_that_is_over_says_why",
                condition=models.Q(status__in=("refused", "retired"), ended_on__isnull=False)
                & ~models.Q(ended_because="")
                | ~models.Q(status__in=("refused", "retired")) & models.Q(ended_on=None, ended_because=""),
            ),
            models.CheckConstraint(
                name="paused_only_while_it_is_looked_at",
                condition=models.Q(is_paused=False) | models.Q(status="review"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(status__in=("approved", "live")), name="platforms_by_when"
            )
        ]

    def __str__(self):
        return self.name

    @property
    def channel(self):
        return Channel.objects.filter(pk=self.pk).first() if self.is_channel else None

    @property
    def pending(self):
        """The assessment that is asked for, being written or waiting for a decision, or None."""
        return self.assessments.pending().first()

    @transition(source=NEW, to=Status.PROPOSED, may=access.may_propose, done=_("proposed this"))
    def propose(self, name, kind, purpose, is_channel, *, by, at):
        self.name, self.kind, self.purpose, self.is_channel = name, kind, purpose, is_channel
        self.proposed_by, self.proposed_at = by, at

    @transition(source={Status.PROPOSED}, to=Status.ASSESSING, may=access.may_assess, done=_("began to assess this"))
    def assess(self, *, by, at):
        made = self.assessments.model(platform=self)
        made.ask(made.Because.FIRST, by=by, at=at)
        made.take_on(by=by, at=at)
        Notice.objects.of(self, ladders.PROPOSED).stop(at)

    @transition(
        source={Status.ASSESSING, Status.REVIEW}, to=Status.APPROVED, may=access.may_carry_out, done=_("approved this")
    )
    def allow(self, standing, *, by, at):
        """Part of a decision (decisions.py): from today, until the last day of what was decided."""
        self.standing, self.is_paused = standing, False
        self.due_at = datetime.combine(standing.ends_on, MORNING, get_current_timezone())
        Notice.objects.of(self, ladders.REVIEW).stop(at)

    @transition(
        source={Status.ASSESSING, Status.REVIEW}, to=Status.REFUSED, may=access.may_carry_out, reason=True,
        done=_("refused this"),
    )  # fmt: skip
    def refuse(self, *, by, at, why):
        """Part of a decision (decisions.py). Where it was a channel, nobody can choose it from now on."""
        self._end(by, at, why)

    @transition(source={Status.APPROVED}, to=Status.LIVE, may=access.may_keep, done=_("said that this is in use"))
    def go_live(self, *, by):
        """Everything that makes it safe is in place."""
        if self.standing.controls().open().exists():
            raise Refused(_now("Not everything that makes it safe is in place yet. It is listed below."))

    @transition(
        source={Status.APPROVED, Status.LIVE}, to=Status.REVIEW, may=access.may_review, done=_("asked for a review")
    )
    def look_again(self, because, words="", case="", pause=False, *, by, at):
        """Asked for early, or because its year is nearly over. With `pause` nobody uses it until somebody has decided."""
        made = self.assessments.model(platform=self)
        made.ask(because, words, case, by=by, at=at)
        if pause:
            self._pause(by, at)
        ladders.tell_of(ladders.PROPOSED, self, at)

    @transition(source={Status.REVIEW}, to=None, may=access.may_review, done=_("paused this"))
    def pause(self, *, by, at):
        """It is looked at already, and now nobody uses it meanwhile."""
        if self.is_paused:
            raise Refused(_now("It is paused already."))
        self._pause(by, at)

    @transition(
        source={Status.PROPOSED, Status.ASSESSING, *DECIDED}, to=Status.RETIRED, may=access.may_retire, reason=True,
        done=_("retired this"),
    )  # fmt: skip
    def retire(self, *, by, at, why):
        """Nobody uses it from now on, and what is out on it is taken down. There is no step back."""
        if pending := self.pending:
            pending.drop(by=by, at=at)
        self._end(by, at, why)

    @transition(source=ANY, to=None, may=access.may_keep)
    def show(self, is_public, *, by):
        """Whether families read what we use it for, and on what conditions."""
        self.is_public = is_public

    def _pause(self, by, at):
        self.is_paused = True
        if channel := self.channel:
            channel.pause(by=by, at=at)

    def _end(self, by, at, why):
        self.ended_on, self.ended_because, self.is_paused, self.due_at = localdate(at), why, False, None
        channel = self.channel
        if channel and channel.status != Channel.Status.STOPPED:
            channel.stop(by=by, at=at, why=why)
        for clock in (ladders.PROPOSED, ladders.REVIEW):
            Notice.objects.of(self, clock).stop(at)
