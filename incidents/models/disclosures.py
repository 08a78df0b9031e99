"""What of a case was shared with somebody outside, or asked for and not shared: by the seven golden rules (R34).

Each line stays as it was written. Sharing with a colleague is another thing: that opens the case to them (shared.py).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import NEW, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.people.models import User

from .. import access
from .cases import Case


class DisclosureQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.files_visible_to(user))


class Disclosure(Recorded):
    class Ground(models.TextChoices):
        """Why the law allows it (R35, R36)."""

        SAFEGUARDING = "safe", _("To keep a child, or an adult at risk, safe")
        LIFE = "life", _("Somebody’s life is in danger")
        DUTY = "duty", _("The law, or a court, tells us to")
        CONSENT = "consent", _("They agreed, and could have said no")
        NONE = "none", _("No ground: that is why it was not shared")

    case = models.ForeignKey(Case, models.PROTECT, related_name="disclosures")
    root = RootField("case")
    was_shared = models.BooleanField()
    whom = EncryptedTextField()  # a name, and for whom they work
    what = EncryptedTextField()
    ground = models.CharField(max_length=7, choices=Ground)
    risk = EncryptedTextField(blank=True)  # 1: what could happen if it is not shared
    told = EncryptedTextField(blank=True)  # 2: whether the child and their family know, and what they say
    agreement = EncryptedTextField(blank=True)  # 3: whether agreement was asked for, or was not needed
    advice = EncryptedTextField(blank=True)  # 4: whose advice was sought
    kept_back = EncryptedTextField(blank=True)  # 5: who must not learn of it, and what was left out for that
    enough = EncryptedTextField(blank=True)  # 6: that it is right, and no more than they need
    why = EncryptedTextField()  # 7: the decision and its reasons, also when nothing is shared
    happened_at = models.DateTimeField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = DisclosureQuerySet.as_manager()
    guards = [
        Guard(
            on=("UPDATE", "DELETE"),
            refuse_when="1 = 1",
            say=gettext_noop("What was shared stays as it was written. Add another line."),
        )
    ]

    class Meta:
        ordering = ["-happened_at"]
        constraints = [
            models.CheckConstraint(
                name="what_is_shared_has_a_ground", condition=Q(was_shared=False) | ~Q(ground="none")
            )
        ]

    def __str__(self):
        return f"Shared of {self.case}"

    @transition(source=NEW, to=None, may=access.may_refer, done=_("wrote down what was shared"))
    def log(self, was_shared, whom, what, ground, happened_at, why, *, by, at, **rules):
        """`rules`: the answers to the rules 1 to 6, by their fields. It is a line of the chronology too."""
        self.was_shared, self.whom, self.what, self.ground = was_shared, whom, what, ground
        self.why, self.happened_at, self.written_by, self.written_at = why, happened_at, by, at
        for name, answer in rules.items():
            setattr(self, name, answer)
        head = _now("Shared with %(whom)s.") if was_shared else _now("Not shared with %(whom)s.")
        kind = "contact" if was_shared else "decision"
        self.case.write(kind, "\n\n".join([head % {"whom": whom}, what, why]), happened_at, by=by, at=at)
