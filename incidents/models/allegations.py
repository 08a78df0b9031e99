"""A concern about one of us: whether it is an allegation or a low-level concern, and what the LADO advises (R11 to R13).

One of these belongs to a case, from when somebody of its line has answered the four questions. Each step is a decision of
the chronology too, so that the page, the paper and the PDF of the case tell the same.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import NEW, Refused, StateMoved, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.notifications.models import Notice
from harmony.people.models import User

from .. import access
from ..threshold import CRITERIA, Met, is_threshold
from .cases import Case
from .concluding import DECIDE_ON_THE_DBS, Concluding
from .timing import clocks_at


class AllegationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(case__in=Case.objects.visible_to(user))

    def low_level(self):
        return self.filter(status=Allegation.Status.LOW)

    def late(self, clock, at):
        """Owed by now, in a case that is open. Where the case still owes contact outside, its own clock climbs for both."""
        found = self.filter(OWED[clock], **{f"{clock}_due__lte": at}, case__closed_at=None)
        by_the_case = Q(case__contact_due__isnull=False, case__contacted_at=None)
        return found.exclude(by_the_case) if clock == "lado" else found


UNTOLD = Q(status="threshold")  # an allegation that the LADO does not know yet
UNDECIDED = Q(status="concluded", dbs=None, dbs_due__isnull=False)  # whether the DBS is told


class Allegation(Recorded, Concluding):
    class Status(models.TextChoices):
        LOW = "low", _("Low-level concern")
        THRESHOLD = "threshold", _("Allegation: the LADO is to be told")
        CONTACTED = "contacted", _("Allegation: the LADO has advised")
        CONCLUDED = "concluded", _("Allegation: it has an outcome")

    class MayTell(models.TextChoices):
        """Whether whoever it is about may be spoken to yet (R13)."""

        NO = "no", _("No, not yet")
        YES = "yes", _("Yes, they may be told now")

    case = models.OneToOneField(Case, models.PROTECT, related_name="allegation")
    root = RootField("case")
    status = models.CharField(max_length=9, choices=Status)
    screened_at = models.DateTimeField()
    screened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    harmed = models.CharField(max_length=6, choices=Met)
    harmed_why = EncryptedTextField()
    offence = models.CharField(max_length=6, choices=Met)
    offence_why = EncryptedTextField()
    risk = models.CharField(max_length=6, choices=Met)
    risk_why = EncryptedTextField()
    suitable = models.CharField(max_length=6, choices=Met)
    suitable_why = EncryptedTextField()

    lado_due = models.DateTimeField(null=True, blank=True)
    consulted_at = models.DateTimeField(null=True, blank=True)  # for the last time
    consulted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    lado_name = EncryptedTextField(blank=True)
    lado_advice = EncryptedTextField(blank=True)
    lado_reference = EncryptedTextField(blank=True)
    may_tell = models.CharField(max_length=3, choices=MayTell, default=MayTell.NO)

    objects = AllegationQuerySet.as_manager()
    guards = [
        Guard(
            on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("What was said about one of us is not deleted here.")
        ),
        Guard(
            on=("UPDATE",),
            refuse_when="OLD.status = 'threshold' AND NEW.status <> 'threshold' AND NEW.consulted_at IS NULL",
            say=gettext_noop("Ask the LADO first. Only then can it be anything but an allegation."),
        ),
    ]

    class Meta:
        indexes = [
            models.Index(fields=["lado_due"], name="allegations_not_told", condition=UNTOLD),
            models.Index(fields=["dbs_due"], name="allegations_not_decided", condition=UNDECIDED),
        ]
        constraints = [
            models.CheckConstraint(
                name="allegation_status_known", condition=Q(status__in=["low", "threshold", "contacted", "concluded"])
            ),
            models.CheckConstraint(
                name="a_low_level_concern_meets_no_criterion",
                condition=~Q(status="low") | Q(**dict.fromkeys(CRITERIA, "no")),
            ),
            models.CheckConstraint(
                name="concluded_by_somebody_with_an_outcome",
                condition=~Q(status="concluded")
                | Q(concluded_at__isnull=False, concluded_by__isnull=False) & ~Q(finding=""),
            ),
            models.CheckConstraint(name="an_allegation_has_a_clock", condition=~UNTOLD | Q(lado_due__isnull=False)),
            models.CheckConstraint(
                name="consulted_by_somebody_at_a_time",
                condition=Q(consulted_at=None, consulted_by=None)
                | Q(consulted_at__isnull=False, consulted_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Concern about one of us, {self.case}"

    def get_absolute_url(self):
        return reverse("incidents:allegation", args=[self.case_id])

    @property
    def answers(self):
        """(question, answer, why) of the four."""
        return [
            (question, getattr(self, f"get_{name}_display")(), getattr(self, f"{name}_why"))
            for name, (question, *_more) in CRITERIA.items()
        ]

    @transition(source=NEW, to=None, may=access.may_screen, done=_("answered the four questions"))
    def screen(self, *, by, at, **answers):
        """The four questions, each with a reason: one that is not a plain no makes it an allegation (R11)."""
        if type(self).objects.filter(case=self.case_id).exists():
            raise StateMoved(_now("A colleague has answered these meanwhile. Read their answers first."))
        self._answer(answers, by, at, since=self._known_since(at))

    @transition(
        source={Status.LOW, Status.THRESHOLD, Status.CONTACTED},
        to=None,
        may=access.may_screen,
        done=_("answered the four questions again"),
    )
    def screen_again(self, *, by, at, **answers):
        """More is known. A low-level concern may turn into an allegation (R18); the other way only once the LADO advised."""
        if self.status == self.Status.THRESHOLD and not is_threshold(answers):
            raise Refused(_now("Ask the LADO first. Only then can it be anything but an allegation."))
        self._answer(answers, by, at, since=at)

    @transition(
        source={Status.LOW, Status.THRESHOLD, Status.CONTACTED},
        to=None,
        may=access.may_screen,
        done=_("told the LADO"),
    )
    def consult(self, lado_name, lado_advice, lado_reference, may_tell, happened_at, *, by, at):
        """The LADO was asked, and said this. Asked again, what stands here is their last word; all of it is in the chronology."""
        self.consulted_at, self.consulted_by = happened_at, by
        self.lado_name, self.lado_advice, self.lado_reference = lado_name, lado_advice, lado_reference
        self.may_tell = may_tell
        if self.status == self.Status.THRESHOLD:
            self.status = self.Status.CONTACTED
        Notice.objects.of(self, "lado").stop(at)
        said = {"name": lado_name, "advice": lado_advice, "tell": self.get_may_tell_display()}
        words = _now("LADO: %(name)s. Advice: %(advice)s\n\nMay the person it is about be told? %(tell)s") % said
        if lado_reference:
            words += "\n\n" + _now("Their reference: %(reference)s") % {"reference": lado_reference}
        self.case.write("contact", words, happened_at, significant=True, by=by, at=at)

    def owes(self, clock):
        lado, dbs = self.status == self.Status.THRESHOLD, self.dbs is None and self.dbs_due is not None
        return {"lado": lado, "dbs": dbs}[clock]

    def still_owes(self, clock):
        """Asked of the database, before somebody is told: nobody has done it meanwhile."""
        return type(self).objects.filter(OWED[clock], pk=self.pk, case__closed_at=None).exists()

    def counted(self, clock, clocks):
        """What a ladder has to know: from when on it is late, and when a share of its time is over after that."""
        due, length = getattr(self, f"{clock}_due"), LENGTHS[clock](self.case, clocks)
        return {
            "started": self.concluded_at or self.screened_at,
            "due": due,
            "when": lambda share: clocks.share(length, due, share),
        }

    def _answer(self, answers, by, at, since):
        if self.case.closed_at:
            raise Refused(_now("This case is closed. Reopen it first."))
        for name, answer in answers.items():
            setattr(self, name, answer)
        was, self.screened_at, self.screened_by = self.status, at, by
        if not is_threshold(answers):
            self.status = self.Status.LOW
            Notice.objects.of(self, "lado").stop(at)
        elif was in ("", self.Status.LOW):
            clocks = clocks_at(at)
            self.status, self.lado_due = self.Status.THRESHOLD, clocks.after(_to_the_lado(self.case, clocks), since)
        said = "\n".join(f"{question} {answer}. {why}" for question, answer, why in self.answers)
        kind = _now("Low-level concern.") if self.status == self.Status.LOW else _now("Allegation.")
        self.case.write("decision", f"{kind}\n\n{said}", at, significant=True, by=by, at=at)

    def _known_since(self, at):
        """Reported as about one of us: since it was filed. What only turned out to be so: since somebody says so."""
        return self.case.filed_at if self.case.reports.filter(about_us=True).exists() else at


def _to_the_lado(case, clocks):
    """One working day (R11), or what the organisation has set for the level of the case."""
    return clocks.levels[case.severity or "high"].lado or clocks.levels["high"].lado


def _to_the_dbs(case, clocks):
    return DECIDE_ON_THE_DBS


OWED = {"lado": UNTOLD, "dbs": UNDECIDED}
LENGTHS = {"lado": _to_the_lado, "dbs": _to_the_dbs}
