"""Who is harmed here, and whether all are answered alike: what somebody said of themselves, if they wanted to (S12).

A table apart, each row a root of its own: no page of a case shows it, not even to whoever wrote it down. Figures alone are made
of it (fairness.py), for people who work no case.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from harmony.audit.models import Recorded
from harmony.audit.transitions import ANY, NEW, transition
from harmony.encryption.fields import EncryptedTextField

from .. import access
from .cases import Case

NOT_SAID = ("", _("They would rather not say, or were not asked"))
QUESTIONS = {
    "age": (_("How old are they?"), {"u11": _("Under 11"), "11": _("11 to 13"), "14": _("14 to 15"), "16": _("16 to 17"), "18": _("18 or over")}),
    "sex": (_("Are they a girl or a boy, a woman or a man?"), {"f": _("Girl or woman"), "m": _("Boy or man"), "o": _("Another answer")}),
    "ethnicity": (
        _("Which group do they say they belong to?"),
        {
            "asian": _("Asian or Asian British"),
            "black": _("Black, Black British, Caribbean or African"),
            "mixed": _("Mixed or several groups"),
            "white": _("White"),
            "other": _("Another group"),
        },
    ),
    "disability": (_("Do they have a disability, or need support to learn?"), {"yes": _("Yes"), "no": _("No")}),
}  # fmt: skip


class Monitoring(Recorded):
    """Of the person who was harmed in one case. The answers are codes of QUESTIONS; "" is not said."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    age = EncryptedTextField(blank=True)
    sex = EncryptedTextField(blank=True)
    ethnicity = EncryptedTextField(blank=True)
    disability = EncryptedTextField(blank=True)

    def __str__(self):
        return f"Answers {str(self.pk)[:8]}"

    @classmethod
    def of(cls, case):
        return cls.objects.filter(case=case).first() or cls(case=case)

    def take(self, *, by, at=None, **answers):
        """Written down for the first time, or anew in the place of what was there."""
        (self.keep if self._state.adding else self.replace)(**answers, by=by, at=at)

    @transition(source=NEW, to=None, may=access.may_refer)
    def keep(self, age, sex, ethnicity, disability, *, by):
        self.age, self.sex, self.ethnicity, self.disability = age, sex, ethnicity, disability

    @transition(source=ANY, to=None, may=access.may_refer)
    def replace(self, age, sex, ethnicity, disability, *, by):
        self.age, self.sex, self.ethnicity, self.disability = age, sex, ethnicity, disability
