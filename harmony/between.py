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


@dataclass(frozen=True)
class Prefilled:
    """What another room writes into a new report; its author reads it, changes it and sends it, or not."""

    answers: dict  # of the report's own questions
    says: str  # one sentence above the first question


@dataclass(frozen=True)
class Lapse:
    """What somebody's role asks them to have learned, and has run out."""

    what: str
    last_day: object  # a date


@dataclass(frozen=True)
class BeforeBegin:
    """Something that somebody new must have done before they may work with young people."""

    user: object  # the key of whom
    what: str
    is_done: bool


@dataclass(frozen=True)
class CaseLabel:
    reference: str
    url: str


@dataclass(frozen=True)
class Proof:
    """Whether one promise of the policy statement is kept now, found by a rule, with the sentence that says why."""

    of: str  # "S22"
    tone: str  # "green", "amber" or "red"
    says: str
    url: str = ""  # where whoever reads it finds the evidence


@dataclass(frozen=True)
class Clause:
    """One sentence of a policy in force that staff are held to, as it is cited when somebody did not keep to it (S15)."""

    words: str
    where: str  # "Staff and volunteer code of conduct, version 2, clause 4"
    token: str  # for `prefill`: a report that cites it


@dataclass(frozen=True)
class Plain:
    """A public policy in force, in the plain words that one audience reads: the title, and HTML that is safe on a page."""

    title: str
    html: str


@dataclass(frozen=True)
class Rule:
    """A rule that the code keeps, and what it rests on: codes of guidance (organisation/national.py), or of promises (S32).

    One that rests on nothing fails a system check (S3).
    """

    code: str  # as our list of rules counts them: "R11"
    says: str  # lazy: in one sentence
    rests_on: tuple


@dataclass(frozen=True)
class KeptFor:
    """A class of records: how long they are kept, counted from what, and why. Words are lazy and made for a page."""

    code: str
    what: str
    years: float | None  # None: for ever
    counted_from: str
    why: str  # one without a reason fails a system check
    rests_on: tuple  # codes of guidance (organisation/national.py)


@dataclass(frozen=True)
class OwnFact:
    """What this system knows of its own safety: a sentence of counts and days."""

    says: str
    is_well: bool | None = None  # None: whoever reads it judges


@dataclass(frozen=True)
class Citation:
    """Something that rests on a source of guidance, and where it is looked at again."""

    what: str
    url: str = ""


related = Question(
    "related(relationship, by): somebody turns out to belong to this child; what is told, nobody answers"
)
not_to_ring = Question("not_to_ring(user): people whom no page offers this person to ring, for as long as that lasts")
opens_records = Question("opens_records(user): whether this person sees another person's case, whatever their posts")
channel_stopped = Question(
    "channel_stopped(channel, at): a channel is no longer approved; what is told, nobody answers"
)
prefill = Question("prefill(token, user): what this link writes into a new report, where this person may know of it")
about_child = Question(
    "about_child(young_person, user): Lines to what is written about them elsewhere, for whoever may know of it"
)
learn = Question("learn(user): where this person writes down what was learned, for whoever keeps lessons")
plain = Question("plain(audience): the Plain of each public policy in force, for “young” or “parents”")
clauses = Question("clauses(code): each Clause of the code of conduct in force that keeps this promise (“S25”)")
case_label = Question(
    "case_label(reference, user): the CaseLabel of a case that this person may see; of others nothing"
)
before_they_begin = Question(
    "before_they_begin(users, at): a BeforeBegin of each of these people, for each thing kept here that comes first"
)
competence = Question("competence(user, at=None): the Lapses of this person’s role training (N13)")
handover = Question("handover(user, asked_by): the Work that this person holds, and who may take it")
facts = Question(
    "facts(since, until): Lines of what happened between two days, for the review of policies: counts alone"
)
retention_classes = Question("retention_classes(): a KeptFor for each class of records that is kept here")
erased = Question(
    "erased(roots, by, at): these keys were destroyed, now or again after a restore; what would name or open them goes too, "
    "nobody answers"
)
own_facts = Question("own_facts(at): the OwnFacts that a security review begins with; none names anybody")
rules = Question("rules(): every Rule that is kept here")
citations = Question(
    "citations(sources, user): (source, Citation) of what names one of these sources, as this person may see it"
)
proofs = Question(
    "proofs(user, at): a Proof of each promise kept here, of what this person may count (None: of what anybody may)"
)
week = Question("week(user, at): the Lines of the weekly summary of this person of the DSO line, of what they may see")
