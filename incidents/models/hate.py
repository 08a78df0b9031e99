"""Whether hate or discrimination played a part, and against what (S12): an abstract part of `Case`."""

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.audit.transitions import ANY, transition
from harmony.encryption.fields import EncryptedTextField

from .. import access


class Hate(models.TextChoices):
    NO = "no", _("No")
    MAYBE = "maybe", _("Maybe: they, or somebody who saw it, think so")
    YES = "yes", _("Yes")


class Ground(models.TextChoices):
    RACE = "race", _("Race, colour or where they come from")
    FAITH = "faith", _("Faith or belief")
    DISABILITY = "disability", _("Disability")
    SEX = "sex", _("Sex, or being a girl or woman")
    LOVE = "love", _("Who they love")
    GENDER = "gender", _("Being trans")
    OTHER = "other", _("Something else")


class Hated(models.Model):
    hate = models.CharField(max_length=5, choices=Hate, blank=True, default="")
    hate_grounds = EncryptedTextField(blank=True, default="")  # codes with spaces between
    hate_why = EncryptedTextField(blank=True, default="")

    class Meta:
        abstract = True

    @property
    def hate_in_words(self):
        """ "Yes. Race, colour or where they come from", or "" where nobody has said."""
        if not self.hate:
            return ""
        grounds = [str(Ground(one).label) for one in self.hate_grounds.split()]
        return (
            ". ".join([str(self.get_hate_display()), "; ".join(grounds)]) if grounds else str(self.get_hate_display())
        )

    @transition(source=ANY, to=None, may=access.may_work, done=_("said whether hate played a part"))
    def say_hate(self, hate, hate_grounds, hate_why, *, by, at):
        """Whoever was harmed, or saw it, and thinks so is enough to say maybe."""
        self.hate, self.hate_grounds, self.hate_why = hate, hate_grounds, hate_why
        self._log(_now("Hate or discrimination: %(what)s.") % {"what": self.hate_in_words}, hate_why, by, at)
