"""The report: what somebody wrote, as they wrote it."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.events import event
from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.recording import Recording
from harmony.audit.transitions import Refused, StateMoved, transition
from harmony.encryption import keys
from harmony.encryption.fields import EncryptedTextField
from harmony.people.models import User

from .. import access, alike, lines
from ..initials import initials_in
from ..kinds import Track
from ..ladders import begin
from ..reminders import AN_HOUR
from . import imagery
from .cases import Case
from .from_outside import FromOutside
from .hearing_back import HearsBack
from .looking import LooksAgain
from .meanwhile import InAnotherWindow, would_lose
from .names_asked import resembling
from .searched import REPORT
from .secondhand import TELLER, Secondhand
from .timing import due_at_filing

UNLISTED = "unlisted"  # stands in `named` for somebody who is not on the list
RANG = ("told_999", "told_999_at", "told_999_number")
FIRST = ("danger", *RANG, "about_us", "named", "who", "facts", "childs_words", "view")
MORE = (
    *("others", "how_known", "child_knows"),
    *("happened_on", "happened_time", "is_going_on", "settings", "place", "platform", "handle", "network"),
    *("doors", "rule", "worry", "meeting", "images"),
    *("asked", "told_whom", "told_at"),
    *TELLER,
)
AS_SENT = (*FIRST, *MORE, "author_id", "sender", "form_key", "started_at", "filed_at", "case_id")


def _changed(column):
    return f"NEW.{column} <> OLD.{column} OR (NEW.{column} IS NULL) <> (OLD.{column} IS NULL)"


class Answer(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNSURE = "unsure", _("I’m not sure")


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.reports_visible_to(user))

    def drafts(self):
        return self.filter(status=Report.Status.DRAFT)

    def filed(self):
        return self.filter(status=Report.Status.FILED)

    def left_lying(self, at):
        """Drafts to which nobody has added a word for an hour."""
        return self.drafts().filter(saved_at__lte=at - AN_HOUR)

    def unsent_visible_to(self, user):
        return self.drafts().filter(access.unsent_visible_to(user))


class Report(LooksAgain, HearsBack, FromOutside, Secondhand, imagery.Asked, Recorded):
    """The draft is the report: unrecorded while it is one, its words fixed from then on."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Not sent yet")
        FILED = "filed", _("Sent")

    class Danger(models.TextChoices):
        YES = "yes", _("Yes")
        UNSURE = "unsure", _("I’m not sure")
        NO = "no", _("No")

    class Worry(models.TextChoices):
        """How it feels to whoever writes. Never the official level (practice.md 2.3)."""

        UNSURE = "unsure", _("I’m not sure")
        BIT = "bit", _("A bit worried")
        WORRIED = "worried", _("Worried")
        VERY = "very", _("Very worried")

    class Known(models.TextChoices):
        TOLD = "told", _("The young person told me")
        SAW = "saw", _("I saw or heard it myself")
        HEARD = "heard", _("Someone else told me")

    class Network(models.TextChoices):
        """On whose network: asked for the record, never a reason to refuse a report (S1)."""

        OURS = "ours", _("On our wifi, our device or our account")
        OTHER = "other", _("Somewhere else, like at home or on their phone")
        UNSURE = "unsure", _("I’m not sure")

    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="reports")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="reports")
    status = models.CharField(max_length=5, choices=Status, default=Status.DRAFT)
    form_key = models.UUIDField(editable=False)  # made with the blank form: beginning twice is beginning once
    started_at = models.DateTimeField(default=now, editable=False)
    saved_at = models.DateTimeField(default=now, editable=False)
    filed_at = models.DateTimeField(null=True, blank=True)

    danger = models.CharField(max_length=6, choices=Danger, blank=True)
    told_999 = EncryptedTextField(blank=True)  # who rang 999 (R1) …
    told_999_at = models.DateTimeField(null=True, blank=True)
    told_999_number = EncryptedTextField(blank=True)  # … and the reference they were given, as it was typed
    about_us = models.BooleanField(null=True, blank=True)
    named = EncryptedTextField(blank=True)  # which of us, by id: not even the database's owner reads a draft
    who = EncryptedTextField(blank=True)
    facts = EncryptedTextField(blank=True)
    childs_words = EncryptedTextField(blank=True)
    view = EncryptedTextField(blank=True)  # what the writer thinks, kept apart from what happened (R4)

    others = EncryptedTextField(blank=True)  # who else has a part in it: see incidents/named.py
    how_known = models.CharField(max_length=5, choices=Known, blank=True)
    child_knows = models.CharField(max_length=6, choices=Answer, blank=True)  # that this is being reported

    happened_on = models.DateField(null=True, blank=True)
    happened_time = models.TimeField(null=True, blank=True)  # not always known
    is_going_on = models.CharField(max_length=6, choices=Answer, blank=True)
    settings = EncryptedTextField(blank=True)  # online, at ours, elsewhere: codes of kinds.Setting
    place = EncryptedTextField(blank=True)  # where, and who was there
    platform = EncryptedTextField(blank=True)
    handle = EncryptedTextField(blank=True)  # of the other person, as it was copied
    network = models.CharField(max_length=6, choices=Network, blank=True)

    doors = EncryptedTextField(blank=True)  # codes of kinds.DOORS
    # what was not kept: words, clause, version and hash, as policies cite it (S15)
    rule = EncryptedTextField(blank=True)
    worry = models.CharField(max_length=7, choices=Worry, blank=True)
    meeting = models.CharField(max_length=6, choices=Answer, blank=True)  # with somebody known only online
    images = models.CharField(max_length=6, choices=Answer, blank=True)  # of somebody under 18, nude or nearly (R24)

    asked = EncryptedTextField(blank=True)  # what the writer asked the young person (R4)
    told_whom = EncryptedTextField(blank=True)  # aloud, before this was written (R2)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()
    searched = REPORT
    recording = Recording(when="{row}.status <> 'draft'")
    guards = [
        Guard(
            on=("UPDATE",),
            refuse_when="OLD.status <> 'draft' AND (NEW.status = 'draft' OR "
            + " OR ".join(_changed(column) for column in AS_SENT)
            + ")",
            say=gettext_noop("The words of a report stay as they were sent. Add to it instead."),
        ),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.status <> 'draft' AND ((NEW.sender = '' AND (NEW.who = '' OR NEW.facts = ''))
                OR (NEW.about_us AND NEW.named = ''))""",
            say=gettext_noop("Say who it is about and what happened before you send this."),
        ),
        imagery.OF_A_REPORT,
        Guard(
            on=("DELETE",),
            refuse_when="OLD.status <> 'draft'",
            say=gettext_noop("A report that was sent is not deleted."),
        ),
    ]

    class Meta:
        ordering = ["-started_at"]
        indexes = [models.Index(fields=["saved_at"], condition=Q(status="draft"), name="reports_not_sent")]
        constraints = [
            # its author's own: nobody can try out whether somebody else has begun a form
            models.UniqueConstraint(fields=["author", "form_key"], name="one_report_a_form"),
            models.CheckConstraint(
                name="filed_means_with_a_case",
                condition=Q(status="draft", filed_at=None, case=None)
                | (
                    Q(status="filed", filed_at__isnull=False, case__isnull=False, about_us__isnull=False)
                    & (~Q(danger="") | ~Q(sender=""))
                ),
            ),
            models.CheckConstraint(
                name="written_by_one_of_us_or_from_outside",
                condition=Q(author__isnull=False, sender="") | (Q(author=None) & ~Q(sender="")),
            ),
        ]

    def __str__(self):
        return f"Report {str(self.pk)[:8]}"

    def get_absolute_url(self):
        return reverse("incidents:report", args=[self.pk])

    @property
    def about(self):
        """Which of us it is about, as far as they were on the list."""
        return list(User.objects.filter(pk__in=set(self.named.split()) - {UNLISTED}))

    @property
    def is_of_oneself(self):
        """Something its author did, or that might be misread: told by themselves, which is welcome (R18)."""
        return bool(self.author_id) and str(self.author_id) in self.named.split()

    @property
    def awaits_names(self):
        """About one of us, and not yet said whom: until then anybody here might be the one."""
        return bool(self.about_us) and not self.named

    @property
    def is_routed(self):
        """It is said whether it is about one of us and, if so, whom. Before that, nobody here is known to be safe to tell."""
        return self.about_us is not None and not self.awaits_names

    @property
    def track(self):
        return Track.WORKER if self.about_us else Track.CHILD

    @property
    def is_dangerous(self):
        """Not sure is treated as yes (practice.md 2.3)."""
        return self.danger in (self.Danger.YES, self.Danger.UNSURE)

    @property
    def is_pressing(self):
        """Something in it cannot wait for working hours: read as fast as a Critical case (practice.md 2.3)."""
        said = self.is_dangerous or self.worry == self.Worry.VERY or self.meeting == Answer.YES or self.says_images
        return said or self.says_hurt

    @classmethod
    def begin(cls, author, form_key, **answers):
        """The draft that belongs to this blank form: made once, however often it is posted."""
        report, new = cls.objects.get_or_create(author=author, form_key=form_key, defaults=answers)
        if not new and report.status == cls.Status.DRAFT:
            if report.about_us and answers.get("about_us") is None:
                answers.pop("about_us", None)  # danger too: whom it is about stays kept out
            report.answer(by=author, **answers)
        return report

    @transition(source={Status.DRAFT}, to=None, may=access.may_file, done=_("sent this"))
    def answer(self, *, by, at, page=(), drawn="", **answers):
        """Keep what was typed so far. Costs no line in the book.

        `page` are the questions of the page it came from and `drawn` its mark: raises InAnotherWindow where
        saving would overwrite what was written in another one.
        """
        if lost := would_lose(self, page, answers, drawn):
            raise InAnotherWindow(lost)
        for question, words in answers.items():
            setattr(self, question, words)
        if not self.about_us:
            self.named = ""  # "yes" was a slip: nobody stays kept out by it
        self.saved_at = at

    @transition(source={Status.DRAFT}, to=Status.FILED, may=access.may_file, done=_("sent this"))
    def file(self, *, by, at):
        """Open the case, and recuse whoever it is about, in the same breath."""
        if self.missing():
            raise Refused(_now("There is a question left to answer."))
        self.filed_at, about = at, self.about
        out, asked_of = access.kept_out(about), set(resembling(self)) - {by}  # somebody else can say whether it is them
        self.case = Case.objects.create(
            track=self.track,
            raised_to=lines.raised_to(self.track, about, out | asked_of),
            filed_at=at,
            pressing=self.is_pressing,
            imagery=self.may_hold_images,
            initials=initials_in(self.who),
            **due_at_filing(
                at,
                pressing=self.is_pressing,
                track=self.track,
                readers=lines.readers(self.track, about),
                by_the_hour=bool(self.sender),
            ),
        )
        self.case.keep_out(about)
        begin(self.case, at, asked_of - out)
        self.case.owes_telling([self.author] if self.author_id else [], at)
        alike.tell(self.case, at, [self])

    def missing(self):
        """The questions without which nobody can act (S1): nothing else ever stops a report. From outside all can be skipped."""
        if self.sender:
            return []
        return [
            question
            for question, answered in {
                "danger": self.danger,
                "about_us": self.about_us is not None,
                "named": not self.awaits_names,
                "who": self.who,
                "facts": self.facts,
            }.items()
            if not answered
        ]

    def discard(self, *, by):
        """A draft may be thrown away, and its key with it: that, not its words, stands in the book."""
        with event("discard", by=by, about=self):
            draft = Report.objects.select_for_update().get(pk=self.pk)
            if not access.may_file(by, draft):
                raise PermissionDenied(_now("Only its author can throw a draft away."))
            if draft.status != self.Status.DRAFT:
                raise StateMoved(_now("You have sent this report, so it stays."))
            keys.erase(draft.root)
            draft.delete()
