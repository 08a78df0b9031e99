"""Online safety, talked about with young people and with parents: when, with which group, about what (S16, S17).

How many were there is a number. Names stand only where somebody ticked the list of the group.
"""

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Identified, Recorded
from harmony.audit.transitions import NEW, Refused, transition
from harmony.encryption.fields import RootField
from harmony.people.models import Group, User, YoungPerson

from .. import access

PARENTS_ARE_COUNTED = gettext_noop("Of parents, only how many came is written down.")


class Online(models.TextChoices):
    """What there is to talk about: the 4Cs (R23), and where to get help."""

    CONTACT = "contact", _("Strangers and grooming")
    PICTURES = "pictures", _("Being pushed to send nudes")
    BULLYING = "bullying", _("Being unkind online")
    MADE_UP = "made_up", _("Pictures and chats made by AI")
    PRIVACY = "privacy", _("Privacy, passwords and scams")
    CONTENT = "content", _("Upsetting or extreme things")
    HELP = "help", _("Where to get help")


class Audience(models.TextChoices):
    YOUNG = "young", _("Young people")
    PARENTS = "parents", _("Parents and carers")


class TalkQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.talks_visible_to(user))

    def held(self):
        return self.filter(status=Talk.Status.HELD)


class Talk(Identified):
    """One time that it was talked about. It never changes: a mistake is struck out and written anew."""

    class Status(models.TextChoices):
        HELD = "held", _("Held")
        STRUCK = "struck", _("Struck out")

    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="talks")  # none: all parents
    audience = models.CharField(max_length=7, choices=Audience)
    topics = models.CharField(max_length=80)  # of Online, between spaces
    held_on = models.DateField()
    present = models.PositiveSmallIntegerField()  # how many were there
    led_by = models.ForeignKey(User, models.PROTECT, related_name="talks_led")
    with_visitor = models.BooleanField(default=False)  # somebody from outside spoke too
    status = models.CharField(max_length=6, choices=Status, default=Status.HELD)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = TalkQuerySet.as_manager()
    in_clear = {"topics": "codes of our own list"}
    guards = [
        Guard(
            on=("UPDATE",),
            refuse_when="""OLD.status = 'struck' OR NEW.audience <> OLD.audience OR NEW.topics <> OLD.topics
                OR NEW.held_on <> OLD.held_on OR NEW.present <> OLD.present OR NEW.led_by_id <> OLD.led_by_id
                OR NEW.recorded_by_id <> OLD.recorded_by_id OR (OLD.group_id IS NULL) <> (NEW.group_id IS NULL)
                OR NEW.group_id <> OLD.group_id""",
            say=gettext_noop("What was written down stays. Strike it out and write it anew."),
        ),
        Guard(on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("What was written down stays.")),
        Guard(  # whoever was ticked is written down a moment before the talk itself
            on=("INSERT",),
            refuse_when="""NEW.audience = 'parents'
                AND EXISTS (SELECT 1 FROM training_present p WHERE p.talk_id = NEW.id)""",
            say=PARENTS_ARE_COUNTED,
        ),
    ]

    class Meta:
        ordering = ["-held_on"]
        constraints = [
            models.CheckConstraint(
                name="young_people_come_in_groups", condition=Q(audience="parents") | Q(group__isnull=False)
            ),
            models.CheckConstraint(name="somebody_was_there", condition=Q(present__gte=1)),
            models.CheckConstraint(name="a_talk_is_about_something", condition=~Q(topics="")),
        ]
        indexes = [models.Index(fields=["-held_on"], name="talks_by_day")]

    def __str__(self):
        return f"{self.group or _('All families')}, {self.held_on}"

    @property
    def topic_names(self):
        return [Online(code).label for code in self.topics.split()]

    @transition(source=NEW, to=Status.HELD, may=access.may_hold_talk, done=_("wrote this down"))
    def hold(self, audience, topics, held_on, present, led_by, with_visitor, people=(), *, by, at):
        """`people`: the young people who were ticked; they are counted in `present`."""
        if held_on > localdate(at):
            raise Refused(_("This day has not come yet."))
        self.audience, self.topics, self.held_on = audience, " ".join(sorted(topics)), held_on
        self.present, self.led_by, self.with_visitor = present, led_by, with_visitor
        self.recorded_by, self.recorded_at = by, at
        for young_person in people:
            Present(talk=self, young_person=young_person).tick(by=by, at=at)

    @transition(
        source={Status.HELD}, to=Status.STRUCK, may=access.may_strike_talk, reason=True, done=_("struck this out")
    )
    def strike_out(self, *, by):
        """It was not so. It counts for nothing any more, and still stands in the list."""


class Present(Recorded):
    """That a young person was there, as somebody ticked on the list of their group."""

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="ticked")
    young_person = models.ForeignKey(YoungPerson, models.PROTECT, related_name="talks")
    root = RootField("young_person")

    guards = [
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="EXISTS (SELECT 1 FROM training_talk t WHERE t.id = NEW.talk_id AND t.audience = 'parents')",
            say=PARENTS_ARE_COUNTED,
        )
    ]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["talk", "young_person"], name="there_once")]

    def __str__(self):
        return f"{self.young_person} at {self.talk}"

    @transition(source=NEW, to=None, may=lambda user, present: access.may_hold_talk(user, present.talk))
    def tick(self, *, by):
        """Part of writing the talk down."""
