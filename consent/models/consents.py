"""What was said about using pictures of a young person: by their parent or carer, and by themselves."""

from datetime import date, timedelta

from django.db import models
from django.db.transaction import atomic
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.events import event
from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import NEW, Refused, StateMoved, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.organisation.days import months_on
from harmony.people.models import Carer, YoungPerson

from .. import access, cover
from ..cover import Says, Side
from .purposes import Use, Wording

A_DAY = timedelta(days=1)


class ConsentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.consents_visible_to(user))

    def covering(self, on=None):
        """Those that allow their use on this day; a flag that a young person is never shown goes over all of them."""
        on = on or localdate()
        flagged = NeverShown.objects.standing().values("young_person")
        return self.filter(covers_from__lte=on, covers_until__gt=on).exclude(young_person__in=flagged)

    def run_out(self, on=None):
        """Those whose last day has gone by and that still say they cover."""
        return self.filter(covers_until__lte=on or localdate())


class Consent(Recorded):
    """One young person and one use: what both sides said last, and from when to when that covers it.

    `covers_from` and `covers_until` are kept, so that the database itself can refuse a picture that nothing covers.
    """

    class Status(models.TextChoices):
        ASKED = "asked", _("Asked, not answered yet")
        GIVEN = "given", _("Given")
        REFUSED = "refused", _("Refused")
        EXPIRED = "expired", _("Has run out")

    young_person = models.ForeignKey(YoungPerson, models.PROTECT, related_name="consents")
    root = RootField("young_person")
    use = models.ForeignKey(Use, models.PROTECT, related_name="consents")
    status = models.CharField(max_length=7, choices=Status, default=Status.ASKED)
    asked_at = models.DateTimeField(editable=False)
    covers_from = models.DateField(null=True, blank=True)
    covers_until = models.DateField(null=True, blank=True)  # the first day that it does not cover

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["use"]
        constraints = [
            models.UniqueConstraint(fields=["young_person", "use"], name="one_consent_each"),
            models.CheckConstraint(
                name="only_what_is_given_covers",
                condition=models.Q(status="given", covers_from__isnull=False, covers_until__gt=models.F("covers_from"))
                | (~models.Q(status="given") & models.Q(covers_from=None, covers_until=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["covers_until"], condition=models.Q(status="given"), name="consents_that_run_out"),
        ]

    def __str__(self):
        return f"{self.use} for {self.young_person}"

    @property
    def last_day(self):
        """The last day that it covers."""
        return self.covers_until and self.covers_until - A_DAY

    @classmethod
    def hear_all(cls, young_person, said, *, by, at=None, **told):
        """What one side said of several uses at once, all of it or nothing. `said`: {use: yes or no}."""
        at = at or now()
        with event("hear", by=by, about=young_person, at=at), atomic():
            for use in sorted(said, key=lambda use: use.pk):  # in one order, so that two never wait for each other
                consent = cls.objects.filter(young_person=young_person, use=use).first()
                if not consent:
                    consent = cls(young_person=young_person, use=use)
                    consent.ask(by=by, at=at)
                consent.hear(says=said[use], wording=use.purpose.wording, by=by, at=at, **told)

    @transition(source=NEW, to=Status.ASKED, may=access.may_hear, done=_("asked this"))
    def ask(self, *, by, at):
        self.asked_at = at

    @transition(source=set(Status), to=None, may=access.may_hear)
    def hear(self, side, says, wording, *, by, at, how, until=None, **told):
        """Somebody has said yes or no; what was said before stays written down. Any no wins, at once (R38).

        A parent's yes is in writing (S22). `until`: the last day they said it holds. What is out and no longer
        covered is to be taken down.
        """
        if side == Side.PARENT and says == Says.YES and how == Permission.How.TOLD:
            raise Refused(_("A parent’s or carer’s yes has to be in writing."))
        Use.objects.select_for_update().get(pk=self.use_id)  # nothing is published meanwhile
        self.permissions.create(side=side, says=says, wording=wording, how=how, until=until, said_at=at, **told)
        self._settle(at)

    @transition(source={Status.GIVEN}, to=None, may=access.may_hear)
    def settle(self, *, by, at):
        """Look again whether it covers: a day has gone by, a birthday was put right, somebody has turned 16."""
        Use.objects.select_for_update().get(pk=self.use_id)
        self._settle(at)

    def _settle(self, at):
        from .publications import take_down_what_is_not_covered

        on = localdate(at)
        last = {said.side: said for said in self.permissions.order_by("said_at")}
        age = self.young_person.age(on)
        since, self.covers_from, self.covers_until = self.covers_from, None, None
        if any(side in last and last[side].says == Says.NO for side in cover.heard(age)):
            self.status = self.Status.REFUSED
        elif not all(side in last for side in cover.required(age)):
            self.status = self.Status.ASKED
        elif (until := self._until([last[side] for side in cover.required(age)])) <= on:
            self.status = self.Status.EXPIRED
        else:
            self.status, self.covers_from, self.covers_until = self.Status.GIVEN, since or on, until
        if self.status != self.Status.GIVEN:
            take_down_what_is_not_covered(self, at)

    def _until(self, said):
        """The first day that these no longer cover: the earliest of what was said, the purpose's months, and a birthday."""
        days = [one.ends for one in said]
        if born := self.young_person.born:
            first = min(localdate(one.said_at) for one in said)
            days += cover.birthdays(date.fromisoformat(born), after=first)
        return min(days)


class Permission(Recorded):
    """One thing that was said, by one side: who, when, how we know, and to which words. It is never changed."""

    class How(models.TextChoices):
        LINK = "link", _("Signed on screen, by a link of their own")
        PAPER = "paper", _("Signed on paper, which we keep")
        SCAN = "scan", _("Signed on paper, and scanned")
        TOLD = "told", _("Told us, in person or by phone")

    class NameShown(models.TextChoices):
        NONE = "none", _("No name")
        FIRST = "first", _("First name only")

    consent = models.ForeignKey(Consent, models.PROTECT, related_name="permissions")
    root = RootField("consent")
    side = models.CharField(max_length=6, choices=Side)
    says = models.CharField(max_length=3, choices=Says)
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="+")
    how = models.CharField(max_length=5, choices=How)
    said_at = models.DateTimeField()
    until = models.DateField(null=True, blank=True)  # the last day, where they gave one
    carer = models.ForeignKey(Carer, models.PROTECT, null=True, blank=True, related_name="+")
    link = models.ForeignKey("FamilyLink", models.PROTECT, null=True, blank=True, related_name="permissions")
    who = EncryptedTextField(blank=True)  # the name they signed with
    evidence = EncryptedTextField(blank=True)  # where the paper is kept, or what was said
    conditions = EncryptedTextField(blank=True)
    name_shown = models.CharField(max_length=5, choices=NameShown, default=NameShown.NONE)

    guards = [
        Guard(
            on=("UPDATE", "DELETE"),
            refuse_when="1 = 1",
            say=gettext_noop("What was said stays as it was said. Write down what they say now."),
        ),
        Guard(
            on=("INSERT",),
            refuse_when="NEW.side = 'parent' AND NEW.says = 'yes' AND NEW.how = 'told'",
            say=gettext_noop("A parent’s or carer’s yes has to be in writing."),
        ),
    ]

    class Meta:
        ordering = ["said_at"]

    def __str__(self):
        return f"{self.get_says_display()} for {self.consent}"

    @property
    def last_day(self):
        """The last day that it holds."""
        return self.ends - A_DAY

    @property
    def ends(self):
        """The first day that it no longer holds."""
        runs_out = months_on(localdate(self.said_at), self.wording.months)
        return min(runs_out, self.until + A_DAY) if self.until else runs_out


class NeverShownQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(lifted_at=None)


class NeverShown(Recorded):
    """This young person is shown nowhere, whatever was signed. Why is read by the DSO line alone (R41)."""

    young_person = models.ForeignKey(YoungPerson, models.PROTECT, related_name="never_shown")
    root = RootField("young_person")
    because = EncryptedTextField()
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = NeverShownQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["young_person"], condition=models.Q(lifted_at=None), name="never_shown_once"
            )
        ]

    def __str__(self):
        return f"{self.young_person} is never shown"

    @transition(source=NEW, to=None, may=access.may_flag)
    def flag(self, because, *, by, at):
        """From now on. What is out is to be taken down."""
        from .publications import take_down_all_of

        YoungPerson.objects.select_for_update(no_key=True).get(pk=self.young_person_id)  # two may say so at once
        if self.young_person.never_shown.standing().exists():
            raise StateMoved(_("Somebody has said so already: they are shown nowhere."))
        self.because, self.since = because, at
        take_down_all_of(self.young_person, at)

    @transition(source=None, to=None, may=access.may_flag, reason=True)
    def lift(self, *, by, at):
        """It no longer holds: what was signed counts again."""
        self.lifted_at = at
