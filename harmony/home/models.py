"""What the ground stands on: the master key on paper, backups, what is lacking, and how each sweep ran."""

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from harmony.audit.models import Identified
from harmony.audit.transitions import ANY, NEW, transition
from harmony.encryption import masters
from harmony.notifications.models import Notice
from harmony.people.models import User

from . import access


class KeySheetQuerySet(models.QuerySet):
    def of_the_key_in_use(self):
        return self.filter(version=version_in_use())


class KeySheet(Identified):
    """One version of the master key, on paper. A new version needs a new sheet."""

    version = models.PositiveSmallIntegerField(unique=True)
    stored_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    stored_at = models.DateTimeField()
    place = models.CharField(_("where it is"), max_length=200)

    objects = KeySheetQuerySet.as_manager()
    in_clear = {"place": "“the safe in the office”: whoever restores a backup has to find it"}

    class Meta:
        ordering = ["version"]

    def __str__(self):
        return f"Key sheet {self.version}"

    @transition(source=NEW, to=None, may=access.may_confirm_keys)
    def store(self, place, *, by, at):
        self.version, self.place, self.stored_by, self.stored_at = version_in_use(), place, by, at


def version_in_use():
    """The highest version wraps every key that is made now."""
    return max(masters.known(), default=0)


class Backup(Identified):
    """A copy of everything that was taken and put away. Whoever takes it says so: nothing here can see it."""

    taken_at = models.DateTimeField()

    class Meta:
        get_latest_by = "taken_at"
        ordering = ["-taken_at"]

    def __str__(self):
        return f"Backup of {self.taken_at}"

    @transition(source=NEW, to=None, may=access.may_record_backup)
    def record(self, *, by, at):
        self.taken_at = at


class LackQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.lacks_visible_to(user))

    def standing(self):
        return self.filter(mended_at=None)


class Lack(Identified):
    """Something that the ground lacks, from when the sweep found it until it found it mended."""

    code = models.CharField(max_length=20)  # of ladders.py
    since = models.DateTimeField()
    mended_at = models.DateTimeField(null=True, blank=True)

    objects = LackQuerySet.as_manager()
    in_clear = {"code": "of our own list"}

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(mended_at=None), name="lacking_once"),
            models.CheckConstraint(
                name="mended_after_it_was_found", condition=Q(mended_at=None) | Q(mended_at__gte=F("since"))
            ),
        ]

    def __str__(self):
        return f"{self.code}, since {self.since}"

    @transition(source=NEW, to=None, may=access.may_look_for_lacks)
    def find(self, *, by, at):
        self.since = at

    @transition(source=ANY, to=None, may=access.may_look_for_lacks)
    def mend(self, *, by, at):
        """Whoever was told of it hears no more."""
        self.mended_at = at
        Notice.objects.of(self, self.code).stop(at)


class RunQuerySet(models.QuerySet):
    def note(self, name, **facts):
        """Write over what is known of this sweep, in one statement."""
        run = Run(name=name, **facts)
        self.bulk_create([run], update_conflicts=True, unique_fields=["name"], update_fields=list(facts))

    def wait_for(self, names):
        """From now on these should run."""
        self.bulk_create([Run(name=name) for name in names], ignore_conflicts=True)


class Run(models.Model):
    """How the last runs of one sweep ended: one row for each, written over."""

    name = models.CharField(max_length=100, primary_key=True)
    since = models.DateTimeField(default=now)  # waited for from then on
    started_at = models.DateTimeField(null=True, blank=True)
    good_at = models.DateTimeField(null=True, blank=True)  # when the last one ended well
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=60, blank=True)

    objects = RunQuerySet.as_manager()
    in_clear = {"name": "of a task of ours", "failure": "the class of an error, never its words"}

    def __str__(self):
        return self.name
