"""What could go wrong with a platform, how likely and how bad, and what is done about it, by whom and until when (S9, R23)."""

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import GONE, NEW, transition
from harmony.encryption.fields import RootField
from harmony.notifications.models import Notice
from harmony.people.models import User

from .. import access, ladders
from ..levels import NEEDS_A_CONTROL, Impact, Likelihood, level

WRITTEN = ("open", "asked")  # while these hold, hazards and controls are written; after that they stay
STAYS = gettext_noop("This was sent on, so its risks stay as they are. Ask for it back, or look at the platform again.")


class Area(models.TextChoices):
    """The four Cs, and two that come with every platform."""

    CONTENT = "content", _("Content: what they see")
    CONTACT = "contact", _("Contact: who reaches them")
    CONDUCT = "conduct", _("Conduct: what they do to one another")
    COMMERCE = "commerce", _("Commerce: money and data that are taken")
    DATA = "data", _("Data protection")
    AI = "ai", _("AI")


class Hazard(Recorded):
    """One thing that could go wrong: likelihood × impact, with nothing done about it and with all its controls."""

    assessment = models.ForeignKey("Assessment", models.PROTECT, related_name="hazards")
    root = RootField("assessment")
    area = models.CharField(_("area"), max_length=8, choices=Area)
    words = models.CharField(_("what could go wrong"), max_length=200)
    likely_before = models.PositiveSmallIntegerField(choices=Likelihood)
    bad_before = models.PositiveSmallIntegerField(choices=Impact)
    likely_after = models.PositiveSmallIntegerField(choices=Likelihood)
    bad_after = models.PositiveSmallIntegerField(choices=Impact)

    in_clear = {"words": "about a product, not a person"}
    guards = [
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""EXISTS (SELECT 1 FROM platforms_assessment
                WHERE platforms_assessment.id = NEW.assessment_id AND platforms_assessment.status NOT IN ('open', 'asked'))""",
            say=STAYS,
        ),
        Guard(
            on=("DELETE",),
            refuse_when="""EXISTS (SELECT 1 FROM platforms_assessment
                WHERE platforms_assessment.id = OLD.assessment_id AND platforms_assessment.status NOT IN ('open', 'asked'))""",
            say=STAYS,
        ),
    ]

    class Meta:
        ordering = ["area", "words"]
        constraints = [
            models.CheckConstraint(
                name="a_risk_is_rated_from_1_to_5",
                condition=models.Q(
                    **{
                        f"{name}_{when}__{least_or_most}": limit
                        for name in ("likely", "bad")
                        for when in ("before", "after")
                        for least_or_most, limit in (("gte", 1), ("lte", 5))
                    }
                ),
            ),
            models.CheckConstraint(
                name="a_control_makes_nothing_worse",
                condition=models.Q(likely_after__lte=models.F("likely_before"), bad_after__lte=models.F("bad_before")),
            ),
        ]

    def __str__(self):
        return self.words

    @property
    def before(self):
        return self.likely_before * self.bad_before

    @property
    def after(self):
        return self.likely_after * self.bad_after

    @property
    def level_before(self):
        return level(self.likely_before, self.bad_before)

    @property
    def level_after(self):
        return level(self.likely_after, self.bad_after)

    @property
    def needs_a_control(self):
        """Whatever is medium or more; and whatever is said to get better needs something that makes it so."""
        return self.before >= NEEDS_A_CONTROL or self.after < self.before

    @transition(source=NEW, to=None, may=access.may_write_hazard)
    def add(self, *, by, **told):
        self._take(told)

    @transition(source=None, to=None, may=access.may_write_hazard)
    def change(self, *, by, **told):
        self._take(told)

    @transition(source=None, to=GONE, may=access.may_write_hazard)
    def remove(self, *, by):
        """It was a mistake; its controls go with it."""
        self.controls.all().delete()

    def _take(self, told):
        for name in ("area", "words", "likely_before", "bad_before", "likely_after", "bad_after"):
            setattr(self, name, told[name])

    def copy_to(self, assessment):
        """Into the next assessment, with its controls and how far each is. Call inside a step."""
        fields = ("area", "words", "likely_before", "bad_before", "likely_after", "bad_after")
        copy = assessment.hazards.create(**{name: getattr(self, name) for name in fields})
        for control in self.controls.all():
            told = {name: getattr(control, name) for name in ("words", "owner", "due_on", "status", "done_at", "how")}
            copy.controls.create(**told)


class ControlQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.controls_visible_to(user))

    def open(self):
        return self.filter(status="open")

    def in_force(self):
        """Those of what was decided last, of platforms that are in use: somebody owes them."""
        return self.filter(
            hazard__assessment=models.F("hazard__assessment__platform__standing"),
            hazard__assessment__platform__status__in=("approved", "live", "review"),
        )

    def due(self, at):
        return self.open().in_force().filter(due_on__lte=localdate(at))


class Control(Recorded):
    """One thing that makes it safer. Somebody sees to it by a day: without a name it is nobody's."""

    class Status(models.TextChoices):
        OPEN = "open", _("To be done")
        DONE = "done", _("In place")

    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="controls")
    root = RootField("hazard")
    words = models.CharField(_("what makes it safer"), max_length=200)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    due_on = models.DateField(_("by when"))
    status = models.CharField(max_length=4, choices=Status, default=Status.OPEN)
    done_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(_("how you know"), max_length=200, blank=True)

    objects = ControlQuerySet.as_manager()
    in_clear = {"words": "a rule of use", "how": "how a setting was checked"}
    guards = [
        Guard(
            on=("INSERT",),
            refuse_when="""EXISTS (SELECT 1 FROM platforms_hazard
                JOIN platforms_assessment ON platforms_assessment.id = platforms_hazard.assessment_id
                WHERE platforms_hazard.id = NEW.hazard_id AND platforms_assessment.status NOT IN ('open', 'asked'))""",
            say=STAYS,
        ),
        Guard(
            on=("UPDATE",),
            refuse_when="""(NEW.words <> OLD.words OR NEW.due_on <> OLD.due_on OR NEW.hazard_id <> OLD.hazard_id)
                AND EXISTS (SELECT 1 FROM platforms_hazard
                JOIN platforms_assessment ON platforms_assessment.id = platforms_hazard.assessment_id
                WHERE platforms_hazard.id = NEW.hazard_id AND platforms_assessment.status NOT IN ('open', 'asked'))""",
            say=STAYS,
        ),
        Guard(
            on=("DELETE",),
            refuse_when="""EXISTS (SELECT 1 FROM platforms_hazard
                JOIN platforms_assessment ON platforms_assessment.id = platforms_hazard.assessment_id
                WHERE platforms_hazard.id = OLD.hazard_id AND platforms_assessment.status NOT IN ('open', 'asked'))""",
            say=STAYS,
        ),
    ]

    class Meta:
        ordering = ["due_on", "words"]
        constraints = [
            models.CheckConstraint(
                name="a_control_in_place_says_since_when_and_how",
                condition=models.Q(status="open", done_at=None, how="")
                | models.Q(status="done", done_at__isnull=False) & ~models.Q(how=""),
            )
        ]
        indexes = [models.Index(fields=["due_on"], condition=models.Q(status="open"), name="controls_by_when")]

    def __str__(self):
        return self.words

    @transition(source=NEW, to=None, may=access.may_write_control)
    def add(self, words, owner, due_on, *, by):
        self.words, self.owner, self.due_on = words, owner, due_on

    @transition(source={Status.OPEN, Status.DONE}, to=GONE, may=access.may_write_control)
    def remove(self, *, by):
        """It was a mistake."""

    @transition(source={Status.OPEN}, to=Status.DONE, may=access.may_do, done=_("put this in place"))
    def done(self, how, *, by, at):
        self.how, self.done_at = how, at
        Notice.objects.of(self, ladders.CONTROL).stop(at)

    @transition(source={Status.OPEN}, to=None, may=access.may_hand_over, done=_("gave this to somebody else"))
    def give(self, owner, *, by, at):
        """Somebody leaves, or is away: another sees to it."""
        self.owner = owner
        Notice.objects.of(self, ladders.CONTROL).stop(at)
