"""What rooms offer one another without importing one another. Imports nothing of ours.

A room answers in its offers.py, which its `ready()` imports:

    @between.handover.offer
    def open_work(user, asked_by):
        yield between.Work(key="cases", what=_("2 open cases"), takers=…, give=…)

and whoever asks gets everybody's answers, without knowing who they are: `between.handover(user, asked_by=me)`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


class Question:
    """Something that one package asks and any other may answer."""

    def __init__(self, about):
        self.__doc__ = about
        self.answers = []

    def offer(self, answer):
        self.answers.append(answer)
        return answer

    def __call__(self, *args, **kwargs):
        return [given for answer in self.answers for given in answer(*args, **kwargs)]


@dataclass(frozen=True)
class Work:
    """Something somebody holds that needs somebody else when they go.

    `what` is read by an administrator who may not see a case: a count of what they may know of, never
    a name or a word of one. Empty: they may know of nothing, and are asked nothing; it moves all the same.
    """

    key: str  # unique among all work of one person: it names the field of the form
    what: str
    takers: Iterable  # users who may take it, best first
    give: Callable  # give(taker or None, by=user), inside the event of whoever calls


@dataclass(frozen=True)
class Line:
    """One line of a summary: a number, and where whoever reads it finds what it counts."""

    what: str
    count: int
    url: str = ""


related = Question(
    "related(relationship, by): somebody turns out to belong to this child; what is told, nobody answers"
)
not_to_ring = Question("not_to_ring(user): people whom no page offers this person to ring, for as long as that lasts")
opens_records = Question("opens_records(user): whether this person sees another person's case, whatever their posts")
handover = Question("handover(user, asked_by): the Work that this person holds, and who may take it")
week = Question("week(user, at): the Lines of the weekly summary of this person of the DSO line, of what they may see")
