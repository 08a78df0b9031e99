"""Whether it has stopped for good: the test of the last review (S29), an abstract part of `Case`.

It has not happened again, the child was asked, those who saw it were looked after, and what was learned is filed. Any
other answer begins the reviews anew: nothing is over because its time is.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.transitions import Refused, StateMoved, transition
from harmony.encryption.fields import EncryptedTextField
from harmony.people.models import User

from .. import access
from .timing import TRIAGED, clocks_at

GUARDS = [
    Guard(
        on=("INSERT", "UPDATE"),
        refuse_when="""NEW.tested_at IS NOT NULL AND (NEW.lasts_because = '' OR NEW.childs_view = ''
            OR NEW.bystanders_now = '' OR NEW.lessons = '')""",
        say=gettext_noop("Before a case counts as over for good, each question of the last review has an answer."),
    )
]
CONSTRAINT = models.CheckConstraint(
    name="tested_by_somebody_at_a_time",
    condition=Q(tested_at=None, tested_by=None)
    | Q(tested_at__isnull=False, tested_by__isnull=False, view_asked__isnull=False),
)


class Lasting(models.Model):
    tested_at = models.DateTimeField(null=True, blank=True)  # it was found to have stopped for good
    tested_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    lasts_because = EncryptedTextField(blank=True)  # how that is known
    view_asked = models.BooleanField(_("asked the child how they see it"), null=True, blank=True)
    childs_view = EncryptedTextField(blank=True)  # what they said, or why they were not asked
    bystanders_now = EncryptedTextField(blank=True)
    lessons = EncryptedTextField(blank=True)  # and where they are filed

    class Meta:
        abstract = True

    def next_is_last(self, at):
        """Whether a review held now is the last one, by the times of its level."""
        return not self.tested_at and not clocks_at(at).reviewed(
            self.severity, self.review_due, reviews_from=self.reviews_from, at=at
        )

    @transition(source=TRIAGED, to=None, may=access.may_work, done=_("held the last review"))
    def review_for_good(
        self,
        words,
        is_over,
        lasts_because="",
        view_asked=None,
        childs_view="",
        bystanders_now="",
        lessons="",
        *,
        by,
        at,
    ):
        """The last review. Is it over for good? Where it is not, or nobody is sure, the reviews begin again from now."""
        if self.tested_at:
            if (self.tested_by_id, self.lasts_because) == (by.pk, lasts_because):
                return  # sent twice is held once
            raise StateMoved(_now("The last review has been held."))
        if not self.planned_at:
            raise Refused(_now("Agree the plan first. Then it can be said whether it worked."))
        if not self.next_is_last(at):
            raise Refused(_now("This is not the last review yet. Whether it is over for good is asked then."))
        due = self.review_due
        self.reviewed_at, self.reviewed_by, self.review_due = at, by, None
        self._stop(at, "review")
        if is_over:
            self.tested_at, self.tested_by, self.lasts_because = at, by, lasts_because
            self.view_asked, self.childs_view = view_asked, childs_view
            self.bystanders_now, self.lessons = bystanders_now, lessons
        else:
            self._advice_is_not_enough(at)
            self._begin_reviews(at)
        self._enter("review", "\n\n".join([words, *self._test_in_words(is_over)]), by, at, due_at=due)

    @property
    def test_answers(self):
        """(question, answer) of the test, in the order of the form; nothing where it was not passed."""
        if not self.tested_at:
            return []
        return [
            (_now("How we know that it has not happened again"), self.lasts_because),
            self.view_in_words,
            (_now("Those who saw it"), self.bystanders_now),
            (_now("What we learned, and where it is filed"), self.lessons),
        ]

    @property
    def view_in_words(self):
        """(what it is, the words): what the child says, or why they were not asked."""
        said = _now("How the child sees it") if self.view_asked else _now("The child was not asked, because")
        return said, self.childs_view

    def _test_in_words(self, is_over):
        if not is_over:
            yield _now("It is not over for good. The reviews start again from today.")
            return
        yield _now("It is over for good.")
        for question, answer in self.test_answers:
            yield f"{question}: {answer}"

    def _forget_the_test(self):
        """It has begun again, or weighs more than was thought: what was found before stands in the chronology."""
        self.tested_at = self.tested_by = self.view_asked = None
        self.lasts_because = self.childs_view = self.bystanders_now = self.lessons = ""
