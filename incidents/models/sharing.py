"""Who has no part in a case whatever else they are, and with whom one case is shared."""

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from guardian.models import UserObjectPermissionBase

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.encryption.fields import RootField
from harmony.people.models import User

from .cases import Case


class Recusal(Recorded):
    """This person has no part in this case. It is never taken back: that would need two others (N7)."""

    class Because(models.TextChoices):
        NAMED = "named", _("It is about them")
        DECLARED = "declared", _("They are close to somebody it is about")

    case = models.ForeignKey(Case, models.PROTECT, related_name="recusals")
    root = RootField("case")
    user = models.ForeignKey(User, models.PROTECT, related_name="recusals")
    because = models.CharField(max_length=8, choices=Because, default=Because.NAMED)

    guards = [
        Guard(
            on=("UPDATE", "DELETE"),
            refuse_when="1 = 1",
            say=gettext_noop("Whoever is kept out of a case stays out of it."),
        )
    ]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="recused_once")]

    def __str__(self):
        return f"{self.user}, {self.case}"


class CaseGrant(UserObjectPermissionBase):
    """guardian's store for "share this case with her": its own table, in the case's own chain."""

    content_object = models.ForeignKey(Case, models.CASCADE, related_name="grants")
    root = RootField("content_object")
    opened_at = models.DateTimeField(default=now, editable=False)  # when the case was filed: lists are in that order

    class Meta(UserObjectPermissionBase.Meta):
        indexes = [models.Index(fields=["user", "-opened_at", "content_object"], name="cases_shared_with")]
