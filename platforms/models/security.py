"""Security reviews: how safe our systems are, theme by theme, once a year and lightly each quarter; and what was lacking (S19)."""

from datetime import datetime, time, timedelta

from django.db import models
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony import between
from harmony.audit.guards import Guard
from harmony.audit.models import Identified
from harmony.audit.transitions import NEW, Refused, transition
from harmony.notifications.models import Notice
from harmony.people.models import User

from .. import access, ladders
from ..checklist import Theme, themes

MORNING = time(9)
STAYS = gettext_noop("This review is signed off, and stays as it was. What is found now belongs to the next one.")
SIGNED = """EXISTS (SELECT 1 FROM platforms_securityreview WHERE platforms_securityreview.id = {row}.review_id
    AND platforms_securityreview.status = 'signed')"""


class SecurityReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.assessments_visible_to(user))

    def open(self):
        return self.filter(status=SecurityReview.Status.OPEN)

    def due(self, at):
        return self.open().filter(due_at__lte=at + ladders.LOOK_AHEAD)

    def ready(self):
        """Every theme has its answer, so somebody can sign."""
        counted = self.open().annotate(answered=models.Count("checks"))
        return counted.filter(
            models.Q(kind="full", answered__gte=len(themes("full")))
            | models.Q(kind="light", answered__gte=len(themes("light")))
        )


class SecurityReview(Identified):
    """One look, from when it is made until somebody who answered nothing in it signs it off. Then the next one is made."""

    class Kind(models.TextChoices):
        FULL = "full", _("Yearly review")
        LIGHT = "light", _("Quarterly look")

    class Status(models.TextChoices):
        OPEN = "open", _("Under way")
        SIGNED = "signed", _("Signed off")

    EVERY = {Kind.FULL: timedelta(days=365), Kind.LIGHT: timedelta(days=91)}

    kind = models.CharField(max_length=5, choices=Kind)
    scope = models.CharField(_("what is looked at"), max_length=300)
    status = models.CharField(max_length=6, choices=Status, default=Status.OPEN)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(_("what the whole comes to"), blank=True)

    objects = SecurityReviewQuerySet.as_manager()
    in_clear = {"scope": "names of systems, never of a person", "words": "about systems, never a person"}
    guards = [
        Guard(on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("A security review is kept.")),
        Guard(on=("UPDATE",), refuse_when="OLD.status = 'signed'", say=STAYS),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.status = 'signed' AND EXISTS (SELECT 1 FROM platforms_securitycheck
                WHERE platforms_securitycheck.review_id = NEW.id
                AND platforms_securitycheck.answered_by_id = NEW.signed_by_id)""",
            say=gettext_noop("Whoever answered in a review does not sign it off. Ask somebody else."),
        ),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when=f"""NEW.status = 'signed' AND (SELECT COUNT(*) FROM platforms_securitycheck
                WHERE platforms_securitycheck.review_id = NEW.id)
                < CASE WHEN NEW.kind = 'full' THEN {len(themes("full"))} ELSE {len(themes("light"))} END""",
            say=gettext_noop("Not every theme of this review has its answer."),
        ),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.status = 'signed' AND EXISTS (SELECT 1 FROM platforms_securitycheck
                WHERE platforms_securitycheck.review_id = NEW.id AND platforms_securitycheck.outcome = 'lacks'
                AND NOT EXISTS (SELECT 1 FROM platforms_finding WHERE platforms_finding.review_id = NEW.id
                AND platforms_finding.theme = platforms_securitycheck.theme))""",
            say=gettext_noop("Something is lacking, and nobody was asked to see to it."),
        ),
    ]

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(status="open"), name="one_security_review_of_a_kind_at_a_time"
            ),
            models.CheckConstraint(
                name="a_security_review_is_signed_by_somebody_in_words",
                condition=models.Q(status="open", signed_at=None, signed_by=None, words="")
                | models.Q(status="signed", signed_at__isnull=False, signed_by__isnull=False) & ~models.Q(words=""),
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(status="open"), name="security_by_when")]

    def __str__(self):
        return str(self.get_kind_display())

    def missing(self):
        """Sentences: what is left before it can be signed off."""
        answers = dict(self.checks.values_list("theme", "outcome"))
        seen_to = set(self.findings.values_list("theme", flat=True))
        left = [str(theme.label) for theme in themes(self.kind) if theme not in answers]
        bare = [
            str(theme.label) for theme in themes(self.kind) if answers.get(theme) == "lacks" and theme not in seen_to
        ]
        said = (
            (left, _now("Look at this: %(what)s.")),
            (bare, _now("Write down what is lacking, and who sees to it: %(what)s.")),
        )
        return [words % {"what": ", ".join(names)} for names, words in said if names]

    @transition(source=NEW, to=Status.OPEN, may=access.may_begin_security, done=_("began this"))
    def begin(self, kind, scope, due_on=None, *, by, at):
        """The first of its kind; the others are made when one is signed off."""
        if SecurityReview.objects.open().filter(kind=kind).exists():
            raise Refused(_now("One of this kind is under way already."))
        self.kind, self.scope, self.made_at = kind, scope, at
        self.due_at = datetime.combine(due_on or localdate(at) + timedelta(days=30), MORNING, get_current_timezone())

    @transition(source={Status.OPEN}, to=Status.SIGNED, may=access.may_sign_security, done=_("signed this off"))
    def sign_off(self, words, *, by, at):
        """Part of signing (decisions.py). What this system knows of itself is kept beside it, as it is now."""
        if missing := self.missing():
            raise Refused(" ".join(missing))
        self.words, self.signed_at, self.signed_by = words, at, by
        facts = between.own_facts(at)
        KnownFact.objects.bulk_create(KnownFact(review=self, is_well=one.is_well, says=one.says[:300]) for one in facts)
        Notice.objects.of(self, ladders.SECURITY).stop(at)


