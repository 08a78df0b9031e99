"""Each quarter somebody looks at who has which rights here: each person confirmed, changed or ended, and the whole signed off.

A review holds what was seen when each line was answered. It stays as it was signed; the clock opens the next one.
"""

from allauth.mfa.models import Authenticator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.events import event
from harmony.audit.guards import Guard
from harmony.audit.models import Identified
from harmony.audit.transitions import ANY, NEW, Refused, StateMoved, transition
from harmony.notifications.access import WORKER
from harmony.notifications.ladders import Quarterly, Weekly
from harmony.notifications.models import Notice
from harmony.notifications.waits import Wait
from harmony.organisation.models import Organisation
from harmony.people.models import Appointment, Membership, User

from . import access

CLOCK = "access_review"
SECOND_PROOFS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes alone are none


class AccessReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.reviews_visible_to(user))

    def still_open(self):
        return self.filter(status=AccessReview.Status.OPEN)


class AccessReview(Identified):
    class Status(models.TextChoices):
        OPEN = "open", _("Under way")
        SIGNED = "signed", _("Signed off")

    number = models.PositiveIntegerField(unique=True)  # quarters since the first of 2026
    status = models.CharField(max_length=6, choices=Status)
    opened_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = AccessReviewQuerySet.as_manager()
    guards = [
        Guard(on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("A review of who may do what is kept.")),
        Guard(
            on=("UPDATE",),
            refuse_when="""OLD.status = 'signed' OR NEW.status = 'signed' AND EXISTS (
                SELECT 1 FROM home_accessline WHERE home_accessline.review_id = NEW.id AND home_accessline.decision = '')""",
            say=gettext_noop("Look at each person first. What is signed off stays."),
        ),
    ]

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                name="a_review_is_signed_by_somebody_at_a_time",
                condition=Q(status="open", signed_at=None, signed_by=None)
                | Q(status="signed", signed_at__isnull=False, signed_by__isnull=False),
            )
        ]

    def __str__(self):
        return f"Review {self.number} of who may do what"

    @property
    def quarter(self):
        """ "October to December 2026"."""
        year, part = divmod(self.number - 1, 4)
        names = (
            _now("January to March"),
            _now("April to June"),
            _now("July to September"),
            _now("October to December"),
        )
        return f"{names[part]} {2026 + year}"

    @transition(source=NEW, to=Status.OPEN, may=access.may_open_review, done=_("opened this"))
    def begin(self, number, *, by, at):
        self.number, self.opened_at = number, at

    @transition(source={Status.OPEN}, to=Status.SIGNED, may=access.may_review_access, done=_("signed this off"))
    def sign_off(self, *, by, at):
        """Every line has its answer. It stays as it is now."""
        if left := self.lines.filter(decision="").count():
            raise Refused(_now("Look at each person first: %(count)d are left.") % {"count": left})
        self.signed_at, self.signed_by = at, by
        Notice.objects.of(self, CLOCK).stop(at)


class AccessLine(Identified):
    """One person, as they were when somebody looked."""

    class Decision(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        CHANGED = "changed", _("Changed")
        ENDED = "ended", _("Ended")

    review = models.ForeignKey(AccessReview, models.PROTECT, related_name="lines")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    rights = models.CharField(max_length=400, blank=True)  # what they are here, and their posts, in words
    last_seen_at = models.DateTimeField(null=True, blank=True)
    second_proof = models.BooleanField(default=False)
    decision = models.CharField(max_length=9, choices=Decision, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    in_clear = {"rights": "posts, and what somebody is here: shown to all who look after people"}
    guards = [
        Guard(on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("A review of who may do what is kept.")),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.decided_by_id = NEW.user_id OR EXISTS (
                SELECT 1 FROM home_accessreview WHERE home_accessreview.id = NEW.review_id
                AND home_accessreview.status = 'signed')""",
            say=gettext_noop("Nobody confirms their own rights, and what is signed off stays."),
        ),
    ]

    class Meta:
        ordering = ["user__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "user"], name="one_line_each"),
            models.CheckConstraint(
                name="a_line_is_decided_by_somebody_at_a_time",
                condition=Q(decision="", decided_at=None, decided_by=None)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.user} in {self.review}"

    @transition(source=ANY, to=None, may=access.may_decide_access)
    def decide(self, decision, *, by, at):
        """What is true of them at this moment is kept beside it."""
        if self.review.status != AccessReview.Status.OPEN:
            raise StateMoved(_now("This review is signed off."))
        self.decision, self.decided_by, self.decided_at = decision, by, at
        self.rights, self.last_seen_at, self.second_proof = seen_now([self.user])[self.user_id]


def seen_now(people):
    """{id: (rights in words, when they last signed in, whether they have a second proof)}, in three queries."""
    held, ids = {}, [user.pk for user in people]
    for one in Membership.objects.standing().filter(user__in=ids).order_by("starts_on"):
        held.setdefault(one.user_id, []).append(str(one.get_kind_display()))
    for one in Appointment.objects.standing().filter(user__in=ids).order_by("starts_on"):
        held.setdefault(one.user_id, []).append(str(one.get_post_display()))
    proofs = set(Authenticator.objects.filter(user__in=ids, type__in=SECOND_PROOFS).values_list("user", flat=True))
    return {user.pk: (", ".join(held.get(user.pk, []))[:400], user.last_login, user.pk in proofs) for user in people}


# each week until it is signed off: whoever looks after accounts, and who leads
REMIND = Weekly("review", CLOCK, CLOCK, lambda review, here: here.present(here.holding(*access.REVIEWERS)))
WAITS = [Wait(REMIND, lambda at: AccessReview.objects.still_open(), "opened_at")]


def make(at):
    """The review of this quarter, once, with a line for everybody who can sign in; where the last one is open, that goes on."""
    number = Quarterly.number(at)
    if not Organisation.current().pk or AccessReview.objects.filter(Q(number=number) | Q(status="open")).exists():
        return None
    with event("begin", by=WORKER, at=at):
        review = AccessReview()
        review.begin(number, by=WORKER, at=at)
        AccessLine.objects.bulk_create(AccessLine(review=review, user=user) for user in User.objects.active())
    return review
