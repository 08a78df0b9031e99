"""A policy: who looks after it, who approves it, whom it is for, and which others are read beside it (S2, S5, S30)."""

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.audit.models import Recorded
from harmony.audit.transitions import ANY, NEW, Refused, transition
from harmony.encryption.fields import RootField
from harmony.people.models import Post

from .. import access


class PolicyQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.policies_visible_to(user)).distinct()

    def in_force(self):
        return self.filter(versions__status="published")

    def public(self):
        """What strangers read: in force, and meant for everybody."""
        return self.in_force().filter(is_public=True)


class Policy(Recorded):
    """One policy through all its versions. Its words stand in them."""

    class Approver(models.TextChoices):
        BOARD = "board", _("The trustees")
        LEAD = "lead", _("The senior lead")

    class AskedOf(models.TextChoices):
        EVERYBODY = "all", _("Everybody who works here, trustees too")
        STAFF = "staff", _("Staff and contractors")
        NOBODY = "none", _("Nobody: it is there to be read")

    root = RootField()
    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=100, unique=True)
    owner = models.CharField(_("who looks after it"), max_length=12, choices=Post)
    approver = models.CharField(_("who approves it"), max_length=5, choices=Approver)
    asked_of = models.CharField(_("who is asked to agree to it"), max_length=5, choices=AskedOf)
    is_public = models.BooleanField(_("anybody may read it"), default=False)
    added_on = models.DateField(editable=False)

    objects = PolicyQuerySet.as_manager()
    in_clear = {"title": "printed on every copy"}

    class Meta:
        ordering = ["title"]

    def __str__(self):
        return self.title

    @property
    def live(self):
        """The version in force, or None."""
        return next((one for one in self.versions.all() if one.status == "published"), None)

    @property
    def in_the_making(self):
        """The version that is being written, looked at or about to be published, or None."""
        return next((one for one in self.versions.all() if one.status in type(one).OPEN), None)

    @transition(source=NEW, to=None, may=access.may_write, done=_("added this"))
    def add(self, slug, title, owner, approver, asked_of, is_public, *, by, at):
        self.slug, self.added_on = slug, localdate(at)
        self._take(title, owner, approver, asked_of, is_public)

    @transition(source=ANY, to=None, may=access.may_write, done=_("changed this"))
    def change(self, title, owner, approver, asked_of, is_public, *, by):
        """Whoever writes it does not choose anew who approves it, once somebody was asked to."""
        if approver != self.approver and self.versions.exclude(status="draft").exists():
            raise Refused(_now("Those who approve it stay the same: it was sent to them already."))
        self._take(title, owner, approver, asked_of, is_public)

    def _take(self, title, owner, approver, asked_of, is_public):
        self.title, self.owner, self.approver = title, owner, approver
        self.asked_of, self.is_public = asked_of, is_public

    @transition(source=ANY, to=None, may=access.may_write)
    def accompany(self, others, *, by):
        """These, and no others, are read beside it, and it beside them."""
        theirs = {one.pk for one in others} - {self.pk}
        Companion.objects.filter(models.Q(one=self) | models.Q(other=self)).delete()
        for other in theirs:
            one, two = sorted((self.pk, other))
            Companion.objects.create(one_id=one, other_id=two)

    @property
    def companions(self):
        """Read beside it, by title: said once, it holds both ways."""
        said = Companion.objects.filter(models.Q(one=self) | models.Q(other=self)).values_list("one", "other")
        keys = {key for pair in said for key in pair} - {self.pk}
        return type(self).objects.filter(pk__in=keys).prefetch_related("versions")


class Companion(Recorded):
    """Two policies that are read together (S5)."""

    one = models.ForeignKey(Policy, models.PROTECT, related_name="+")
    root = RootField("one")
    other = models.ForeignKey(Policy, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="companions_once"),
            models.CheckConstraint(name="no_companion_of_itself", condition=~models.Q(one=models.F("other"))),
        ]

    def __str__(self):
        return f"{self.one} and {self.other}"
