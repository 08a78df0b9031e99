"""What somebody has done, checked by a second person; and from what somebody is excused, until when."""

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import NEW, Refused, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.people.models import User
from harmony.people.models.dated import Dated, DatedQuerySet

from .. import access
from .courses import Course, Version


class CompletionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.completions_visible_to(user))

    def to_check(self):
        return self.filter(status=Completion.Status.RECORDED)


class Completion(Recorded):
    """That somebody did a version of a course on a day. Until when it holds is worked out from it (needs.py)."""

    class Status(models.TextChoices):
        RECORDED = "recorded", _("To be checked")
        VERIFIED = "verified", _("Checked")
        STRUCK = "struck", _("Struck out")

    class How(models.TextChoices):
        SHOWN = "shown", _("Shown by a paper")
        SESSION = "session", _("On a signed list")
        READ = "read", _("Read here, and three questions answered")
        LIST = "list", _("From a list that was brought in")

    user = models.ForeignKey(User, models.PROTECT, related_name="completions")
    root = RootField("user")
    version = models.ForeignKey(Version, models.PROTECT, related_name="completions")
    completed_on = models.DateField()
    how = models.CharField(max_length=7, choices=How, default=How.SHOWN)
    # the time it was taught; below this file, so that a session may say who was there
    session = models.ForeignKey("training.Session", models.PROTECT, null=True, blank=True, related_name="completions")
    shown = EncryptedTextField(_("what shows it"), blank=True)  # like "certificate in the blue folder"
    status = models.CharField(max_length=8, choices=Status, default=Status.RECORDED)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)

    objects = CompletionQuerySet.as_manager()
    guards = [
        Guard(
            on=("UPDATE",),
            refuse_when="""NEW.user_id <> OLD.user_id OR NEW.version_id <> OLD.version_id
                OR NEW.completed_on <> OLD.completed_on OR NEW.how <> OLD.how OR NEW.recorded_by_id <> OLD.recorded_by_id
                OR OLD.status = 'struck'""",
            say=gettext_noop("What was written down stays. Strike it out and write it anew."),
        ),
        Guard(on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("What was written down stays.")),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.status = 'verified' AND NEW.how <> 'read'
                AND (NEW.verified_by_id IS NULL OR NEW.verified_by_id IN (NEW.user_id, NEW.recorded_by_id))""",
            say=gettext_noop("Somebody else has to check it: not whose it is, nor who wrote it down."),
        ),
    ]

    class Meta:
        ordering = ["-completed_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "version", "completed_on"],
                condition=~models.Q(status="struck"),
                name="done_once_on_a_day",
            ),
            models.CheckConstraint(
                name="checked_by_somebody_at_some_time",
                condition=models.Q(verified_by=None, verified_at=None)
                | models.Q(verified_by__isnull=False, verified_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["recorded_at"], condition=models.Q(status="recorded"), name="completions_to_check")
        ]

    def __str__(self):
        return f"{self.version.course} by {self.user}"

    @classmethod
    def of(cls, user, course, completed_on, **fields):
        """One to be recorded: of the version that was taught on that day."""
        return cls(user=user, version=course.version_on(completed_on), completed_on=completed_on, **fields)

    @transition(source=NEW, to=Status.RECORDED, may=access.may_record, done=_("wrote this down"))
    def record(self, shown, *, by, at):
        if self.completed_on > localdate(at):
            raise Refused(_("This day has not come yet."))
        self._begin(shown, by, at)

    @transition(source=NEW, to=Status.VERIFIED, may=access.may_read_here, done=_("read this here"))
    def read(self, *, by, at):
        """The answers are the check: nobody else has to look."""
        self.how = self.How.READ
        self._begin("", by, at)

    def _begin(self, shown, by, at):
        if self.is_here():
            raise Refused(_("This is written down already: the same course on the same day."))
        self.shown, self.recorded_by, self.recorded_at = shown, by, at

    def is_here(self):
        same = {"user": self.user, "version": self.version, "completed_on": self.completed_on}
        return type(self).objects.filter(**same).exclude(status=self.Status.STRUCK).exists()

    @transition(source={Status.RECORDED}, to=Status.VERIFIED, may=access.may_verify, done=_("checked this"))
    def verify(self, *, by, at):
        """Somebody else has looked at what shows it."""
        self.verified_by, self.verified_at = by, at

    @transition(
        source={Status.RECORDED, Status.VERIFIED},
        to=Status.STRUCK,
        may=access.may_strike_out,
        reason=True,
        done=_("struck this out"),
    )
    def strike_out(self, *, by):
        """It was not so, or cannot be shown."""


class Exemption(Recorded, Dated):
    """That somebody need not do a course, why, and until when. Never without an end."""

    user = models.ForeignKey(User, models.PROTECT, related_name="exemptions")
    root = RootField("user")
    course = models.ForeignKey(Course, models.PROTECT, related_name="exemptions")
    because = EncryptedTextField(_("why"))

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["starts_on"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="an_exemption_ends", condition=models.Q(ends_on__isnull=False)),
        ]

    def __str__(self):
        return f"{self.user}, without {self.course}"

    @transition(source=NEW, to=None, may=access.may_excuse)
    def excuse(self, because, last_day, starts_on=None, *, by, at):
        self.because = because
        self.span(starts_on or localdate(at), last_day)

    @transition(source=None, to=None, may=access.may_excuse)
    def end(self, *, by, at):
        """It is needed again from tomorrow."""
        self.span(self.starts_on, max(self.starts_on, localdate(at)))
