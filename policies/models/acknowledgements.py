"""Who has read a version and will follow it: by name, with its hash, when and how (S2, S15)."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import NEW, Refused, transition
from harmony.encryption.fields import RootField
from harmony.people.models import Appointment, Membership, User

from .. import access
from .policies import Policy
from .versions import Version

KINDS = {
    Policy.AskedOf.EVERYBODY: Membership.WORKING,
    Policy.AskedOf.STAFF: (Membership.Kind.STAFF, Membership.Kind.CONTRACTOR),
    Policy.AskedOf.NOBODY: (),
}


def asked(policy, on=None):
    """Whoever is asked to agree to it on this day: active people; who left is asked no more, who came is."""
    on = on or localdate()
    here = Q(pk__in=Membership.objects.standing(on).filter(kind__in=KINDS[policy.asked_of]).values("user"))
    if policy.asked_of == Policy.AskedOf.EVERYBODY:
        here |= Q(pk__in=Appointment.objects.standing(on).values("user"))
    return User.objects.active().filter(here) if policy.asked_of != Policy.AskedOf.NOBODY else User.objects.none()


def agreed(version):
    """Those whose word holds for this version: given to it, or to one since which nothing changed that has to be read."""
    said = Acknowledgement.objects.filter(version__policy=version.policy_id, version__number__lte=version.number)
    return said.filter(version__number__gte=version.counts_from)


def missing(version, on=None):
    """Those who are asked and have not agreed."""
    return asked(version.policy, on).exclude(pk__in=agreed(version).values("user"))


def waiting_for(user, on=None):
    """Versions in force that this person is asked to agree to and has not, the oldest first. Two queries."""
    kinds = set(user.memberships.standing(on).values_list("kind", flat=True))
    asks = [who for who, some in KINDS.items() if kinds & set(some)]
    if user.posts_on(on or localdate()):
        asks.append(Policy.AskedOf.EVERYBODY)
    counts = Acknowledgement.objects.filter(
        user=user, version__policy=OuterRef("policy"), version__number__gte=OuterRef("counts_from")
    )
    live = Version.objects.in_force().filter(policy__asked_of__in=asks).exclude(Exists(counts))
    return live.select_related("policy").order_by("published_at")


class Acknowledgement(Recorded):
    """One person’s word on one version. It never changes, and counts until something changes that has to be read."""

    class How(models.TextChoices):
        HERE = "here", _("Read here")
        QUESTIONS = "questions", _("Read here, and answered its questions")

    version = models.ForeignKey(Version, models.PROTECT, related_name="acknowledgements")
    root = RootField("version")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    how = models.CharField(max_length=9, choices=How)
    at = models.DateTimeField()

    in_clear = {"sha256": "a hash"}
    guards = [
        Guard(
            on=("UPDATE", "DELETE"),
            refuse_when="1 = 1",
            say=gettext_noop("What somebody agreed to stays written down."),
        ),
        Guard(
            on=("INSERT",),
            refuse_when="""NOT EXISTS (
                SELECT 1 FROM policies_version AS version WHERE version.id = NEW.version_id
                AND version.status = 'published' AND version.sha256 = NEW.sha256)""",
            say=gettext_noop("This version is not in force any more. Read the one that is."),
            lock="policies_version",
            lock_by="version_id",
        ),
    ]

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="one_word_a_version")]

    def __str__(self):
        return f"{self.user} agreed to {self.version}"

    @transition(source=NEW, to=None, may=access.may_agree, done=_("agreed to this"))
    def agree(self, *, by, at):
        if not self.version.is_as_approved:
            raise Refused(_now("These are not the words that were approved. Tell whoever looks after IT."))
        self.sha256, self.at = self.version.sha256, at
        self.how = self.How.QUESTIONS if self.version.quiz else self.How.HERE


def with_a_day():
    """In force, with a day by which people agree. Whether anybody is missing, `missing` says."""
    return Version.objects.in_force().filter(read_by__isnull=False)
