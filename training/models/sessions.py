"""A course taught to several at once: who led it, where the signed list is kept, and everybody who was there, in one go."""

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import NEW, Refused, transition
from harmony.encryption.fields import EncryptedTextField
from harmony.people.models import User

from .. import access
from .completions import Completion
from .courses import Course


class SessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.sessions_visible_to(user))

    def to_check(self):
        return self.filter(status=Session.Status.RECORDED)


class Session(Recorded):
    """One time that a course was taught. Each who was there has a completion; one second person checks the whole list."""

    class Status(models.TextChoices):
        RECORDED = "recorded", _("To be checked")
        VERIFIED = "verified", _("Checked")

    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions")
    held_on = models.DateField()
    led_by = EncryptedTextField(_("who led it"))
    shown = EncryptedTextField(_("where the signed list is kept"))
    status = models.CharField(max_length=8, choices=Status, default=Status.RECORDED)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = SessionQuerySet.as_manager()
    guards = [
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.status = 'verified'
                AND (NEW.verified_by_id IS NULL OR NEW.verified_by_id = NEW.recorded_by_id)""",
            say=gettext_noop("Somebody else has to check it: not whoever wrote it down."),
        )
    ]

    class Meta:
        ordering = ["-held_on"]

    def __str__(self):
        return f"{self.course}, {self.held_on}"

    @transition(source=NEW, to=Status.RECORDED, may=access.may_keep, done=_("wrote this down"))
    def hold(self, course, held_on, led_by, shown, people, *, by, at):
        """Whoever has it written down for that day already keeps what is there."""
        if held_on > localdate(at):
            raise Refused(_("This day has not come yet."))
        self.course, self.held_on, self.led_by, self.shown = course, held_on, led_by, shown
        self.recorded_by, self.recorded_at = by, at
        for user in people:
            one = Completion.of(user, course, held_on, how=Completion.How.SESSION, session=self)
            if not one.is_here():
                one.record(shown, by=by, at=at)

    @transition(source={Status.RECORDED}, to=Status.VERIFIED, may=access.may_check_session, done=_("checked this"))
    def verify(self, *, by, at):
        """All who were there; one's own is left for somebody else."""
        self.verified_by = by
        for one in self.completions.to_check().exclude(user=by).select_related("version__course", "user"):
            one.verify(by=by, at=at)
