"""What we learned from a closed case, a drill or a review, without a name; what is done about it, by whom and by when (S29, S32).

A lesson names no child and no case: whoever makes policies reads it, and they are not those who work cases. Where a policy
changed because of it, it says in which version.
"""

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import ANY, NEW, Refused, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.notifications.models import Notice
from harmony.people.models import User

from .. import access
from ..ladders import A_WEEK
from .versions import Version


class LessonQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.lessons_visible_to(user)).distinct()

    def learned_within(self, since, until):
        return self.filter(learned_on__range=(since, until))


class Lesson(Recorded):
    class Source(models.TextChoices):
        CASE = "case", _("A case that is closed")
        DRILL = "drill", _("A drill")
        REVIEW = "review", _("A review")
        OTHER = "other", _("Something else")

    root = RootField()
    came_from = models.CharField(_("what it came from"), max_length=6, choices=Source)
    learned_on = models.DateField(_("learned on"))
    title = EncryptedTextField(_("in a line"))
    words = EncryptedTextField(_("what we learned"))
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_in = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="lessons")

    objects = LessonQuerySet.as_manager()
    guards = [
        Guard(on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("What was learned stays written down.")),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.changed_in_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM policies_version AS version WHERE version.id = NEW.changed_in_id
                AND version.published_at IS NOT NULL)""",
            say=gettext_noop("This version was never published. Say where the policy changed once it is."),
        ),
    ]

    class Meta:
        ordering = ["-learned_on"]

    def __str__(self):
        return f"Lesson of {self.learned_on}"

    @transition(source=NEW, to=None, may=access.may_keep_lessons, done=_("wrote this down"))
    def learn(self, came_from, learned_on, title, words, *, by, at):
        self._take(came_from, learned_on, title, words, at)
        self.written_by = by

    @transition(source=ANY, to=None, may=access.may_keep_lessons, done=_("changed this"))
    def change(self, came_from, learned_on, title, words, *, by, at):
        self._take(came_from, learned_on, title, words, at)

    @transition(source=ANY, to=None, may=access.may_keep_lessons, done=_("said where the policy changed"))
    def say_what_changed(self, version=None, *, by):
        """In which version of a policy; None: nowhere, after all."""
        self.changed_in = version

    def _take(self, came_from, learned_on, title, words, at):
        if learned_on > localdate(at):
            raise Refused(_now("This day has not come yet."))
        self.came_from, self.learned_on, self.title, self.words = came_from, learned_on, title, words


class LessonActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.lesson_actions_visible_to(user))

    def open(self):
        return self.filter(status=LessonAction.Status.OPEN)

    def coming(self, at):
        """Those of which somebody may have to be told by now: from a week before."""
        return self.open().filter(due_on__lte=localdate(at + A_WEEK))

    def late(self, on=None):
        return self.open().filter(due_on__lt=on or localdate())


class LessonAction(Recorded):
    """One thing to be done because of a lesson, by somebody, by a day."""

    class Status(models.TextChoices):
        OPEN = "open", _("To do")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Not needed")

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="actions")
    root = RootField("lesson")
    what = EncryptedTextField(_("what is to be done"))
    owner = models.ForeignKey(User, models.PROTECT, related_name="lesson_actions")
    due_on = models.DateField(_("by when"))
    status = models.CharField(max_length=7, choices=Status, default=Status.OPEN)
    result = EncryptedTextField(blank=True)  # what came of it, or why it is not needed
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = LessonActionQuerySet.as_manager()
    guards = [
        Guard(
            on=("UPDATE", "DELETE"),
            refuse_when="OLD.status <> 'open'",
            say=gettext_noop("How this ended stays written down. Add another action."),
        ),
    ]

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["due_on"], condition=models.Q(status="open"), name="lessons_to_act_on")]
        constraints = [
            models.CheckConstraint(
                name="a_lesson_action_ends_by_somebody_at_a_time",
                condition=models.Q(status="open", ended_at=None, ended_by=None)
                | models.Q(status__in=["done", "dropped"], ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Action of {self.lesson}"

    @transition(source=NEW, to=Status.OPEN, may=access.may_keep_lessons, done=_("added this"))
    def give(self, what, owner, due_on, *, by, at):
        if due_on < localdate(at):
            raise Refused(_now("This day has gone by. Give one that is still to come."))
        self.what, self.owner, self.due_on = what, owner, due_on

    @transition(source={Status.OPEN}, to=None, may=access.may_hand_over_lesson_action, done=_("handed this over"))
    def hand_over(self, to, *, by):
        """To somebody else; to whoever wrote the lesson down, where nobody is named."""
        self.owner = to or self.lesson.written_by

    @transition(source={Status.OPEN}, to=Status.DONE, may=access.may_finish_lesson_action, done=_("finished this"))
    def finish(self, result, *, by, at):
        self._end(result, by, at)

    @transition(source={Status.OPEN}, to=Status.DROPPED, may=access.may_keep_lessons, done=_("dropped this"))
    def drop(self, result, *, by, at):
        """Not needed after all; `result` says why."""
        self._end(result, by, at)

    def _end(self, result, by, at):
        self.result, self.ended_at, self.ended_by = result, at, by
        Notice.objects.filter(about=self.pk).stop(at)
