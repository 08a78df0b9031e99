"""Posts and who holds them, the on-call rota, and who is away: so that somebody can always be reached (S14)."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import ANY, GONE, NEW, transition
from harmony.encryption.fields import RootField
from harmony.look.words import clock_time

from .. import access
from .dated import Dated, DatedQuerySet
from .users import User


class Post(models.TextChoices):
    """The roles of practice.md 2.5. What each may do is decided in each room's access.py."""

    DSO = "dso", _("Designated safeguarding officer")
    DEPUTY = "deputy", _("Deputy safeguarding officer")
    LEAD = "lead", _("Senior lead")
    TRUSTEE = "trustee", _("Lead trustee for safeguarding")
    CHAIR = "chair", _("Chair of trustees")
    VICE = "vice", _("Vice-chair of trustees")
    ALLEGATIONS = "allegations", _("Allegations manager")
    OFFICE = "office", _("Office administrator")
    IT = "it", _("IT administrator")
    AUDITOR = "auditor", _("Auditor")
    CONSENT = "consent", _("Image consent officer")
    TRAINING = "training", _("Training manager")


WHAT_FOR = {
    Post.DSO: _("Decides what happens with each concern, and leads on online safety."),
    Post.DEPUTY: _("Does the same when that officer cannot, or must not."),
    Post.LEAD: _(
        "Runs the organisation day to day. Deals with concerns about our own workers, and about the safeguarding officer."
    ),
    Post.TRUSTEE: _("Watches over safeguarding for the trustees."),
    Post.CHAIR: _("Leads the trustees. Deals with concerns about the senior lead."),
    Post.VICE: _("Stands in for the chair, and deals with concerns about the chair."),
    Post.ALLEGATIONS: _("Works with the safeguarding officer or senior lead on concerns about our own workers."),
    Post.OFFICE: _("Looks after accounts, young people’s records and settings. Sees no case."),
    Post.IT: _("Keeps the service running. Sees no case and gives nobody a role."),
    Post.AUDITOR: _("Checks from outside how concerns were dealt with."),
    Post.CONSENT: _("Looks after permission to use pictures."),
    Post.TRAINING: _("Looks after who has learned what, and when."),
}

# one person at a time holds these, kept by the database
SINGLE = ("dso", "lead", "trustee", "chair", "vice")


class Appointment(Recorded, Dated):
    """Who holds a post from when to when."""

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    root = RootField("user")
    post = models.CharField(max_length=12, choices=Post)

    objects = DatedQuerySet.as_manager()
    guards = [
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when=f"""NEW.post IN {SINGLE} AND EXISTS (
                SELECT 1 FROM people_appointment AS held
                WHERE held.post = NEW.post AND held.id <> NEW.id
                AND held.starts_on < coalesce(NEW.ends_on, '9999-12-31')
                AND NEW.starts_on < coalesce(held.ends_on, '9999-12-31'))""",
            say=gettext_noop("Somebody else holds this post on one of these days."),
            one_at_a_time="NEW.post",
        )
    ]

    class Meta(Dated.Meta):
        ordering = ["starts_on"]
        indexes = [models.Index(fields=["post", "starts_on"], name="who_holds_a_post")]

    def __str__(self):
        return f"{self.user}, {self.get_post_display()}"

    @transition(source=NEW, to=None, may=access.may_appoint)
    def appoint(self, starts_on, last_day=None, *, by):
        self.span(starts_on, last_day)

    @transition(source=ANY, to=None, may=access.may_appoint)
    def end(self, last_day, *, by):
        self.span(self.starts_on, last_day)


class SpanQuerySet(models.QuerySet):
    def at(self, at=None):
        """Those that hold at this moment (now, unless told)."""
        at = at or now()
        return self.filter(starts_at__lte=at, ends_at__gt=at)

    def between(self, since, until):
        """Those that hold at some moment of this time."""
        return self.filter(starts_at__lt=until, ends_at__gt=since)

    def to_come(self, at=None):
        """Those that have not ended."""
        return self.filter(ends_at__gt=at or now())


class Spanning(models.Model):
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))

    objects = SpanQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(name="%(class)s_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at")))
        ]


class OnCallQuerySet(SpanQuerySet):
    def visible_to(self, user):
        return self.filter(access.rota_visible_to(user))


class OnCall(Recorded, Spanning):
    """A slot of the rota: who answers this phone from when to when. Cover is the rota and nothing else."""

    user = models.ForeignKey(User, models.PROTECT, related_name="slots")
    root = RootField("user")
    phone = models.CharField(_("phone"), max_length=30)

    objects = OnCallQuerySet.as_manager()
    in_clear = {"phone": "a work number, shown to all staff"}

    class Meta(Spanning.Meta):
        pass

    def __str__(self):
        return f"{self.user}, {clock_time(self.starts_at)}"

    @transition(source=NEW, to=None, may=access.may_keep_rota)
    def add(self, phone, starts_at, ends_at, *, by):
        self.phone, self.starts_at, self.ends_at = phone, starts_at, ends_at

    @transition(source=ANY, to=None, may=access.may_change_slot)
    def change(self, phone, starts_at, ends_at, *, by):
        """Another person is another slot: this one stays in its holder's book."""
        self.phone, self.starts_at, self.ends_at = phone, starts_at, ends_at

    @transition(source=ANY, to=GONE, may=access.may_change_slot)
    def remove(self, *, by):
        """Nobody holds this slot. The book keeps who was to."""

    @transition(source=NEW, to=None, may=access.may_pass_on_slot)
    def take_over(self, slot, *, by, at):
        """What is left of a slot of somebody who goes, on one's own phone."""
        self.phone, self.starts_at, self.ends_at = self.user.phone, max(slot.starts_at, at), slot.ends_at

    @transition(source=ANY, to=None, may=access.may_pass_on_slot)
    def end(self, *, by, at):
        """It was under way when its holder went."""
        self.ends_at = at

    @transition(source=ANY, to=GONE, may=access.may_pass_on_slot)
    def give_away(self, *, by):
        """It had not begun: whoever took it has a slot of their own."""


class Away(Recorded, Spanning):
    """Somebody is away and says who covers; nobody named means the senior lead."""

    user = models.ForeignKey(User, models.PROTECT, related_name="absences")
    root = RootField("user")
    cover = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="covers")

    objects = SpanQuerySet.as_manager()

    class Meta(Spanning.Meta):
        pass

    def __str__(self):
        return f"{self.user} away"

    @transition(source=NEW, to=None, may=access.may_say_away)
    def say(self, ends_at, cover, starts_at=None, *, by, at):
        self.starts_at, self.ends_at, self.cover = starts_at or at, ends_at, cover

    @transition(source=ANY, to=None, may=access.may_say_away)
    def come_back(self, *, by, at):
        """Back earlier than said; or, where it had not begun, not away at all."""
        self.ends_at = max(at, self.starts_at + timedelta(microseconds=1))
