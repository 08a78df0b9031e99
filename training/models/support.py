"""Support offered after distressing work: between whoever offers it and whoever it is for, without a word of what it was (S23, R46)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.events import event
from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import NEW, transition
from harmony.encryption.fields import RootField
from harmony.notifications.telling import tell
from harmony.people.models import User

from .. import access
from ..ladders import SUPPORT


class Help(models.TextChoices):
    """What there is to offer. Choices, so that nothing about a case or about somebody’s health is written."""

    TALK = "talk", _("A talk with me")
    LINE = "line", _("The counselling line")
    REST = "rest", _("Some time off")
    SWAP = "swap", _("Somebody else takes this work for a while")


class SupportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.support_visible_to(user))


class Support(Recorded):
    """One offer. Nobody but the two learns of it, and nobody counts who said no."""

    class Status(models.TextChoices):
        OFFERED = "offered", _("Not answered yet")
        TAKEN = "taken", _("Yes, thank you")
        DECLINED = "declined", _("Not now")

    user = models.ForeignKey(User, models.PROTECT, related_name="support_offers")
    root = RootField("user")
    offered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    helps = models.CharField(max_length=30)  # of Help, between spaces
    status = models.CharField(max_length=8, choices=Status, default=Status.OFFERED)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = SupportQuerySet.as_manager()
    in_clear = {"helps": "codes of our own list"}
    guards = [
        Guard(
            on=("UPDATE",),
            refuse_when="""NEW.user_id <> OLD.user_id OR NEW.offered_by_id <> OLD.offered_by_id
                OR NEW.helps <> OLD.helps OR OLD.status <> 'offered'""",
            say=gettext_noop("What was offered and answered stays. Offer it anew."),
        )
    ]

    class Meta:
        ordering = ["-offered_at"]
        constraints = [
            models.CheckConstraint(name="nobody_offers_support_to_themselves", condition=~Q(user=F("offered_by"))),
            models.CheckConstraint(
                name="support_is_answered_at_some_time",
                condition=Q(status="offered", answered_at=None) | (~Q(status="offered") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"Support for {self.user}"

    def get_absolute_url(self):
        return reverse("training:support", args=[self.pk])

    @property
    def help_names(self):
        return [Help(code).label for code in self.helps.split()]

    @classmethod
    def make(cls, user, helps, *, by, at=None):
        """Offered, and told in the same breath."""
        one, at = cls(user=user), at or now()
        with event("offer support", by=by, about=user, at=at):
            one.offer(helps, by=by, at=at)
            tell(SUPPORT, one, [user], clock=SUPPORT, sentence="support_offered", at=at)
        return one

    @transition(source=NEW, to=Status.OFFERED, may=access.may_offer_support, done=_("offered this"))
    def offer(self, helps, *, by, at):
        self.helps, self.offered_by, self.offered_at = " ".join(helps), by, at

    @transition(source={Status.OFFERED}, to=Status.TAKEN, may=access.may_answer_support, done=_("said yes"))
    def take(self, *, by, at):
        self._answer(at)

    @transition(source={Status.OFFERED}, to=Status.DECLINED, may=access.may_answer_support, done=_("said not now"))
    def decline(self, *, by, at):
        self._answer(at)

    def _answer(self, at):
        self.answered_at = at
        tell(SUPPORT, self, [self.offered_by], clock=SUPPORT, sentence="support_answered", rung=1, at=at)
