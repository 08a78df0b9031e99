"""An export: who asked for which document about which record, why, and what became of it.

It hangs on the root of the record it is about: request, making and every download are lines in that
record's chain, and its words and its file are sealed with that record's key. Erasing the record's key
shreds every export of it.
"""

from contextlib import suppress
from datetime import timedelta
from hashlib import sha256

from django.db import IntegrityError, models
from django.db.models import Q
from django.db.transaction import atomic
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.recording import Recording
from harmony.audit.transitions import NEW, StateMoved, transition
from harmony.encryption.fields import EncryptedTextField, root_of
from harmony.people.models import User

from . import access, kinds, vault

LASTS = timedelta(hours=24)  # how long a finished file can be downloaded
LEASE = timedelta(minutes=5)  # how long a worker may be silent before another takes over
TRIES = 3


class ExportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.exports_visible_to(user))

    def waiting(self, at=None):
        """Nobody is making them, or whoever was has fallen silent."""
        free = Q(leased_until=None) | Q(leased_until__lte=at or now())
        return self.filter(free, status=Export.Status.WAITING)

    def past_their_time(self, at=None):
        return self.filter(status=Export.Status.READY, expires_at__lte=at or now())


class Export(Recorded):
    class Status(models.TextChoices):
        WAITING = "waiting", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Could not be made")
        EXPIRED = "expired", _("Deleted")

    class Purpose(models.TextChoices):
        POLICE = "police", _("For the police or a court")
        COUNCIL = "council", _("For children’s services, or the council’s designated officer (LADO)")
        TRANSFER = "transfer", _("To pass a case to another organisation")
        TRUSTEES = "trustees", _("For our trustees")
        INSPECTION = "inspection", _("For an inspector, funder or auditor")
        MEETING = "meeting", _("For a meeting or supervision")
        OTHER = "other", _("For something else")

    class Step(models.IntegerChoices):
        QUEUED = 0, _("Waiting for its turn")
        GATHERING = 1, _("Reading the records")
        SETTING = 2, _("Setting the pages")
        SEALING = 3, _("Sealing the file")

    kind = models.CharField(max_length=20)
    about = models.UUIDField()  # the record; no foreign key, for rooms lie above
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)  # included
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="exports")
    requested_at = models.DateTimeField(default=now, editable=False)
    purpose = models.CharField(_("what it is for"), max_length=10, choices=Purpose)
    purpose_words = EncryptedTextField()
    form_key = models.UUIDField(editable=False)  # made with the blank form: sent twice, made once
    status = models.CharField(max_length=7, choices=Status, default=Status.WAITING)

    made_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    file_hash = models.CharField(max_length=64, blank=True, default="")  # SHA-256 of the PDF's bytes
    seal = models.CharField(max_length=64, blank=True)
    failure = models.CharField(max_length=60, blank=True)

    # how far the worker is: no line in the book
    token = models.UUIDField(null=True, blank=True)  # whose turn it is, and the name of the file
    leased_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    step = models.PositiveSmallIntegerField(choices=Step, default=Step.QUEUED)
    pages_set = models.PositiveIntegerField(default=0)

    objects = ExportQuerySet.as_manager()
    recording = Recording(skip=frozenset({"token", "leased_until", "tries", "step", "pages_set"}))
    guards = [
        Guard(
            on=("UPDATE",),
            refuse_when="OLD.fingerprint <> '' AND (NEW.fingerprint <> OLD.fingerprint OR NEW.file_hash <> OLD.file_hash)",
            say=gettext_noop("The fingerprint of a document stays as it was printed."),
        )
    ]
    in_clear = {
        "kind": "a code from our own list",
        "fingerprint": "a hash",
        "file_hash": "a hash",
        "seal": "a hash",
        "failure": "the class of an error, never its words",
    }

    class Meta:
        ordering = ["-requested_at"]
        indexes = [
            models.Index(fields=["requested_by", "-requested_at"], name="exports_of_a_person"),
            models.Index(fields=["requested_at"], condition=Q(status="waiting"), name="exports_that_wait"),
            models.Index(fields=["expires_at"], condition=Q(status="ready"), name="exports_that_run_out"),
            models.Index(fields=["fingerprint"], name="exports_by_fingerprint"),
            models.Index(fields=["file_hash"], name="exports_by_hash"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["requested_by", "form_key"], name="one_export_a_form"),
            models.CheckConstraint(
                name="export_status_known", condition=Q(status__in=["waiting", "ready", "failed", "expired"])
            ),
            models.CheckConstraint(
                name="ready_means_sealed_for_a_time",
                condition=~Q(status__in=["ready", "expired"])
                | (Q(made_at__isnull=False, expires_at__isnull=False) & ~Q(fingerprint="")),
            ),
        ]

    def __str__(self):
        return f"Export {str(self.pk)[:8]}"

    def get_absolute_url(self):
        return reverse("documents:export", args=[self.pk])

    @classmethod
    def of(cls, kind, record, form_key, purpose, purpose_words, *, by, since=None, until=None, at=None):
        """Write down what is wanted and why; a sweep makes it. The same form sent twice asks once."""
        export = cls(
            kind=kind.code,
            about=record.pk,
            root=root_of(record),
            requested_by=by,
            form_key=form_key,
            purpose=purpose,
            purpose_words=purpose_words,
            since=since,
            until=until,
        )
        mine = cls.objects.filter(requested_by=by, form_key=form_key)
        if not mine.exists():
            # the same form at the same moment: the other one has just made the row
            with suppress(IntegrityError), atomic():
                export.request(by=by, why=purpose_words, at=at)
        return mine.get()

    @property
    def kind_of(self):
        return kinds.get(self.kind)

    def record_for(self, user):
        """The record it is about, if this person may see it now."""
        return self.kind_of and self.kind_of.records(user).filter(pk=self.about).first()

    @property
    def number(self):
        """Printed on each page, and in the name of the file: tells nobody what it is about."""
        return self.pk.hex[:8].upper()

    @property
    def file(self):
        """The finished PDF, opened. Raises vault.Gone when there is none, or its key was erased."""
        if self.status != self.Status.READY:
            raise vault.Gone
        return vault.take_out(self.token, root=self.root, place=self._place(self.token))

    def _place(self, token):
        return (self._meta.db_table, self.pk.hex, token.hex)

    @transition(source=NEW, to=Status.WAITING, may=access.may_have, reason=True, done=_("asked for this"))
    def request(self, *, by, at):
        self.requested_at = at

    @transition(source={Status.WAITING}, to=Status.READY, may=access.may_have, done=_("made this"))
    def make(self, token, pdf, pages, fingerprint, seal, *, by, at):
        """The worker, acting as the person who asked: their rights are asked again here."""
        if self.token != token:
            raise StateMoved(_now("Another worker has taken over."))
        self.made_at = at
        self.expires_at = self.made_at + LASTS
        self.pages, self.fingerprint, self.seal = pages, fingerprint, seal
        self.file_hash = sha256(pdf).hexdigest()
        vault.put_in(token, pdf, root=self.root, place=self._place(token))

    @transition(source={Status.WAITING}, to=Status.FAILED, may=access.may_end, done=_("gave this up"))
    def give_up(self, failure, *, by):
        self.failure = failure
        vault.throw_away(self.token)

    @transition(source={Status.READY}, to=Status.EXPIRED, may=access.may_end, done=_("deleted this"))
    def expire(self, *, by):
        vault.throw_away(self.token)

    @transition(source={Status.READY}, to=Status.EXPIRED, may=access.may_delete, done=_("deleted this"))
    def delete_file(self, *, by):
        """Whoever asked for it needs it no more."""
        vault.throw_away(self.token)
