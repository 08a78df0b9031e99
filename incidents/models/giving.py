"""What is given to somebody: something to do in a case, and the case itself. An abstract part of `Case`."""

from django.db import models
from django.utils.translation import gettext as _now

from harmony.audit.transitions import ANY, Refused, transition

from .. import access
from ..news import lost
from ..reminders import ask


class Gives(models.Model):
    class Meta:
        abstract = True

    @transition(source={"submitted", "acknowledged", "triaged"}, to=None, may=access.may_work)
    def give(self, what, owner, due_on, lens="", *, by):
        """Give somebody something to do, by a day; `lens`: for whom of the plan (plans.py)."""
        if not access.may_be_asked(owner, self):
            raise Refused(_now("This person has no part in this case. Choose somebody else."))
        same = self.actions.open().filter(owner=owner, due_on=due_on)
        if not any(action.what == what for action in same):  # sent twice is given once
            ask(self.actions.create(what=what, owner=owner, due_on=due_on, lens=lens), by)

    @transition(source=ANY, to=None, may=access.may_hand_over)
    def hand_over(self, to, *, by, at):
        """To somebody who may work it; to nobody when this one may not: then whoever works it now hears."""
        self.owner = to if to and access.may_work(to, self) else None
        if not self.owner and self.status != "closed":
            lost(self, at)
