"""How whoever works with young people may reach them: what a group uses, for what and on what conditions; and who has leave
to do otherwise for a while (S25, N14, R33). What is not written down here is not allowed.
"""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Identified, Recorded
from harmony.audit.transitions import ANY, NEW, Refused, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.organisation.models import Channel

from .. import access
from .dated import Dated, DatedQuerySet
from .groups import Group
from .users import User

LONGEST = timedelta(days=182)  # of an exception: what is needed for longer is a rule, or a channel to propose


class ContactRuleQuerySet(DatedQuerySet):
    def visible_to(self, user):
        return self.filter(access.contact_rules_visible_to(user))

    def usable(self, on=None):
        """Those that hold, on a channel that may be used on this day."""
        return self.standing(on).filter(channel__in=Channel.objects.approved(on))


class ContactRule(Identified, Dated):
    """One channel, for one group: what its workers use it for, to whom, when, and on what conditions.

    A group without one has no way to be written to. It rests on the register of platforms: while the channel is paused,
    or its approval has run out, the rule allows nothing.
    """

    class Way(models.TextChoices):
        """To whom. None of them lets a worker and a young person be alone there."""

        GROUP = "group", _("To the whole group. Never to one person.")
        COPIED = "copied", _("To one person too, with a second adult copied in. Never alone.")
        CARERS = "carers", _("To parents and carers only. Never to a young person.")

    group = models.ForeignKey(Group, models.PROTECT, related_name="contact_rules")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="contact_rules")
    way = models.CharField(max_length=6, choices=Way)
    used_for = models.CharField(_("what for"), max_length=120)
    hours = models.CharField(_("hours"), max_length=120)
    conditions = models.TextField(_("conditions"), blank=True)

    objects = ContactRuleQuerySet.as_manager()
    in_clear = dict.fromkeys(("used_for", "hours", "conditions"), "rules of use, shown to all staff")
    guards = [
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""EXISTS (
                SELECT 1 FROM people_contactrule AS rule
                WHERE rule.group_id = NEW.group_id AND rule.channel_id = NEW.channel_id AND rule.id <> NEW.id
                AND rule.starts_on < coalesce(NEW.ends_on, '9999-12-31')
                AND NEW.starts_on < coalesce(rule.ends_on, '9999-12-31'))""",
            say=gettext_noop("There is a rule for this group and this channel already. Change that one."),
            lock="people_group",
            lock_by="group_id",
        ),
        Guard(
            on=("INSERT",),
            refuse_when="""NOT EXISTS (
                SELECT 1 FROM organisation_channel AS used WHERE used.id = NEW.channel_id AND used.status = 'approved')""",
            say=gettext_noop("This channel is not approved, so no rule can allow it."),
            lock="organisation_channel",
            lock_by="channel_id",
        ),
    ]

    class Meta(Dated.Meta):
        ordering = ["group__name", "channel__name"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="contact_is_never_one_to_one", condition=Q(way__in=["group", "copied", "carers"])
            ),
        ]

    def __str__(self):
        return f"{self.group}: {self.channel}"

    @transition(source=NEW, to=None, may=access.may_keep_contact_rules, done=_("allowed this"))
    def allow(self, way, used_for, hours, conditions="", *, by, at):
        self._take(way, used_for, hours, conditions)
        self.span(localdate(at))

    @transition(source=ANY, to=None, may=access.may_keep_contact_rules, done=_("changed this"))
    def change(self, way, used_for, hours, conditions="", *, by):
        self._take(way, used_for, hours, conditions)

    @transition(source=ANY, to=None, may=access.may_keep_contact_rules, done=_("ended this"))
    def end(self, last_day, *, by):
        self.span(self.starts_on, last_day)

    def _take(self, way, used_for, hours, conditions):
        self.way, self.used_for, self.hours, self.conditions = way, used_for, hours, conditions


class ContactExceptionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.contact_exceptions_visible_to(user))

    def holding(self, on=None):
        """Agreed to, and not over: what has passed its last day lapses by itself, whoever forgets it."""
        on = on or localdate()
        agreed = self.filter(status=ContactException.Status.APPROVED)
        return agreed.filter(decided_on__lte=on, last_day__gte=on)

    def asked(self, on=None):
        """Those that wait for somebody. One whose last day has gone by waits for nobody any more."""
        return self.filter(status=ContactException.Status.ASKED, last_day__gte=on or localdate())


class ContactException(Recorded):
    """Somebody asks to reach a young person otherwise than a rule allows; somebody else says yes or no, until a day."""

    class Status(models.TextChoices):
        ASKED = "asked", _("Waits for a decision")
        APPROVED = "approved", _("Allowed")
        REFUSED = "refused", _("Not allowed")
        ENDED = "ended", _("Ended early")

    user = models.ForeignKey(User, models.PROTECT, related_name="contact_exceptions")  # who asks, for themselves
    root = RootField("user")
    status = models.CharField(max_length=8, choices=Status)
    wanted = EncryptedTextField(_("what"))  # whom they want to reach, and by what way
    reason = EncryptedTextField(_("why"))
    asked_on = models.DateField()
    last_day = models.DateField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    decision = EncryptedTextField(blank=True)  # on what conditions, or why not
    ended_on = models.DateField(null=True, blank=True)

    objects = ContactExceptionQuerySet.as_manager()
    guards = [
        Guard(
            on=("UPDATE",),
            refuse_when="""OLD.status IN ('refused', 'ended') OR NEW.user_id <> OLD.user_id OR NEW.wanted <> OLD.wanted
                OR NEW.reason <> OLD.reason OR NEW.asked_on <> OLD.asked_on OR NEW.last_day <> OLD.last_day
                OR (OLD.status = 'approved' AND (NEW.status <> 'ended' OR NEW.decided_by_id <> OLD.decided_by_id
                    OR NEW.decided_on <> OLD.decided_on OR NEW.decision <> OLD.decision))""",
            say=gettext_noop("What was asked and decided stays as it is. Ask anew."),
        ),
        Guard(
            on=("DELETE",),
            refuse_when="1 = 1",
            say=gettext_noop("An exception that was asked for stays written down."),
        ),
    ]

    class Meta:
        ordering = ["-asked_on"]
        constraints = [
            models.CheckConstraint(name="nobody_allows_their_own_exception", condition=~Q(decided_by=F("user"))),
            models.CheckConstraint(name="an_exception_ends", condition=Q(last_day__gte=F("asked_on"))),
            models.CheckConstraint(
                name="an_exception_is_decided_by_somebody_on_a_day",
                condition=Q(status="asked", decided_by=None, decided_on=None, ended_on=None)
                | Q(
                    status__in=["approved", "refused"],
                    decided_by__isnull=False,
                    decided_on__isnull=False,
                    ended_on=None,
                )
                | Q(status="ended", ended_on__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Exception of {self.user} until {self.last_day}"

    def holds(self, on=None):
        on = on or localdate()
        return self.status == self.Status.APPROVED and self.decided_on <= on <= self.last_day

    def has_lapsed(self, on=None):
        return self.status in (self.Status.ASKED, self.Status.APPROVED) and self.last_day < (on or localdate())

    @transition(source=NEW, to=Status.ASKED, may=access.may_ask_exception, done=_("asked for this"))
    def ask(self, wanted, reason, last_day, *, by, at):
        self.wanted, self.reason, self.asked_on, self.last_day = wanted, reason, localdate(at), last_day
        if last_day < self.asked_on:
            raise Refused(_now("This day has gone by. Give one that is still to come."))
        if last_day > self.asked_on + LONGEST:
            raise Refused(_now("An exception lasts half a year at most. Give a sooner day."))

    @transition(source={Status.ASKED}, to=Status.APPROVED, may=access.may_decide_exception, done=_("allowed this"))
    def approve(self, decision, *, by, at):
        self._decide(decision, by, at)

    @transition(source={Status.ASKED}, to=Status.REFUSED, may=access.may_decide_exception, done=_("did not allow this"))
    def refuse(self, decision, *, by, at):
        self._decide(decision, by, at)

    @transition(
        source={Status.ASKED, Status.APPROVED}, to=Status.ENDED, may=access.may_end_exception, done=_("ended this")
    )
    def end(self, *, by, at):
        """Before its day: not needed any more, or not any more right."""
        self.ended_on = localdate(at)

    def _decide(self, decision, by, at):
        if self.last_day < localdate(at):
            raise Refused(_now("Its last day has gone by. Whoever still needs it asks again."))
        self.decision, self.decided_by, self.decided_on = decision, by, localdate(at)
