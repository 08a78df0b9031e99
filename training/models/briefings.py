"""A course of our own that is read here: a short text, and three questions that show it was understood."""

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Identified
from harmony.audit.transitions import NEW, Refused, transition

from .. import access
from .completions import Completion
from .courses import Version

QUESTIONS = (1, 2, 3)
STAYS = Guard(
    on=("UPDATE", "DELETE"),
    refuse_when="1 = 1",
    say=gettext_noop("People have read this, so it stays. Make a new version of the course instead."),
)


class Briefing(Identified):
    """The text of one version. It never changes: people have read it."""

    version = models.OneToOneField(Version, models.PROTECT, related_name="briefing")
    words = models.TextField(_("the text"))

    in_clear = {"words": "read by everybody who works here"}
    guards = [STAYS]

    def __str__(self):
        return f"Text of {self.version}"

    @transition(source=NEW, to=None, may=access.may_keep)
    def write(self, words, questions, *, by):
        """`questions`: three of (what is asked, three answers, which of them is right (1 to 3))."""
        self.words = words
        for number, (asks, answers, right) in zip(QUESTIONS, questions, strict=True):
            first, second, third = answers
            self.questions.create(number=number, asks=asks, first=first, second=second, third=third, right=right)

    def read_by(self, user, answers, *, by, at=None):
        """{question number: answer given}. Raises Refused unless all three are right; what was right is not told."""
        wrong = [one.number for one in self.questions.all() if answers.get(one.number) != one.right]
        if wrong:
            raise Refused(_("Not all three are right yet. Read it once more, and try again."))
        done = Completion(user=user, version=self.version, completed_on=localdate(at), how=Completion.How.READ)
        done.read(by=by, at=at)


class Question(Identified):
    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    asks = models.CharField(max_length=200)
    first = models.CharField(max_length=200)
    second = models.CharField(max_length=200)
    third = models.CharField(max_length=200)
    right = models.PositiveSmallIntegerField()

    in_clear = dict.fromkeys(("asks", "first", "second", "third"), "read by everybody who works here")
    guards = [STAYS]

    class Meta:
        ordering = ["briefing", "number"]
        constraints = [
            models.UniqueConstraint(fields=["briefing", "number"], name="one_question_a_number"),
            models.CheckConstraint(
                name="three_questions_of_three_answers", condition=models.Q(number__in=(1, 2, 3), right__in=(1, 2, 3))
            ),
        ]

    def __str__(self):
        return f"Question {self.number} of {self.briefing}"

    @property
    def answers(self):
        return [(1, self.first), (2, self.second), (3, self.third)]
