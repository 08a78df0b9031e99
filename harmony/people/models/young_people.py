"""Young people and the adults who care for them. They have no sign-in; their names lie encrypted."""

from datetime import date

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.audit.models import Recorded
from harmony.audit.transitions import ANY, GONE, NEW, transition
from harmony.encryption.fields import EncryptedTextField, RootField, load_keys
from harmony.encryption.search import Searched

from .. import access
from .users import User


class YoungPersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.young_people_visible_to(user))

    def here(self, on=None):
        """Those who have not left."""
        return self.filter(models.Q(left_on=None) | models.Q(left_on__gte=on or localdate()))

    def by_name(self):
        """A list of them in the order of their names, which lie encrypted: one query for the rows, one for the keys."""
        found = list(self)
        load_keys(found)
        return sorted(found, key=lambda one: (one.name.casefold(), one.pk))


class YoungPerson(Recorded):
    class Kind(models.TextChoices):
        YOUNG_PERSON = "young", _("Young person")
        ADULT_LEARNER = "learner", _("Adult learner")

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.YOUNG_PERSON)
    name = EncryptedTextField(_("name they go by"))
    full_name = EncryptedTextField(_("full name"), blank=True)
    born = EncryptedTextField(_("date of birth"), blank=True)  # ISO date
    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, related_name="young_person")
    left_on = models.DateField(_("last day"), null=True, blank=True)

    objects = YoungPersonQuerySet.as_manager()
    searched = Searched({"name": _("name they go by"), "full_name": _("full name")})

    def __str__(self):
        return f"Young person {str(self.pk)[:8]}"  # never a name: this lands in logs

    def age(self, on):
        """Whole years on a day; None when the date of birth is not known."""
        if not self.born:
            return None
        born = date.fromisoformat(self.born)
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    @transition(source=NEW, to=None, may=access.may_keep_records)
    def add(self, name, full_name, born, kind, *, by):
        self._take(name, full_name, born, kind)

    @transition(source=ANY, to=None, may=access.may_keep_records)
    def change(self, name, full_name, born, kind, *, by):
        self._take(name, full_name, born, kind)

    @transition(source=ANY, to=None, may=access.may_keep_records)
    def leave(self, last_day, *, by):
        self.left_on = last_day
        self.groups.all().end(last_day)

    @transition(source=ANY, to=None, may=access.may_keep_records)
    def come_back(self, *, by):
        self.left_on = None

    def _take(self, name, full_name, born, kind):
        self.name, self.full_name, self.kind = name, full_name, kind
        self.born = born.isoformat() if born else ""


class Carer(Recorded):
    """A parent or carer. A root of its own: forgetting one child must not forget a sibling's carer."""

    name = EncryptedTextField(_("name"))
    phone = EncryptedTextField(_("phone"), blank=True)
    email = EncryptedTextField(_("e-mail address"), blank=True)
    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, related_name="carer")

    def __str__(self):
        return f"Carer {str(self.pk)[:8]}"

    @transition(source=NEW, to=None, may=access.may_keep_records)
    def add(self, name, phone, email, *, by):
        self.name, self.phone, self.email = name, phone, email

    @transition(source=ANY, to=None, may=access.may_keep_records)
    def change(self, name, phone, email, *, by):
        self.name, self.phone, self.email = name, phone, email


class Care(Recorded):
    """Who cares for whom, and whether they have parental responsibility."""

    young_person = models.ForeignKey(YoungPerson, models.PROTECT, related_name="care")
    root = RootField("young_person")
    carer = models.ForeignKey(Carer, models.PROTECT, related_name="care")
    relation = EncryptedTextField(_("relation"), blank=True)  # "foster carer" says too much in clear
    parental_responsibility = models.BooleanField(_("has parental responsibility"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["young_person", "carer"], name="one_care_each")]

    def __str__(self):
        return f"{self.carer} for {self.young_person}"

    @transition(source=NEW, to=None, may=access.may_keep_records)
    def link(self, relation, parental_responsibility, *, by):
        self.relation, self.parental_responsibility = relation, parental_responsibility

    @transition(source=ANY, to=None, may=access.may_keep_records)
    def change(self, relation, parental_responsibility, *, by):
        self.relation, self.parental_responsibility = relation, parental_responsibility

    @transition(source=ANY, to=GONE, may=access.may_keep_records)
    def remove(self, *, by):
        """The wrong carer was linked: the book keeps that it was so."""
