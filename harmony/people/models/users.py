"""People who sign in, and what they are to the organisation from when to when."""

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.audit.models import Recorded
from harmony.audit.recording import Recording
from harmony.audit.transitions import ANY, NEW, transition
from harmony.encryption.fields import RootField

from .. import access, sessions
from .dated import Dated, DatedQuerySet


class UserQuerySet(models.QuerySet):
    def active(self):
        return self.filter(status=User.Status.ACTIVE)

    def visible_to(self, user):
        return self.filter(access.people_visible_to(user))

    def holding(self, *posts, on=None):
        """Active people who hold one of these posts on a day."""
        held = self.model.appointments.rel.related_model.objects.standing(on).filter(post__in=posts)
        return self.active().filter(pk__in=held.values("user"))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractUser, Recorded):
    class Status(models.TextChoices):
        INVITED = "invited", _("Invited")
        ACTIVE = "active", _("Active")
        SUSPENDED = "suspended", _("Suspended")
        LEFT = "left", _("Left")

    username = first_name = last_name = None
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"), unique=True)
    phone = models.CharField(_("work phone"), max_length=30, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    is_active = models.BooleanField(default=True, editable=False)  # Django's own word for status "active"

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()
    recording = Recording(skip=frozenset({"last_login"}), secret=frozenset({"password"}))
    in_clear = {
        "name": "staff names sign every line of the book",
        "email": "people sign in with it",
        "phone": "a work number, shown to all staff",
        "password": "a hash, made to be slow to guess",
    }

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="only_the_active_sign_in",
                condition=Q(status="active", is_active=True) | (~Q(status="active") & Q(is_active=False)),
            ),
            models.CheckConstraint(
                name="user_status_known", condition=Q(status__in=["invited", "active", "suspended", "left"])
            ),
        ]

    def __str__(self):
        return self.name

    def holds(self, *posts, on=None):
        """Whether this person holds one of these posts on a day (today). One query, remembered for today."""
        return not self.posts_on(on or localdate()).isdisjoint(posts)

    def posts_on(self, day):
        remembered = self._state.__dict__.setdefault("posts", {})
        if day not in remembered:
            remembered[day] = set(self.appointments.standing(day).values_list("post", flat=True))
        return remembered[day]

    def works_here(self, on=None):
        """Whether this person is one of us on this day: staff, volunteer, trustee, contractor, or holds a post."""
        if self.posts_on(on or localdate()):
            return True
        return self.memberships.standing(on).filter(kind__in=Membership.WORKING).exists()

    @transition(source=NEW, to=Status.INVITED, may=access.may_invite, done=_("invited this person"))
    def invite(self, name, email, *, by):
        """An account that nobody can sign in to until the link was used."""
        self.name, self.email = name, type(self).objects.normalize_email(email).lower()
        self.is_active = False
        self.set_unusable_password()

    @transition(source={Status.INVITED}, to=Status.ACTIVE, may=access.may_accept, done=_("accepted this"))
    def accept(self, name, password, *, by):
        self.name, self.is_active = name, True
        self.set_password(password)

    @transition(source=ANY, to=None, may=access.may_change_details)
    def change_details(self, name, phone, *, by):
        self.name, self.phone = name, phone

    @transition(
        source={Status.ACTIVE},
        to=Status.SUSPENDED,
        may=access.may_suspend,
        reason=True,
        done=_("suspended this person"),
    )
    def suspend(self, *, by):
        self.is_active = False
        sessions.end_all(self)

    @transition(source={Status.ACTIVE}, to=Status.SUSPENDED, may=access.may_let_sleep, done=_("suspended this person"))
    def fall_asleep(self, *, by):
        """Nobody used this account for long. Whoever may restore it finds it among the suspended."""
        self.is_active = False
        sessions.end_all(self)

    @transition(
        source={Status.SUSPENDED}, to=Status.ACTIVE, may=access.may_suspend, reason=True, done=_("restored this person")
    )
    def restore(self, *, by):
        self.is_active = True

    @transition(
        source={Status.ACTIVE, Status.SUSPENDED, Status.INVITED},
        to=Status.LEFT,
        may=access.may_suspend,
        reason=True,
        done=_("recorded that this person left"),
    )
    def leave(self, last_day, *, by, at):
        """Out at once. What they are here, their posts, groups, channels and rota end with their last day."""
        self.is_active = False
        sessions.end_all(self)
        for dated in (self.memberships, self.appointments, self.groups_worked, self.channels_held):
            dated.all().end(last_day)
        self.slots.filter(starts_at__gte=at).delete()
        self.slots.filter(ends_at__gt=at).update(ends_at=at)

    @transition(source={Status.LEFT}, to=Status.INVITED, may=access.may_invite, done=_("invited this person again"))
    def come_back(self, kind, starts_on, *, by):
        """A new membership; they come in by a new link, as at first."""
        self.set_unusable_password()
        Membership.objects.create(user=self, kind=kind, starts_on=starts_on)


class Membership(Recorded, Dated):
    """What somebody is here, several at once: a parent may volunteer (S4)."""

    class Kind(models.TextChoices):
        STAFF = "staff", _("Staff")
        VOLUNTEER = "volunteer", _("Volunteer")
        TRUSTEE = "trustee", _("Trustee")
        CONTRACTOR = "contractor", _("Contractor")
        VISITOR = "visitor", _("Visitor")
        YOUNG_PERSON = "young", _("Young person")
        ADULT_LEARNER = "learner", _("Adult learner")
        PARENT = "parent", _("Parent or carer")

    WORKING = (Kind.STAFF, Kind.VOLUNTEER, Kind.TRUSTEE, Kind.CONTRACTOR)  # whoever acts for us
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    root = RootField("user")
    kind = models.CharField(max_length=10, choices=Kind)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["starts_on"]

    def __str__(self):
        return f"{self.user}, {self.get_kind_display()}"

    @transition(source=NEW, to=None, may=access.may_change_membership)
    def add(self, kind, starts_on, last_day, *, by):
        self.kind = kind
        self.span(starts_on, last_day)

    @transition(source=ANY, to=None, may=access.may_change_membership)
    def end(self, last_day, *, by):
        self.span(self.starts_on, last_day)
