"""What the ground stands on: the keys on paper, backups, what is lacking, and how each sweep ran."""

from collections import Counter
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from harmony.audit.models import Identified
from harmony.audit.transitions import ANY, NEW, transition
from harmony.encryption import masters
from harmony.notifications.models import Notice
from harmony.people.models import User

from . import access

HOLDERS = 2  # trustees for each sheet
CONFIRMED_EVERY = timedelta(days=365)


class BackupKey(Identified):
    """The public half of a pair: what a backup is locked with. The private half stands on a sheet and nowhere else."""

    version = models.PositiveSmallIntegerField(unique=True)
    public = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    in_clear = {"public": "the half that anybody may know: it locks, and opens nothing"}

    class Meta:
        get_latest_by = "version"
        ordering = ["version"]

    def __str__(self):
        return f"Backup key {self.version}"

    @transition(source=NEW, to=None, may=access.may_make_keys)
    def make(self, version, public, *, by, at):
        self.version, self.public, self.made_at = version, public, at


class KeySheetQuerySet(models.QuerySet):
    def standing(self, at):
        """Of the keys in use, confirmed within a year, by somebody who is a trustee still."""
        in_use = Q(pk__in=())
        for kind, version in versions_in_use().items():
            in_use |= Q(kind=kind, version=version)
        trustees = access.trustees(localdate(at))
        return self.filter(in_use, stored_by__in=trustees, stored_at__gt=at - CONFIRMED_EVERY)

    def lacking(self, at):
        """The sheets that fewer than two trustees hold, by kind."""
        held = Counter(self.standing(at).values_list("kind", flat=True))
        return [kind for kind in KeySheet.Kind if held[kind] < HOLDERS]


class KeySheet(Identified):
    """A trustee's word that they hold the paper with this version of a key. A new version needs new sheets."""

    class Kind(models.TextChoices):
        MASTER = "master", _("Master key")
        BACKUP = "backup", _("Backup key")

    kind = models.CharField(max_length=6, choices=Kind, default=Kind.MASTER)
    version = models.PositiveSmallIntegerField()
    stored_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    stored_at = models.DateTimeField()  # last confirmed
    place = models.CharField(_("where it is"), max_length=200)

    objects = KeySheetQuerySet.as_manager()
    in_clear = {"place": "“the safe in the office”: whoever restores a backup has to find it"}

    class Meta:
        ordering = ["kind", "version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "version", "stored_by"], name="nobody_counts_twice_for_one_sheet"),
            models.CheckConstraint(name="sheet_kind_known", condition=Q(kind__in=["master", "backup"])),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.version}"

    @classmethod
    def of(cls, kind, user):
        """This person's own, new or not, for the version in use."""
        mine = {"kind": kind, "version": versions_in_use()[kind], "stored_by": user}
        return cls.objects.filter(**mine).first() or cls(**mine)

    def confirm(self, place, *, by, at=None):
        step = self.store if self._state.adding else self.confirm_again
        step(place, by=by, at=at or now())

    @transition(source=NEW, to=None, may=access.may_confirm_keys)
    def store(self, place, *, by, at):
        self.place, self.stored_at = place, at

    @transition(source=ANY, to=None, may=access.may_confirm_keys)
    def confirm_again(self, place, *, by, at):
        """A year later, or moved elsewhere."""
        self.place, self.stored_at = place, at


def versions_in_use():
    """{kind: version}. The highest master key wraps every key made now; 0: there is none."""
    newest = BackupKey.objects.order_by("-version").values_list("version", flat=True).first()
    return {KeySheet.Kind.MASTER: max(masters.known(), default=0), KeySheet.Kind.BACKUP: newest or 0}


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


from .lost import LostDevice  # noqa: F401  (a file of its own)
from .reviews import AccessLine, AccessReview  # noqa: F401  (models of this app, too)
