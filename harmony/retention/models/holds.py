"""A legal hold: while it stands, nobody destroys the record, by whatever way they try (practice.md 1.5)."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import NEW, Refused, transition
from harmony.encryption.fields import EncryptedTextField, root_of
from harmony.people.models import User

from .. import access

IT_STANDS = "EXISTS (SELECT 1 FROM retention_hold WHERE root = OLD.root AND status = 'standing')"
HELD = gettext_noop("A legal hold stands on this. It is not destroyed until the hold is lifted.")
AS_PLACED = ("kind", "about", "root", "reference", "why", "placed_by_id", "placed_at")


class HoldQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.about_what_they_decide(user))

    def standing(self):
        return self.filter(status=Hold.Status.STANDING)

    def overtake(self, roots):
        """A backup was put back from before a hold was lifted and its record destroyed: that happened. Inside an event."""
        return self.standing().filter(root__in=roots).update(status=Hold.Status.OVERTAKEN)


class Hold(Recorded):
    """It lies in the chain of its record, and its words go with that record's key."""

    class Status(models.TextChoices):
        STANDING = "standing", _("Stands")
        LIFTED = "lifted", _("Lifted")
        OVERTAKEN = "overtaken", _("Lifted before a backup was put back")

    status = models.CharField(max_length=9, choices=Status, default=Status.STANDING)
    kind = models.CharField(max_length=20)  # of stores.py
    about = models.UUIDField()  # the record; no foreign key, for rooms lie above
    reference = models.CharField(max_length=20)
    why = EncryptedTextField()
    placed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(default=now)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_why = EncryptedTextField(blank=True)

    objects = HoldQuerySet.as_manager()
    in_clear = {"kind": "a code from our own list", "reference": "random"}
    guards = [
        Guard(
            table="encryption_rootkey",
            on=("UPDATE",),
            refuse_when=f"OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND {IT_STANDS}",
            say=HELD,
        ),
        Guard(table="encryption_rootkey", on=("DELETE",), refuse_when=IT_STANDS, say=HELD),
        Guard(
            on=("INSERT",),
            refuse_when="EXISTS (SELECT 1 FROM encryption_rootkey WHERE root = NEW.root AND erased_at IS NOT NULL)",
            say=gettext_noop("This was destroyed. Nothing is left to hold."),
            lock="encryption_rootkey",
            lock_by="root",
            lock_to="root",
        ),
        Guard(on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("That something was held is never forgotten.")),
        Guard(
            on=("UPDATE",),
            refuse_when="OLD.status <> 'standing' OR "
            + " OR ".join(f"NEW.{column} <> OLD.{column}" for column in AS_PLACED),
            say=gettext_noop("A legal hold stays as it was placed."),
        ),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.why = '' OR (NEW.status = 'lifted' AND (NEW.lifted_by_id IS NULL OR NEW.lifted_at IS NULL
                OR NEW.lifted_why = '' OR NEW.lifted_by_id = NEW.placed_by_id))""",
            say=gettext_noop("A legal hold is lifted by a second person, who says why."),
        ),
    ]

    class Meta:
        ordering = ["-placed_at"]
        indexes = [models.Index(fields=["root"], condition=Q(status="standing"), name="holds_that_stand")]
        constraints = [
            models.UniqueConstraint(fields=["about"], condition=Q(status="standing"), name="held_once"),
            models.CheckConstraint(
                name="hold_status_known", condition=Q(status__in=["standing", "lifted", "overtaken"])
            ),
        ]

    def __str__(self):
        return f"Hold on {self.reference}"

    @classmethod
    def on(cls, store, record, why, *, by, at=None):
        """Keep this record, whatever the schedule says, until two have agreed that it need not be kept."""
        hold = cls(
            kind=store.code, about=record.pk, root=root_of(record), reference=store.label(record), why=why, placed_by=by
        )
        hold.place(by=by, at=at)
        return hold

    @transition(source=NEW, to=Status.STANDING, may=access.may_hold, done=_("placed a legal hold"))
    def place(self, *, by, at):
        if Hold.objects.standing().filter(about=self.about).exists():
            raise Refused(_now("A legal hold stands on this already."))
        self.placed_at = at

    @transition(source={Status.STANDING}, to=Status.LIFTED, may=access.may_hold, reason=True, done=_("lifted the hold"))
    def lift(self, *, by, at, why):
        """The second of two, who says why."""
        if not access.may_lift(by, self):
            raise Refused(_now("Somebody else has to lift this. You placed it."))
        self.lifted_by, self.lifted_at, self.lifted_why = by, at, why
