"""What the schedule proposes to destroy, and what two people made of it. Nothing is ever destroyed by itself."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import Refused, StateMoved, transition
from harmony.encryption.fields import EncryptedTextField
from harmony.people.models import User

from .. import access, destroying, stores
from .holds import HELD, Hold

AS_PROPOSED = ("kind", "about", "of_root", "reference", "code", "counted_on", "due_on", "proposed_at")


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What waits, for whoever may decide on it; what was destroyed, for whoever could have."""
        waits = Q(status__in=Proposal.WAITING) & access.about_what_they_decide(user)
        return self.filter(waits | Q(status=Proposal.Status.DESTROYED) & access.destroyed_visible_to(user))

    def waiting(self):
        return self.filter(status__in=Proposal.WAITING)

    def destroyed(self):
        return self.filter(status=Proposal.Status.DESTROYED)


class Proposal(Recorded):
    """It has a root of its own, for it outlives what it is about: the tombstone, without a name and without a word."""

    class Status(models.TextChoices):
        OPEN = "open", _("Past its time")
        AGREED = "agreed", _("One person agrees")
        KEPT = "kept", _("Kept longer")
        OVERTAKEN = "overtaken", _("Not past its time any more")
        DESTROYED = "destroyed", _("Destroyed")

    WAITING = (Status.OPEN, Status.AGREED)

    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN)
    kind = models.CharField(max_length=20)  # of stores.py
    about = models.UUIDField()  # the record; no foreign key, for rooms lie above
    of_root = models.UUIDField()
    reference = models.CharField(max_length=20)
    code = models.CharField(max_length=20)  # of its class in the schedule
    counted_on = models.DateField()
    due_on = models.DateField()
    proposed_at = models.DateTimeField(default=now)
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    destroyed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    destroyed_at = models.DateTimeField(null=True, blank=True)
    fingerprint = models.CharField(
        max_length=64, blank=True
    )  # the last line of the record's chain, once it was destroyed
    lines = models.PositiveIntegerField(null=True, blank=True)  # of that chain
    erased = models.TextField(blank=True)  # the roots whose keys went, with spaces between: what has to be erased again

    objects = ProposalQuerySet.as_manager()
    in_clear = {
        "kind": "a code from our own list",
        "code": "a code from our own list",
        "reference": "random",
        "fingerprint": "a hash",
        "erased": "random numbers",
    }
    guards = [
        Guard(on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("That something was proposed is never forgotten.")),
        Guard(
            on=("UPDATE",),
            refuse_when="OLD.status NOT IN ('open', 'agreed') OR "
            + " OR ".join(f"NEW.{column} <> OLD.{column}" for column in AS_PROPOSED),
            say=gettext_noop("What was proposed and decided stays as it was."),
        ),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.status = 'destroyed' AND (NEW.agreed_by_id IS NULL OR NEW.destroyed_by_id IS NULL
                OR NEW.destroyed_at IS NULL OR NEW.agreed_by_id = NEW.destroyed_by_id OR NEW.fingerprint = '')""",
            say=gettext_noop("A record is destroyed by two people."),
        ),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.status IN ('agreed', 'destroyed') AND EXISTS (
                SELECT 1 FROM retention_hold WHERE about = NEW.about AND status = 'standing')""",
            say=HELD,
        ),
    ]

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["kind", "about"], name="proposals_about")]
        constraints = [
            models.UniqueConstraint(fields=["about"], condition=Q(status__in=["open", "agreed"]), name="proposed_once"),
            models.CheckConstraint(
                name="proposal_status_known",
                condition=Q(status__in=["open", "agreed", "kept", "overtaken", "destroyed"]),
            ),
            models.CheckConstraint(
                name="agreed_by_somebody_at_a_time",
                condition=Q(agreed_at=None, agreed_by=None) | Q(agreed_at__isnull=False, agreed_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Proposal about {self.reference}"

    def get_absolute_url(self):
        return reverse("retention:proposal", args=[self.pk])

    def record_for(self, user):
        """What it is about, if this person may decide on it now."""
        store = stores.get(self.kind)
        return store and store.records(user).filter(pk=self.about).first()

    @transition(source={Status.OPEN}, to=Status.AGREED, may=access.may_agree, done=_("agreed to this"))
    def agree(self, *, by, at):
        """The first of two."""
        self._stands(at)
        self.agreed_by, self.agreed_at = by, at

    @transition(source={Status.AGREED}, to=Status.DESTROYED, may=access.may_keep, done=_("destroyed this"))
    def destroy(self, *, by, at):
        """The second of two, another person: its keys go, and with them what hangs on them. For good."""
        self._stands(at)
        if by.pk == self.agreed_by_id:
            raise Refused(_now("Somebody else has to agree to this. You were the first."))
        if not access.may_agree(by, self):
            raise Refused(_now("Somebody else has to agree to this. Training that your role asks for has run out."))
        record = self.record_for(by)
        self.destroyed_by, self.destroyed_at = by, at
        roots = destroying.with_files(stores.get(self.kind).roots(record))
        self.erased = " ".join(root.hex for root in roots)
        self.lines, self.fingerprint = destroying.destroy(roots, by=by, at=at)

    @transition(source=set(WAITING), to=Status.KEPT, may=access.may_keep, done=_("kept this longer"))
    def keep(self, because, until, *, by, at):
        """One alone says that it stays, why, and until when. (Not a reason of the step: that would outlive the record.)"""
        if until <= localdate(at):
            raise Refused(_now("That day has to come."))
        Longer.objects.create(proposal=self, root=self.of_root, why=because, until=until, said_by=by, said_at=at)

    def _stands(self, at):
        """A hold wins; and whoever wrote in the record since it was proposed has moved its day."""
        if Hold.objects.standing().filter(about=self.about).exists():
            raise StateMoved(_now("A legal hold stands on this. It is not destroyed until the hold is lifted."))
        found = [(one.code, one.due_on) for one in stores.get(self.kind).due(at, about=self.about)]
        if (self.code, self.due_on) not in found:
            raise StateMoved(
                _now("This is not past its time any more: somebody has written in it, or it was opened again.")
            )


class LongerQuerySet(models.QuerySet):
    def running(self, on):
        return self.filter(until__gt=on)


class Longer(Recorded):
    """Why a record is kept longer than the schedule says, and until when. Its words go with the record's key."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="longer")
    why = EncryptedTextField()
    until = models.DateField()
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=now)

    objects = LongerQuerySet.as_manager()
    guards = [
        Guard(
            on=("UPDATE", "DELETE"),
            refuse_when="1 = 1",
            say=gettext_noop("Why something is kept longer stays as it was written."),
        ),
        Guard(
            on=("INSERT",),
            refuse_when="NEW.why = ''",
            say=gettext_noop("Say why this is kept longer."),
        ),
    ]

    class Meta:
        indexes = [models.Index(fields=["until"], name="kept_longer_until")]

    def __str__(self):
        return f"{self.proposal}, kept until {self.until}"
