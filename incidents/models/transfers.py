"""A case handed on to another organisation: one encrypted file, what is in it, and the receipt of whoever got it.

The file is made like every document (transferring.py) and opens with a passphrase, which goes another way: by phone, to a person
who is known. Until they say that they have it, the case is not handed on, and its ladder asks after it.
"""

import secrets

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import NEW, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.notifications.models import Notice
from harmony.people.models import User

from .. import access
from ..levels import Length
from .cases import LETTERS, Case
from .owed import Owed, OwedQuerySet

SENT_WITHIN, RECEIVED_WITHIN = Length(2, "wd"), Length(5, "wd")


def new_passphrase():
    """Five groups of five letters that look like no other: 125 bits, and can be read out over the phone."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(5)) for _group in range(5))


class Transfer(Recorded, Owed):
    class Status(models.TextChoices):
        READY = "ready", _("To be sent")
        SENT = "sent", _("Sent, no receipt yet")
        RECEIVED = "received", _("They have it")
        CALLED_OFF = "off", _("Called off")

    case = models.ForeignKey(Case, models.PROTECT, related_name="transfers")
    root = RootField("case")
    status = models.CharField(max_length=8, choices=Status)
    to_whom = EncryptedTextField()
    why = EncryptedTextField()
    informed = EncryptedTextField()  # whether the child and their family know, and what they say
    passphrase = EncryptedTextField()
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    sent_how = EncryptedTextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    receipt = EncryptedTextField(blank=True)  # who says that they have it, and how they said so
    received_at = models.DateTimeField(null=True, blank=True)

    objects = OwedQuerySet.as_manager()
    guards = [
        Guard(on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("That a case was handed on stays.")),
        Guard(
            on=("UPDATE",),
            refuse_when="OLD.passphrase <> NEW.passphrase OR OLD.status IN ('received', 'off')",
            say=gettext_noop("This is over. Begin anew, with another passphrase."),
        ),
    ]

    class Meta:
        ordering = ["-prepared_at"]
        indexes = [models.Index(fields=["due_at"], name="transfers_owed", condition=Q(due_at__isnull=False))]
        constraints = [
            models.CheckConstraint(
                name="a_transfer_owes_a_receipt",
                condition=Q(status__in=["ready", "sent"], due_at__isnull=False)
                | Q(status__in=["received", "off"], due_at=None),
            )
        ]

    def __str__(self):
        return f"Transfer of {self.case}"

    def get_absolute_url(self):
        return reverse("incidents:transfer", args=[self.case_id, self.pk])

    @property
    def is_open(self):
        return self.status in (self.Status.READY, self.Status.SENT)

    @transition(source=NEW, to=Status.READY, may=access.may_refer, done=_("prepared this"))
    def prepare(self, to_whom, why, informed, *, by, at):
        """`why` by name: the book keeps it too."""
        self.to_whom, self.why, self.informed = to_whom, why, informed
        self.passphrase, self.prepared_by, self.prepared_at = new_passphrase(), by, at
        self._owe(SENT_WITHIN, at, at)
        self._tell_the_case("decision", _now("To be handed on to %(whom)s."), why, at, by, at)

    @transition(source={Status.READY}, to=Status.SENT, may=access.may_refer, done=_("sent this"))
    def send(self, words, happened_at, *, by, at):
        """How the file went, and how the passphrase did: another way."""
        self.sent_how, self.sent_at = words, happened_at
        self._owe(RECEIVED_WITHIN, happened_at, at)
        self._tell_the_case("contact", _now("Handed on to %(whom)s: sent."), words, happened_at, by, at)

    @transition(source={Status.SENT}, to=Status.RECEIVED, may=access.may_refer, done=_("got the receipt of this"))
    def receive(self, words, happened_at, *, by, at):
        self.receipt, self.received_at = words, happened_at
        self._owe(None, happened_at, at)
        self._tell_the_case("contact", _now("Handed on to %(whom)s: they have it."), words, happened_at, by, at)

    @transition(
        source={Status.READY, Status.SENT},
        to=Status.CALLED_OFF,
        may=access.may_refer,
        reason=True,
        done=_("called this off"),
    )
    def call_off(self, *, by, at, why):
        self._owe(None, at, at)
        self._tell_the_case("decision", _now("Not handed on to %(whom)s after all."), why, at, by, at)

    def _tell_the_case(self, kind, head, words, happened_at, by, at):
        Notice.objects.of(self, "transfer").stop(at)
        text = f"{head % {'whom': self.to_whom}}\n\n{words}"
        self.case.write(kind, text, happened_at, significant=True, by=by, at=at)
