"""Courses, what each holds and for how long, who needs it, and which counts for another (S23, S27)."""

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Identified
from harmony.audit.transitions import ANY, NEW, transition
from harmony.people.models import Group, Membership, Post
from harmony.people.models.dated import Dated, DatedQuerySet

from .. import access
from ..given import Whom

ONE_OF = {Whom.MEMBERSHIP: "membership", Whom.POST: "post", Whom.GROUP: "group"}  # the column that says which


class Topic(models.TextChoices):
    """The forms of abuse that S27 names, each covered for everybody; and radicalisation (R44)."""

    BULLYING = "bullying", _("Bullying")
    CYBERBULLYING = "cyberbullying", _("Cyberbullying")
    EMOTIONAL = "emotional", _("Emotional abuse")
    SEXTING = "sexting", _("Sexting")
    SEXUAL = "sexual", _("Sexual abuse")
    EXPLOITATION = "exploitation", _("Sexual exploitation")
    RADICALISATION = "radicalisation", _("Radicalisation")


class CourseQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(status=Course.Status.IN_USE)


class Course(Identified):
    """One thing to learn. What it holds, and for how long, stands in its versions."""

    class Status(models.TextChoices):
        IN_USE = "in_use", _("In use")
        ENDED = "ended", _("No longer taught")

    code = models.CharField(_("short name"), max_length=12, unique=True)
    title = models.CharField(_("title"), max_length=80)
    position = models.PositiveSmallIntegerField(default=50)
    status = models.CharField(max_length=6, choices=Status, default=Status.IN_USE)

    objects = CourseQuerySet.as_manager()
    in_clear = {"code": "printed on every certificate", "title": "printed on every certificate"}

    class Meta:
        ordering = ["position", "title"]

    def __str__(self):
        return self.title

    def version_on(self, day):
        """The version that is taught on this day; before the first, the first."""
        versions = sorted(self.versions.all(), key=lambda one: one.number)
        begun = [one for one in versions if one.starts_on <= day]
        return next(iter([*begun[-1:], *versions]), None)

    @transition(source=NEW, to=Status.IN_USE, may=access.may_keep, done=_("added this"))
    def add(self, code, title, position=50, *, by):
        self.code, self.title, self.position = code, title, position

    @transition(source={Status.IN_USE}, to=None, may=access.may_keep, done=_("changed this"))
    def change(self, about, topics, months, renewal_days, starts_on=None, again_days=None, *, by, at):
        """Another version from a day on. What was done before keeps what it was, unless it is to be done again."""
        self.versions.create(
            number=(self.versions.aggregate(last=models.Max("number"))["last"] or 0) + 1,
            about=about,
            topics=" ".join(sorted(topics)),
            months=months,
            renewal_days=renewal_days,
            starts_on=starts_on or localdate(at),
            again_days=again_days,
        )

    @transition(source={Status.IN_USE}, to=Status.ENDED, may=access.may_keep, done=_("ended this"))
    def end(self, *, by, at):
        """Nobody needs it after today. What was done stays, and counts for as long as it holds."""
        self.requirements.all().end(localdate(at))


class Version(Identified):
    """What a course holds from a day on, and for how long. It never changes: people have done it."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    about = models.TextField(_("what it is"), blank=True)
    topics = models.CharField(max_length=120, blank=True)  # of Topic, between spaces
    months = models.PositiveSmallIntegerField(null=True, blank=True)  # how long it holds; None: for good
    renewal_days = models.PositiveSmallIntegerField(default=60)  # so long before its end it is "ends soon"
    starts_on = models.DateField()
    again_days = models.PositiveSmallIntegerField(
        null=True, blank=True
    )  # earlier versions count so long after its start

    in_clear = {"about": "read by everybody who is to do it", "topics": "codes of our own list"}
    guards = [
        Guard(
            on=("UPDATE", "DELETE"),
            refuse_when="1 = 1",
            say=gettext_noop("People have done this version, so it stays. Make a new one instead."),
        )
    ]

    class Meta:
        ordering = ["course", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="one_version_of_a_course_a_number"),
            models.CheckConstraint(name="a_course_holds_a_while", condition=Q(months=None) | Q(months__range=(1, 120))),
        ]

    def __str__(self):
        return f"{self.course}, version {self.number}"

    @property
    def topic_names(self):
        return [Topic(code).label for code in self.topics.split()]


class Requirement(Identified, Dated):
    """Who needs a course, from when to when, and within how many days of becoming one of them."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="requirements")
    whom = models.CharField(max_length=10, choices=Whom.choices)
    membership = models.CharField(max_length=10, choices=Membership.Kind, blank=True)
    post = models.CharField(max_length=12, choices=Post, blank=True)
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="+")
    within_days = models.PositiveSmallIntegerField()
    for_days = models.PositiveSmallIntegerField(null=True, blank=True)  # of the first days only: an induction

    for_role = models.BooleanField(default=False)  # whoever holds the role agrees to nothing alone without it (N13)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["course", "starts_on"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="a_requirement_says_of_whom",
                condition=Q(whom__in=[Whom.EVERYBODY, Whom.CONTACT], membership="", post="", group=None)
                | (Q(whom=Whom.MEMBERSHIP, post="", group=None) & ~Q(membership=""))
                | (Q(whom=Whom.POST, membership="", group=None) & ~Q(post=""))
                | Q(whom=Whom.GROUP, membership="", post="", group__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.course}: {self.of_whom}"

    @property
    def of_whom(self):
        """In words: "Volunteer", "Deputy safeguarding officer", "Works with Tuesday Makers"."""
        if self.whom == Whom.GROUP:
            return _("Works with %(group)s") % {"group": self.group.name}
        said = {Whom.MEMBERSHIP: self.get_membership_display, Whom.POST: self.get_post_display}
        return said.get(self.whom, self.get_whom_display)()

    @transition(source=NEW, to=None, may=access.may_keep)
    def ask(self, whom, which="", within_days=0, for_days=None, starts_on=None, for_role=False, *, by, at):
        """`which`: a kind of membership, a post or a group, where `whom` asks for one."""
        self.whom, self.within_days, self.for_days = whom, within_days, for_days
        self.for_role = for_role and whom == Whom.POST
        if whom in ONE_OF:
            setattr(self, ONE_OF[whom], which)
        self.span(starts_on or localdate(at))

    @transition(source=ANY, to=None, may=access.may_keep)
    def end(self, last_day, *, by):
        self.span(self.starts_on, last_day)


class Equivalent(Identified, Dated):
    """Whoever has done one course need not do the other: the first counts for the second, for as long as it holds."""

    done = models.ForeignKey(Course, models.PROTECT, related_name="counts_for")
    instead_of = models.ForeignKey(Course, models.PROTECT, related_name="equivalents")

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["starts_on"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="a_course_counts_for_another", condition=~Q(done=F("instead_of"))),
        ]

    def __str__(self):
        return f"{self.done} counts for {self.instead_of}"

    @transition(source=NEW, to=None, may=access.may_keep)
    def count(self, starts_on=None, *, by, at):
        self.span(starts_on or localdate(at))

    @transition(source=ANY, to=None, may=access.may_keep)
    def end(self, last_day, *, by):
        self.span(self.starts_on, last_day)
