"""What came in from outside, beside its report: the code that opens it again, how it is safe to answer, and who waits."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.recording import Recording
from harmony.audit.transitions import ANY, NEW, Refused, StateMoved, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.notifications.models import Notice
from harmony.people.models import User

from ..models.reports import Report
from ..models.timing import due_at_filing
from . import access, codes

# then its six words are nobody's any more
DESTROYED = """EXISTS (SELECT 1 FROM incidents_report report JOIN incidents_case ON incidents_case.id = report.case_id
    WHERE report.id = NEW.report_id AND incidents_case.destroyed_at IS NOT NULL)"""
SAID = ("age", "safe_times", "code_word", "must_not_know", "name", "call_back")


class Age(models.TextChoices):
    UNDER_11 = "0-10", _("10 or under")
    UNDER_14 = "11-13", _("11 to 13")
    UNDER_16 = "14-15", _("14 or 15")
    UNDER_18 = "16-17", _("16 or 17")
    ADULT = "18", _("18 or over")


class ThreadQuerySet(models.QuerySet):
    def opened_by(self, words):
        """The one conversation that these words open, if any."""
        return self.still_there().filter(code=codes.kept_of(words)).select_related("report__case").first()

    def passed(self, key):
        """The one whose page was opened by its words: the key comes out of a pass that we signed then."""
        return self.still_there().filter(pk=key).select_related("report__case").first()

    def still_there(self):
        return self.filter(report__case__destroyed_at=None)


class Thread(Recorded):
    """It lies in the chain of its report. Every time that its holder is the cause of is a whole hour."""

    report = models.OneToOneField(Report, models.PROTECT, related_name="thread")
    root = RootField("report")
    code = models.CharField(max_length=64, unique=True, editable=False)
    age = models.CharField(max_length=5, choices=Age, blank=True)
    # how it is safe to answer (N18) …
    safe_times = EncryptedTextField(blank=True)
    code_word = EncryptedTextField(blank=True)
    must_not_know = EncryptedTextField(blank=True)
    # … and who they are, if they said so
    name = EncryptedTextField(blank=True)
    call_back = EncryptedTextField(blank=True)  # the number of somebody who works here and could not sign in

    # an adult asked that their name be read by nobody, until two who work the case agree or somebody is in danger
    is_sealed = models.BooleanField(default=False)
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    message_since = models.DateTimeField(null=True, blank=True)  # their words wait for somebody of ours …
    message_due = models.DateTimeField(null=True, blank=True)  # … until then
    reply_since = models.DateTimeField(null=True, blank=True)  # our words wait for them

    objects = ThreadQuerySet.as_manager()
    recording = Recording(secret=frozenset({"code"}))
    in_clear = {"code": "a keyed hash of more than 64 random bits"}
    guards = [
        Guard(
            on=("UPDATE",),
            refuse_when=f"(OLD.code <> NEW.code AND NOT {DESTROYED}) OR "
            + " OR ".join(f"NEW.{name} <> OLD.{name}" for name in SAID),
            say=gettext_noop("What somebody told us of themselves stays as it was sent."),
        ),
        Guard(
            on=("UPDATE",),
            refuse_when="""OLD.is_sealed AND NOT NEW.is_sealed AND NEW.opened_at IS NULL
                OR NEW.is_sealed AND NOT OLD.is_sealed""",
            say=gettext_noop("A sealed name is opened by a step that says who opened it."),
        ),
    ]

    class Meta:
        indexes = [
            models.Index(fields=["message_due"], name="messages_not_read", condition=Q(message_due__isnull=False)),
            models.Index(fields=["reply_since"], name="replies_not_read", condition=Q(reply_since__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_message_waits_since_until",
                condition=Q(message_since=None, message_due=None)
                | Q(message_since__isnull=False, message_due__isnull=False),
            ),
            models.CheckConstraint(
                name="a_name_is_opened_by_somebody",
                condition=Q(opened_at=None, opened_by=None) | Q(opened_at__isnull=False, opened_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_name_is_asked_for_by_somebody",
                condition=Q(asked_at=None, asked_by=None) | Q(asked_at__isnull=False, asked_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"What came with {self.report}"

    @property
    def case(self):
        return self.report.case

    @property
    def said_name(self):
        """The name that they gave, for whoever works the case; "" while it is sealed."""
        return "" if self.is_sealed else self.name

    @property
    def has_sealed_name(self):
        return self.is_sealed and bool(self.name or self.call_back)

    @transition(source=NEW, to=None, may=access.may_write_from_outside)
    def begin(self, words, *, by):
        self.code = codes.kept_of(words)

    @transition(source=ANY, to=None, may=access.may_write_from_outside)
    def write(self, words, *, by, at):
        """More from whoever holds the six words. Whoever works the case owes them a look, in the time for a new report."""
        self.report.add(words, by=by, at=at)
        case = self.report.case
        due = due_at_filing(
            at, pressing=case.pressing, track=case.track, readers=case.line(), by_the_hour=True
        )  # where nobody is on call, it waits from when it came
        if not self.message_due:
            self.message_since, self.message_due = at, due["acknowledge_due"] or at

    @transition(source=ANY, to=None, may=access.may_write_from_outside)
    def come_back(self, *, by, at):
        """They have seen all that we wrote so far."""
        if self.reply_since:
            self.reply_since = None
            Notice.objects.filter(about=self.report.case_id, clock="reply_unread").stop(at)

    def was_read(self, at):
        """Somebody of ours has read or answered what they wrote. Part of a step of the case."""
        if self.message_due:
            self.message_since = self.message_due = None
            self.save(update_fields=["message_since", "message_due"])
            Notice.objects.filter(about=self.report.case_id, clock="message").stop(at)

    def was_answered(self, at):
        """There are words for them to read. Part of a step of the case."""
        self.was_read(at)
        if not self.reply_since:
            self.reply_since = at
            self.save(update_fields=["reply_since"])

    @transition(source=ANY, to=None, may=access.may_open_name, reason=True)
    def ask_to_open(self, *, by, at):
        """One of those who work the case needs to know who wrote. A second one has to agree."""
        self._is_still_sealed()
        if self.asked_by_id:
            raise StateMoved(_now("Somebody has asked for this already. Now a second person has to agree."))
        self.asked_at, self.asked_by = at, by

    @transition(source=ANY, to=None, may=access.may_open_name)
    def agree_to_open(self, *, by, at):
        """The second of two: by person, not by post."""
        self._is_still_sealed()
        if not self.asked_by_id:
            raise StateMoved(_now("Nobody asks for this any more. The name stays sealed."))
        if self.asked_by_id == by.pk:
            raise Refused(_now("Somebody else has to agree to this. You asked for it."))
        self._open(by, at)

    @transition(source=ANY, to=None, may=access.may_open_name, reason=True)
    def open_in_danger(self, *, by, at):
        """Somebody may be in danger: that waits for nobody, and says why."""
        self._is_still_sealed()
        self._open(by, at)

    def _is_still_sealed(self):
        if not self.is_sealed:
            raise StateMoved(_now("The name is open already."))

    def _open(self, by, at):
        self.is_sealed, self.opened_at, self.opened_by = False, at, by
