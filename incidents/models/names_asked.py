"""Whether a name in a case is that of somebody who works here: the answer of whoever works the case and is not them."""

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import ANY, Refused, transition
from harmony.encryption.fields import RootField, load_keys
from harmony.people.models import User

from .. import access
from ..named import read
from ..resembling import looks_like

# of a report: where names are typed
TYPED = ("who", "facts", "childs_words", "view", "place", "handle", "teller_words")


def names_typed_in(report):
    return [*(getattr(report, name) for name in TYPED), *(one.name for one in read(report.others))]


def resembling(report):
    """Who works here and looks like somebody whom this report names. (Whom it is about was chosen from a list.)"""
    return looks_like(names_typed_in(report), User.objects.active())


class NameAsked(Recorded):
    """Asked once of each person: it is them, and they are kept out; or it is somebody else of that name."""

    case = models.ForeignKey("incidents.Case", models.PROTECT, related_name="names_asked")
    root = RootField("case")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    is_them = models.BooleanField()

    guards = [
        Guard(
            on=("UPDATE", "DELETE"),
            refuse_when="1 = 1",
            say=gettext_noop("What was answered stays. Keep them out of the case if it was wrong."),
        )
    ]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="asked_once_of_a_name")]

    def __str__(self):
        return f"A name in {self.case}"


class AsksOfNames:
    """Part of Case: people here whose name looks like one that was typed in it."""

    def names_to_ask(self, reader):
        """Whom to ask about. Never of the reader: whether a name is theirs, others say."""
        people = list(self.people.all())
        reports = list(self.reports.all())
        load_keys([self, *people, *reports])
        typed = [text for one in people for text in (one.name, one.handle, one.notes)]
        typed += [text for report in reports for text in names_typed_in(report)]
        known = self.recusals.values("user").union(self.names_asked.values("user"))
        authors = {report.author_id for report in reports if report.author_id}
        others = User.objects.active().exclude(pk__in=known).exclude(pk__in={reader.pk, *authors})
        return looks_like(typed, others)

    @transition(source=ANY, to=None, may=access.may_work)
    def say_of_name(self, colleague, is_them, *, by, at):
        """It is them, and they are kept out from now on; or somebody else has that name."""
        if colleague.pk == by.pk:
            raise Refused(_now("Somebody else has to say whether this is you."))
        self.names_asked.get_or_create(user=colleague, defaults={"is_them": is_them})
        if is_them:
            self.keep_out([colleague])
            self._settle(at)
