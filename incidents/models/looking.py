"""The step of a report that goes past whoever answered it (N5), apart from the others so that both can be read."""

from django.utils.translation import gettext as _now

from harmony.audit.transitions import Refused, StateMoved, transition
from harmony.notifications.telling import tell
from harmony.organisation.worktime import working_time
from harmony.people import rota
from harmony.people.models import User

from .. import access, lines
from .numbers import current


class LooksAgain:
    """Part of Report: its author is not happy with the answer (see second_looks.py)."""

    @transition(source={"filed"}, to=None, may=access.may_ask_above)
    def ask_above(self, words, *, by, at):
        """The next one up who has no part in it reads these words and the case. Whoever works it reads neither words nor name."""
        if last := self.looks.last():
            if last.words == words:
                return  # sent twice is asked once
            if not last.answered_at and last.due_at > at:  # late, it goes one further up
                raise StateMoved(_now("Somebody above is looking at it already. Their answer will stand here."))
        post = lines.next_above(self.case, by)
        if not post:
            raise Refused(_now("Nobody here is left to ask. Ring one of the numbers on this page."))
        numbers = current()
        due_at = working_time(numbers.opens).add(at, numbers.second_look.span)
        look = self.looks.create(asked_of=post, words=words, asked_at=at, due_at=due_at)
        type(self.case).objects.filter(pk=self.case_id).update(second_look=post)
        people = list(User.objects.holding(post).exclude(pk__in=self.case.recusals.values("user")))
        people = rota.present(people, at) or people
        tell("look", look, people, clock="second_look", sentence="second_look", due=due_at, at=at)
