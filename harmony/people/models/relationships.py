"""Declared relationships: who is family to, or manages, whom. Access is worked out from them (N7)."""

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony import between
from harmony.audit.models import Recorded
from harmony.audit.transitions import ANY, NEW, transition
from harmony.encryption.fields import EncryptedTextField, RootField

from .. import access
from .dated import Dated, DatedQuerySet
from .users import User
from .young_people import YoungPerson


class RelationshipQuerySet(DatedQuerySet):
    def visible_to(self, user):
        return self.filter(access.relationships_visible_to(user))

    def unlinked(self):
        """A child whom only their relative's words name: nothing is worked out from it yet."""
        return self.filter(other=None, young_person=None)


class Relationship(Recorded, Dated):
    """`user` is … of the other one, who is a colleague or a young person.

    Most people may not see the list of young people, so they write the child's name down (`named`),
    and the DSO line says which record that is.
    """

    class Kind(models.TextChoices):
        FAMILY = "family", _("Family, or same household")
        PARTNER = "partner", _("Partner")
        MANAGER = "manager", _("Line manager")
        FRIEND = "friend", _("Close friend")

    user = models.ForeignKey(User, models.PROTECT, related_name="relationships")
    root = RootField("user")
    kind = models.CharField(_("relation"), max_length=10, choices=Kind)
    other = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="related_from")
    young_person = models.ForeignKey(YoungPerson, models.PROTECT, null=True, blank=True, related_name="relationships")

    named = EncryptedTextField(_("the child’s name"), null=True, blank=True)  # absent where one was chosen

    objects = RelationshipQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["starts_on"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="related_to_one_other",
                condition=(
                    Q(other=None, young_person__isnull=False)
                    | Q(other=None, young_person=None, named__isnull=False)
                    | (Q(other__isnull=False, young_person=None, named__isnull=True) & ~Q(other=F("user")))
                ),
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_kind_display()}"

    @transition(source=NEW, to=None, may=access.may_declare)
    def declare(self, kind, other=None, young_person=None, named=None, *, by, at):
        self.kind, self.other, self.young_person, self.named = kind, other, young_person, named or None
        self.span(localdate(at))
        self._tell(by)

    @transition(source=ANY, to=None, may=access.may_end_relationship)
    def end(self, *, by, at):
        self.ends_on = max(localdate(at), self.starts_on)

    @transition(source=ANY, to=None, may=access.may_link)
    def link(self, young_person, *, by):
        """Say which young person was meant."""
        self.young_person = young_person
        self._tell(by)

    def _tell(self, by):
        """The rooms, in the same transaction: what they hold of this child is nobody's of their own family."""
        if self.young_person:
            between.related(self, by=by)
