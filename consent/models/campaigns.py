"""A campaign: everybody in one group is asked, by letters to their parents, until a day; and asked again meanwhile."""

from datetime import time, timedelta

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.audit.models import Identified
from harmony.audit.transitions import NEW, Refused, transition
from harmony.notifications.models import Notice
from harmony.organisation.worktime import moment
from harmony.people.models import Care, Group, YoungPerson

from .. import access
from ..ladders import BEFORE, CAMPAIGN
from .consents import NeverShown

A_DAY = timedelta(days=1)
LETTERS = 3  # to each parent at most: at once, half-way, and three days before the end


class CampaignQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.consents_visible_to(user))

    def running(self):
        return self.filter(status=Campaign.Status.RUNNING)

    def waiting(self, at):
        """Those whose keepers may have to be reminded: from three days before their day on."""
        return self.running().filter(due_at__lte=at + BEFORE)


class Campaign(Identified):
    class Status(models.TextChoices):
        RUNNING = "running", _("Running")
        ENDED = "ended", _("Ended")

    group = models.ForeignKey(Group, models.PROTECT, related_name="campaigns")
    status = models.CharField(max_length=7, choices=Status, default=Status.RUNNING)
    begun_at = models.DateTimeField()
    due_at = models.DateTimeField()  # the end of the day by which everybody should have answered
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["status", "due_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=models.Q(status="running"), name="one_campaign_a_group"
            ),
            models.CheckConstraint(
                name="a_campaign_that_ended_says_when",
                condition=models.Q(status="running", ended_at=None) | models.Q(status="ended", ended_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(status="running"), name="campaigns_by_when")]

    def __str__(self):
        return f"Campaign of {self.group}"

    @transition(source=NEW, to=Status.RUNNING, may=access.may_keep, done=_("began this"))
    def begin(self, due_on, *, by, at):
        if due_on <= localdate(at):
            raise Refused(_("Give a day that is still to come."))
        if type(self).objects.running().filter(group=self.group).exists():
            raise Refused(_("This group is being asked already."))
        self.begun_at, self.due_at = at, moment(due_on + A_DAY, time.min)

    @transition(source={Status.RUNNING}, to=Status.ENDED, may=access.may_send_link, done=_("ended this"))
    def end(self, *, by, at):
        """No more letters and reminders. Links that were sent stand for as long as they do."""
        self.ended_at = at
        Notice.objects.of(self, CAMPAIGN).stop(at)

    def letters_due(self, at):
        """How many letters each parent who has not answered should have had by now."""
        half = self.begun_at + (self.due_at - self.begun_at) / 2
        moments = sorted({self.begun_at, half, max(half, self.due_at - BEFORE)})[:LETTERS]
        return sum(moment <= at for moment in moments) if at < self.due_at else 0

    def people(self, on=None):
        """Who is asked: whoever is in the group, but nobody who is never to be shown."""
        never = NeverShown.objects.standing().values("young_person")
        return (
            YoungPerson.objects.here(on)
            .filter(pk__in=self.group.members.standing(on).values("young_person"))
            .exclude(pk__in=never)
        )


def parents_of(people):
    """Those who may decide for them by law, with their addresses: [Care]."""
    return Care.objects.filter(young_person__in=people, parental_responsibility=True).select_related(
        "carer", "young_person"
    )
