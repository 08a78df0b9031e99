"""Things to read, watch and do about online safety, by age and by topic, each looked at again by its day (S16, S17)."""

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.audit.models import Identified
from harmony.audit.transitions import NEW, Refused, transition
from harmony.people.models import User

from .. import access
from .talks import Audience, Online

YOUNGEST, OLDEST = 4, 25


class ResourceQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(status=Resource.Status.IN_USE)

    def to_check(self, on):
        """Those whose day to be looked at again has come."""
        return self.in_use().filter(check_on__lte=on)

    def for_age(self, age):
        return self.filter(youngest__lte=age, oldest__gte=age)


class Resource(Identified):
    """Somebody else's page, or a text of our own. Whoever checks it has looked at it as a young person would."""

    class Status(models.TextChoices):
        IN_USE = "in_use", _("In use")
        ENDED = "ended", _("No longer used")

    title = models.CharField(_("title"), max_length=100)
    audience = models.CharField(max_length=7, choices=Audience)
    youngest = models.PositiveSmallIntegerField(
        default=YOUNGEST
    )  # the ages it is for; of parents' things, their child's
    oldest = models.PositiveSmallIntegerField(default=OLDEST)
    topics = models.CharField(max_length=80)  # of Online, between spaces
    address = models.CharField(_("address"), max_length=300, blank=True)
    words = models.TextField(_("our own text"), blank=True)
    status = models.CharField(max_length=6, choices=Status, default=Status.IN_USE)
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    checked_on = models.DateField()
    check_on = models.DateField()  # the day to look at it again

    objects = ResourceQuerySet.as_manager()
    in_clear = {
        "title": "read by everybody who works here",
        "topics": "codes of our own list",
        "address": "a public page",
        "words": "read by everybody who works here",
    }

    class Meta:
        ordering = ["youngest", "title"]
        constraints = [
            models.CheckConstraint(
                name="a_resource_is_somewhere", condition=~Q(address="", words="") & (Q(address="") | Q(words=""))
            ),
            models.CheckConstraint(
                name="a_resource_has_ages",
                condition=Q(youngest__gte=YOUNGEST, oldest__lte=OLDEST, youngest__lte=F("oldest")),
            ),
            models.CheckConstraint(name="a_resource_is_checked_again", condition=Q(check_on__gt=F("checked_on"))),
        ]

    def __str__(self):
        return self.title

    @property
    def topic_names(self):
        return [Online(code).label for code in self.topics.split()]

    @transition(source=NEW, to=Status.IN_USE, may=access.may_keep_library, done=_("added this"))
    def add(self, title, audience, youngest, oldest, topics, address, words, check_on, *, by, at):
        """Whoever adds it has looked at it."""
        self.title, self.audience, self.youngest, self.oldest = title, audience, youngest, oldest
        self.topics, self.address, self.words = " ".join(sorted(topics)), address, words
        self._look(check_on, by, at)

    @transition(source={Status.IN_USE}, to=None, may=access.may_keep_library, done=_("checked this"))
    def look_again(self, check_on, *, by, at):
        """It is still there, still right, and still fit for these ages."""
        self._look(check_on, by, at)

    @transition(source={Status.IN_USE}, to=Status.ENDED, may=access.may_keep_library, done=_("ended this"))
    def end(self, *, by):
        """It is gone, or nobody should use it any more."""

    def _look(self, check_on, by, at):
        if check_on <= localdate(at):
            raise Refused(_("Give a later day to look at it again."))
        self.checked_by, self.checked_on, self.check_on = by, localdate(at), check_on
