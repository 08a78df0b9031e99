"""The online agreement with each young person: how we are with one another online, in their words, and who has signed it (S16).

The text has versions. A link signs once and stands for two weeks; on paper, somebody writes down where the sheet is.
"""

from datetime import timedelta

from django.db import models
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from harmony.audit.events import event
from harmony.audit.guards import Guard
from harmony.audit.models import Identified, Recorded
from harmony.audit.transitions import ANY, NEW, Refused, StateMoved, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.people.models import YoungPerson
from harmony.people.models.invitations import Capability, CapabilityQuerySet

from .. import access

STAYS = gettext_noop("What was signed stays as it was. A new text is another version.")


class Agreed(Identified):
    """One version of the words. It never changes: young people have signed it."""

    number = models.PositiveSmallIntegerField(unique=True)
    words = models.TextField(gettext_lazy("the agreement"))
    since = models.DateField()

    in_clear = {"words": "read by every young person and everybody who works here"}
    guards = [Guard(on=("UPDATE", "DELETE"), refuse_when="1 = 1", say=STAYS)]

    class Meta:
        ordering = ["-number"]

    def __str__(self):
        return f"Agreement, version {self.number}"

    @classmethod
    def newest(cls):
        """The words that are signed now; None before anybody wrote any."""
        return cls.objects.first()

    @transition(source=NEW, to=None, may=access.may_keep_library)
    def write(self, words, *, by, at):
        self.number = (Agreed.objects.aggregate(last=models.Max("number"))["last"] or 0) + 1
        self.words, self.since = words, localdate(at)


class AgreementLinkQuerySet(CapabilityQuerySet):
    def opened_by(self, token, at=None):
        """To sign by, once."""
        return super().opened_by(token, at).select_related("young_person")

    def held_by(self, token, at=None):
        """To read what was signed, until it ends."""
        return super().held_by(token, at).select_related("young_person")


class AgreementLink(Capability):
    """For one young person. It opens the agreement to be signed once, and shows it after that until its two weeks are over."""

    lasts = timedelta(days=14)

    young_person = models.ForeignKey(YoungPerson, models.PROTECT, related_name="agreement_links")
    root = RootField("young_person")
    made_at = models.DateTimeField()

    objects = AgreementLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self):
        return f"Agreement link of {self.young_person}"

    @classmethod
    def make(cls, young_person, *, by, at=None):
        """(the link, its token). Those that nobody has signed by end."""
        at, token = at or now(), cls.new_token()
        with event("make a link", by=by, about=young_person, at=at):
            for older in young_person.agreement_links.filter(used_at=None, expires_at__gt=at):
                older.end(by=by, at=at)
            link = cls(young_person=young_person)
            link.send(token, by=by, at=at)
        return link, token

    @property
    def first_name(self):
        """All that the page calls the young person by."""
        return self.young_person.name.split()[0]

    @transition(source=NEW, to=None, may=access.may_send_agreement)
    def send(self, token, *, by, at):
        if not Agreed.newest():
            raise Refused(_("Write the agreement first."))
        self.keep(token, at)
        self.made_at = at

    @transition(source=ANY, to=None, may=access.may_use_agreement)
    def sign(self, text, says, who, *, by, at):
        if self.used_at:
            raise StateMoved(_("This link has been used."))
        one = Agreement(young_person=self.young_person, text=text, how=Agreement.How.LINK, link=self)
        one.sign(says, localdate(at), who, "", by=by, at=at)
        self.used_at = at

    @transition(source=ANY, to=None, may=access.may_send_agreement)
    def end(self, *, by, at):
        """It opens nothing any more. What was signed by it stays."""
        self.expires_at = min(self.expires_at, at)


class Agreement(Recorded):
    """What a young person said to one version. What they said last is what holds."""

    class Says(models.TextChoices):
        YES = "yes", gettext_lazy("I agree")
        TALK = "talk", gettext_lazy("I want to talk about it first")

    class How(models.TextChoices):
        LINK = "link", gettext_lazy("By a link")
        PAPER = "paper", gettext_lazy("On paper")

    young_person = models.ForeignKey(YoungPerson, models.PROTECT, related_name="agreements")
    root = RootField("young_person")
    text = models.ForeignKey(Agreed, models.PROTECT, related_name="signed")
    says = models.CharField(max_length=4, choices=Says)
    how = models.CharField(max_length=5, choices=How)
    link = models.OneToOneField(AgreementLink, models.PROTECT, null=True, blank=True, related_name="signed")
    who = EncryptedTextField(gettext_lazy("the name that was signed with"))
    kept = EncryptedTextField(gettext_lazy("where the sheet is"), blank=True)
    signed_on = models.DateField()
    written_at = models.DateTimeField()

    guards = [Guard(on=("UPDATE", "DELETE"), refuse_when="1 = 1", say=STAYS)]

    class Meta:
        ordering = ["-written_at"]
        constraints = [
            models.CheckConstraint(
                name="an_agreement_by_link_names_it",
                condition=models.Q(how="link", link__isnull=False) | models.Q(how="paper", link=None),
            )
        ]

    def __str__(self):
        return f"Agreement of {self.young_person}"

    @transition(source=NEW, to=None, may=access.may_hear_agreement)
    def sign(self, says, signed_on, who, kept, *, by, at):
        if signed_on > localdate(at):
            raise Refused(_("This day has not come yet."))
        self.says, self.signed_on, self.who, self.kept, self.written_at = says, signed_on, who, kept, at
