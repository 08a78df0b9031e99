"""What somebody in a case wants, in their own words: asked when, by whom, and again at each review (S28, S10).

A child's wish does not decide what is done, and is never left out. An adult who was harmed decides, as far as they can.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import NEW, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.people.models import User

from .. import access
from .cases import Case
from .people import CasePerson
from .searched import VOICE


class VoiceQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(case__in=Case.objects.visible_to(user))


class Voice(Recorded):
    """One asking: what they said, or why they were not asked."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="voices")
    root = RootField("case")
    person = models.ForeignKey(CasePerson, models.PROTECT, related_name="voices")
    asked = models.BooleanField(_("they were asked"))
    words = EncryptedTextField()  # what they want, as they said it; or why they were not asked
    asked_by = EncryptedTextField(blank=True)  # whoever asked: a colleague, or somebody outside whom they trust
    asked_at = models.DateTimeField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = VoiceQuerySet.as_manager()
    searched = VOICE
    guards = [
        Guard(
            on=("UPDATE", "DELETE"),
            refuse_when="1 = 1",
            say=gettext_noop("What somebody said stays as it was written. Ask again, and write that."),
        ),
        Guard(
            on=("INSERT",),
            refuse_when="""NOT EXISTS (
                SELECT 1 FROM incidents_caseperson WHERE id = NEW.person_id AND case_id = NEW.case_id)""",
            say=gettext_noop("Somebody of the same case is asked."),
        ),
    ]

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(name="asked_before_it_is_written", condition=Q(asked_at__lte=models.F("written_at")))
        ]

    def __str__(self):
        return f"Voice in {self.case}"

    @transition(source=NEW, to=None, may=access.may_refer, done=_("asked what they want"))
    def hear(self, words, asked_by, happened_at, *, by, at):
        """Their words, by whom they were asked, and when."""
        self._keep(True, words, asked_by, happened_at, by, at)
        if self.person.is_adult:
            head = _now("%(name)s, asked what they want by %(asker)s:")
            words = f"{head % {'name': self._called, 'asker': asked_by}}\n\n{words}"
        self.case.write("note" if self.person.is_adult else "child", words, happened_at, significant=True, by=by, at=at)

    @transition(source=NEW, to=None, may=access.may_refer, done=_("said why they were not asked"))
    def pass_over(self, words, *, by, at):
        """Not asked this time, and why: asking may be left to the police, or they may want to be left alone."""
        self._keep(False, words, "", at, by, at)
        head = _now("%(name)s was not asked what they want:") % {"name": self._called}
        self.case.write("note", f"{head}\n\n{words}", at, significant=True, by=by, at=at)

    @property
    def _called(self):
        return self.person.name or self.person.handle

    def _keep(self, asked, words, asked_by, asked_at, by, at):
        self.asked, self.words, self.asked_by, self.asked_at = asked, words, asked_by, asked_at
        self.written_by, self.written_at = by, at
