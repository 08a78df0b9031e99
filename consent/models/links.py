"""A link for one young person: a parent or carer, or they themselves, sign by it once, and see and take back by it later."""

from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils.timezone import get_current_timezone, localdate, now
from django.utils.translation import gettext as _

from harmony.audit.events import event
from harmony.audit.transitions import ANY, NEW, Refused, StateMoved, transition
from harmony.encryption.fields import RootField
from harmony.people.models import Carer, YoungPerson
from harmony.people.models.invitations import Capability, CapabilityQuerySet

from .. import access, cover
from ..cover import Says, Side
from .campaigns import Campaign
from .consents import Consent, Permission


class FamilyLinkQuerySet(CapabilityQuerySet):
    def visible_to(self, user):
        return self.filter(access.consents_visible_to(user))

    def opened_by(self, token, at=None):
        """To sign by, once."""
        return super().opened_by(token, at).select_related("young_person")

    def held_by(self, token, at=None):
        """To look at what was signed, and to take it back."""
        return super().held_by(token, at).select_related("young_person")

    def standing(self, at=None):
        return self.filter(expires_at__gt=at or now())


class FamilyLink(Capability):
    """It stands for two weeks to be signed; what was signed can be seen and taken back by it for as long as it holds.

    A yes is said by it once, so that whoever finds an old message cannot say another; a no, at any time.
    """

    lasts = timedelta(days=14)

    young_person = models.ForeignKey(YoungPerson, models.PROTECT, related_name="family_links")
    root = RootField("young_person")
    side = models.CharField(max_length=6, choices=Side)
    carer = models.ForeignKey(Carer, models.PROTECT, null=True, blank=True, related_name="+")  # where we know which
    made_at = models.DateTimeField()

    # of a campaign: which letter to that parent it is, and when it went out
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, blank=True, related_name="links")
    letter = models.PositiveSmallIntegerField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = FamilyLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "young_person", "carer", "letter"], name="a_letter_once"),
            models.CheckConstraint(
                name="a_letter_is_of_a_campaign",
                condition=models.Q(campaign=None, letter=None) | models.Q(campaign__isnull=False, letter__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Link of {self.young_person}"

    @classmethod
    def make(cls, young_person, side, carer=None, *, by, at=None, **of_a_campaign):
        """(the link, its token). Those of the same person that nobody has signed by end."""
        at, token = at or now(), cls.new_token()
        with event("make a link", by=by, about=young_person, at=at):
            for older in young_person.family_links.standing(at).filter(side=side, carer=carer, used_at=None):
                older.end(by=by, at=at)
            link = cls(young_person=young_person, side=side, carer=carer, **of_a_campaign)
            link.send(token, by=by, at=at)
        return link, token

    @property
    def first_name(self):
        """All that the page calls the young person by."""
        return self.young_person.name.split()[0]

    @transition(source=NEW, to=None, may=access.may_send_link)
    def send(self, token, *, by, at):
        if self.side == Side.PARENT and not needs_a_parent(self.young_person, localdate(at)):
            raise Refused(_("They are grown up, and decide for themselves. Make a link for them."))
        self.keep(token, at)
        self.made_at = at

    @transition(source=ANY, to=None, may=access.may_send_link)
    def again(self, token, *, by, at):
        """It was made, and whoever made it died before it was sent: its token is lost, so it gets another."""
        self.keep(token, at)

    @transition(source=ANY, to=None, may=access.may_send_link)
    def sent(self, *, by, at):
        self.sent_at = at

    @transition(source=ANY, to=None, may=access.may_use_link)
    def sign(self, said, *, by, at, **told):
        """`said`: {use: yes or no}, of everything that was asked. In writing, so it counts as a signature (S22)."""
        if self.used_at:
            raise StateMoved(_("This link has been used."))
        self._hear(said, by, at, **told)
        self.used_at = at
        self.expires_at = max(self.expires_at, self._shown_until())

    @transition(source=ANY, to=None, may=access.may_use_link)
    def take_back(self, uses, *, by, at):
        """No to these from now on, said by whoever signed."""
        signed = self.permissions.first()
        self._hear(dict.fromkeys(uses, Says.NO), by, at, who=signed.who if signed else "")

    @transition(source=ANY, to=None, may=access.may_send_link)
    def end(self, *, by, at):
        """It opens nothing any more. What was signed by it stays."""
        self.expires_at = min(self.expires_at, at)

    def said(self):
        """What this side said last: {use: Permission}, by whatever way."""
        last = {}
        mine = Permission.objects.filter(consent__young_person=self.young_person, side=self.side)
        for one in mine.select_related("consent__use__purpose", "consent__use__channel").order_by("said_at"):
            last[one.consent.use] = one
        return last

    def _hear(self, said, by, at, **told):
        told |= {"side": self.side, "how": Permission.How.LINK, "carer": self.carer, "link": self}
        Consent.hear_all(self.young_person, said, by=by, at=at, **told)

    def _shown_until(self):
        """The last day of what was agreed to; a parent's ends when the young person is grown up."""
        days = [one.ends for one in self.permissions.select_related("wording") if one.says == Says.YES]
        if not days:
            return self.expires_at
        last, born = max(days), self.young_person.born
        if born and self.side == Side.PARENT:
            last = min(last, max(cover.birthdays(date.fromisoformat(born), after=localdate(self.made_at))))
        return datetime.combine(last, time.min, get_current_timezone())


def needs_a_parent(young_person, on):
    """Whether a parent's or carer's word is heard: not that of a grown-up's, nor of an adult learner's."""
    age = young_person.age(on)
    return young_person.kind != YoungPerson.Kind.ADULT_LEARNER and Side.PARENT in cover.heard(age)
