"""Who has no part in a case whatever else they are, and with whom one case is shared."""

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from guardian.models import UserObjectPermissionBase

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.people.models import User

from .cases import Case


class RecusalManager(models.Manager):
    """Those that stand: `case.recusals`, `user.recusals` and every question of who may see a case come through here."""

    def get_queryset(self):
        return super().get_queryset().filter(lifted_at=None)


class Recusal(Recorded):
    """This person has no part in this case. To take it back takes two others (N7): one asks, another agrees."""

    class Because(models.TextChoices):
        NAMED = "named", _("It is about them")
        DECLARED = "declared", _("They are close to somebody it is about")

    case = models.ForeignKey(Case, models.PROTECT, related_name="recusals")
    root = RootField("case")
    user = models.ForeignKey(User, models.PROTECT, related_name="recusals")
    because = models.CharField(max_length=8, choices=Because, default=Because.NAMED)

    asked_at = models.DateTimeField(null=True, blank=True)  # that it be taken back
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    asked_why = EncryptedTextField(blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RecusalManager()
    guards = [
        Guard(on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("Whoever is kept out of a case stays out of it.")),
        Guard(
            on=("UPDATE",),
            refuse_when="""OLD.lifted_at IS NOT NULL OR NEW.case_id <> OLD.case_id OR NEW.user_id <> OLD.user_id
                OR NEW.because <> OLD.because""",
            say=gettext_noop("Whoever is kept out of a case stays out of it."),
        ),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.asked_by_id = NEW.user_id OR NEW.lifted_by_id = NEW.user_id
                OR (NEW.lifted_at IS NOT NULL AND (NEW.asked_by_id IS NULL OR NEW.lifted_by_id IS NULL
                    OR NEW.lifted_by_id = NEW.asked_by_id OR NEW.asked_why = ''))""",
            say=gettext_noop("Two people let somebody in again, neither of them that person."),
        ),
    ]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "user"], condition=models.Q(lifted_at=None), name="recused_once"),
            models.CheckConstraint(
                name="asked_to_let_in_by_somebody",
                condition=models.Q(asked_at=None, asked_by=None)
                | models.Q(asked_at__isnull=False, asked_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.case}"


class CaseGrant(UserObjectPermissionBase):
    """guardian's store for "share this case with her": its own table, in the case's own chain."""

    content_object = models.ForeignKey(Case, models.CASCADE, related_name="grants")
    root = RootField("content_object")
    opened_at = models.DateTimeField(default=now, editable=False)  # when the case was filed: lists are in that order
    # asked in to be the second person of what takes two (`access.advises`)
    advises = models.BooleanField(default=False)

    class Meta(UserObjectPermissionBase.Meta):
        indexes = [models.Index(fields=["user", "-opened_at", "content_object"], name="cases_shared_with")]