class KnownFact(Identified):
    """What the system knew of itself when a review was signed off."""

    review = models.ForeignKey(SecurityReview, models.PROTECT, related_name="facts")
    is_well = models.BooleanField(null=True)  # None: to be read, and judged by whoever reads it
    says = models.CharField(max_length=300)

    in_clear = {"says": "counts and days, never a name"}
    guards = [
        Guard(on=("UPDATE", "DELETE"), refuse_when="1 = 1", say=STAYS),
        Guard(on=("INSERT",), refuse_when=SIGNED.format(row="NEW"), say=STAYS),
    ]

    class Meta:
        ordering = ["says"]

    def __str__(self):
        return self.says


class SecurityCheck(Identified):
    """The answer to one theme: it holds, something is lacking, or we have no such thing."""

    class Outcome(models.TextChoices):
        WELL = "well", _("All of it holds")
        LACKS = "lacks", _("Something is lacking")
        NONE = "none", _("We have nothing of the kind")

    review = models.ForeignKey(SecurityReview, models.PROTECT, related_name="checks")
    theme = models.CharField(max_length=9, choices=Theme)
    outcome = models.CharField(max_length=5, choices=Outcome)
    words = models.TextField(_("how it was looked at"))
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    in_clear = {"words": "about systems, never a person"}
    guards = [
        Guard(on=("INSERT", "UPDATE"), refuse_when=SIGNED.format(row="NEW"), say=STAYS),
        Guard(on=("DELETE",), refuse_when="1 = 1", say=STAYS),
    ]

    class Meta:
        ordering = ["answered_at"]
        constraints = [models.UniqueConstraint(fields=["review", "theme"], name="one_answer_a_theme")]

    def __str__(self):
        return str(self.get_theme_display())

    @transition(source=NEW, to=None, may=access.may_check_security)
    def answer(self, outcome, words, *, by, at):
        self._take(outcome, words, by, at)

    @transition(source=None, to=None, may=access.may_check_security)
    def change(self, outcome, words, *, by, at):
        """The newest answer holds; the book keeps those before, and who gave them."""
        self._take(outcome, words, by, at)

    def _take(self, outcome, words, by, at):
        self.outcome, self.words, self.answered_by, self.answered_at = outcome, words, by, at
