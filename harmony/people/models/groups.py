"""Groups, who is in them and who works with them."""

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from harmony.audit.models import Identified, Recorded
from harmony.audit.transitions import ANY, NEW, transition
from harmony.encryption.fields import RootField

from .. import access
from .dated import Dated, DatedQuerySet
from .users import User
from .young_people import YoungPerson


class GroupQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.groups_visible_to(user))

    def running(self):
        return self.filter(ended_on=None)

    def with_counts(self, on=None):
        """How many are in each, and work with it, on this day."""
        return self.annotate(
            member_count=_count(GroupMember.objects.standing(on)), worker_count=_count(GroupWorker.objects.standing(on))
        )


def _count(held):
    """The rows of each group, counted apart: two joins would multiply each other."""
    one_group = held.filter(group=models.OuterRef("pk")).order_by().values("group")
    return Coalesce(models.Subquery(one_group.annotate(many=models.Count("pk")).values("many")), 0)


class Group(Identified):
    name = models.CharField(_("name"), max_length=80, unique=True)
    ages = models.CharField(_("ages"), max_length=20, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = GroupQuerySet.as_manager()
    in_clear = {"name": "public programme", "ages": "public programme"}

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    @transition(source=NEW, to=None, may=access.may_keep_records)
    def add(self, name, ages, *, by):
        self.name, self.ages = name, ages

    @transition(source=ANY, to=None, may=access.may_keep_records)
    def change(self, name, ages, *, by):
        self.name, self.ages = name, ages

    @transition(source=ANY, to=None, may=access.may_keep_records)
    def finish(self, last_day, *, by):
        """The group ends, and with it who is in it, who works with it, and by what ways it is reached."""
        self.ended_on = last_day
        self.members.all().end(last_day)
        self.workers.all().end(last_day)
        self.contact_rules.all().end(last_day)


class GroupMember(Recorded, Dated):
    young_person = models.ForeignKey(YoungPerson, models.PROTECT, related_name="groups")
    root = RootField("young_person")
    group = models.ForeignKey(Group, models.PROTECT, related_name="members")

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        pass

    def __str__(self):
        return f"{self.young_person} in {self.group}"

    @transition(source=NEW, to=None, may=access.may_keep_records)
    def join(self, starts_on, *, by):
        self.span(starts_on)

    @transition(source=ANY, to=None, may=access.may_keep_records)
    def end(self, last_day, *, by):
        self.span(self.starts_on, last_day)


class GroupWorkerQuerySet(DatedQuerySet):
    def young_people(self, on=None):
        """The keys of those who are in the groups of these workers, as a subquery."""
        members = GroupMember.objects.standing(on).filter(group__in=self.values("group"))
        return members.values("young_person")


class GroupWorker(Recorded, Dated):
    """Whoever works with a group may see its members' names."""

    user = models.ForeignKey(User, models.PROTECT, related_name="groups_worked")
    root = RootField("user")
    group = models.ForeignKey(Group, models.PROTECT, related_name="workers")

    objects = GroupWorkerQuerySet.as_manager()

    class Meta(Dated.Meta):
        pass

    def __str__(self):
        return f"{self.user} works with {self.group}"

    @transition(source=NEW, to=None, may=access.may_keep_records)
    def join(self, starts_on, *, by):
        self.span(starts_on)

    @transition(source=ANY, to=None, may=access.may_keep_records)
    def end(self, last_day, *, by):
        self.span(self.starts_on, last_day)
