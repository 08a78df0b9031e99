"""The stories of the demo: a report and the steps that follow it, each taken through the product's own steps.

They lie in stories/*.toml, so that somebody who knows safeguarding can read and better them without Python.
"""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from random import Random
from uuid import uuid4

from django.utils.timezone import localtime

from incidents.access import may_agree_to_close
from incidents.models import Allegation, ChronologyEntry, Report
from incidents.models.timing import FROM_HIGH_UP
from incidents.threshold import CRITERIA

from .clock import later, moment
from .outside import TellsOutside

FILES = Path(__file__).parent / "stories"
ENTRIES = set(ChronologyEntry.Kind.values) - {"review", "file", "welfare"}  # which have forms of their own
SIGNIFICANT = {"decision", "child"}
AS_USUAL = (  # a review in the same words as the one before is taken for the same one
    "Review, as planned. What was agreed is being done, and nothing new was heard. It goes on as it is.",
    "Review with whoever works with them. It is calmer than it was. The plan stands until the next one.",
)
PLANNED = {  # for whom a story plans nothing of its own
    "affected": "They are safe, and somebody whom they trust sees them each week. Nothing more for now.",
    "bystander": "Nobody else saw it or got it, as far as we know.",
    "ours": "Our rules covered it. It is talked over at the next team meeting, without names.",
    "caused": "Home and school work with them, and we have told both what we saw.",
}
ADVISED = "We talked it through with them and with home: what to do if it comes again, and whom to tell."
OVER = {  # what the last review found, where a story does not tell
    "lasts_because": "Nothing of the kind has come to us or to home since, and they told us so themselves.",
    "view_asked": True,
    "childs_view": "It's over. I don't think about it much now.",
    "bystanders_now": "Nobody who saw it has spoken of it again. They know whom to come to.",
    "lessons": "It is in the plan for the term's sessions, and in the notes of the team meeting.",
}
# the end of a case, where a story does not tell it
CHILDS_VIEW = "Asked on the last day. They said that it is all right now, and that it can be closed."
NOT_SERIOUS = "Talked over with the chair: nobody came to serious harm here, and our rules were followed."
EARLY = "They want it closed. Those who see them every week watch, and anything new opens it again."
LADO, NOT_SO = "Northbrook Designated Officer", "Nothing that is known speaks for it."
IN_TIME = timedelta(hours=2)  # before a review is due
WORDS = (
    *("danger", "told_999", "told_999_number", "who", "facts", "childs_words", "view", "place", "platform", "network"),
    *("how_known", "teller", "teller_is", "teller_reach", "teller_words"),
)


@dataclass
class Story:
    """What a file says. `by`, `worked_by` and `about` are first names of the cast; `filed` is read by clock.py."""

    key: str
    by: str
    worked_by: str
    filed: str
    who: str
    facts: str
    danger: str = "no"
    told_999: str = ""
    told_999_number: str = ""
    rang: int | None = None  # 999: minutes before it was filed
    about: list = field(default_factory=list)
    childs_words: str = ""
    view: str = ""
    place: str = ""
    platform: str = ""
    network: str = ""
    how_known: str = ""
    teller: str = ""  # whose account it is, where somebody wrote it down for them
    teller_is: str = ""
    teller_reach: str = ""
    teller_words: str = ""
    heard: int | None = None  # from them: minutes before it was filed
    happened: int = 20  # minutes before it was filed
    late: str = ""  # in words, where a clock was missed; empty where practice was as it should be
    step: list = field(default_factory=list)

    def timed(self, now):
        """(when filed, [(moment, step)]). A step without `after` follows ten minutes after the one before."""
        filed_at = at = moment(self.filed, now)
        steps = []
        for step in self.step:
            at = later(step["after"], filed_at) if "after" in step else at + timedelta(minutes=10)
            steps.append((at, step))
        return filed_at, steps


def load(name):
    """The stories of one file, as plain values. A line break in a text is a space, an empty line a paragraph."""
    return _joined(tomllib.loads((FILES / name).read_text())["story"])


def named():
    """The stories that are told once: the twelve of the demo, and the edges."""
    return [Story(**told) for name in ("twelve.toml", "edges.toml") for told in load(name)]


def pasted():
    """A whole evening of a chat, four thousand words of it, with what matters in its middle."""
    chance = Random(13)
    members = ("Rhodri L", "Anwen H", "Ben S", "Connor D", "Jasmin E", "Ella W", "Bilal Y", "Zainab Q")
    said = (FILES / "paste.txt").read_text().splitlines()
    hidden = (FILES / "paste_hidden.txt").read_text().splitlines()
    lines = [f"{chance.choice(members)}: {line}" for _evening in range(5) for line in chance.sample(said, len(said))]
    middle = len(lines) // 2
    return "\n".join([*lines[:middle], *(line.replace("|", ": ") for line in hidden), *lines[middle:]])


def tell(story, cast, young, told, traces, now):
    """File the report and take every step; `told` keeps the case, so that later ones may cite it."""
    filed_at, steps = story.timed(now)
    traces.came(cast[story.by], filed_at - timedelta(minutes=9))
    report = _file(story, filed_at, cast)
    telling = told[story.key] = Telling(report, cast, young, told)
    for at, step in steps:
        details = {name: telling.cited(value) for name, value in step.items() if name not in ("does", "by", "after")}
        by = cast[step.get("by", story.worked_by)]
        telling.plan_before(at, step["does"], by=cast[story.worked_by])
        for reviewed_at, words in zip(telling.reviews_until(at, step["does"]), cycle(AS_USUAL), strict=False):
            traces.left(cast[story.worked_by], telling.case, reviewed_at)
            telling.review(words, by=cast[story.worked_by], at=reviewed_at)
        if step["does"] == "review":
            at = min(at, telling.case.review_due - IN_TIME)
        traces.left(by, telling.case, at)
        telling.take(step["does"], by=by, at=at, **details)
    telling.plan_before(now, "", by=cast[story.worked_by])
    traces.left_by_readers(telling.case)


def _file(story, filed_at, cast):
    began = filed_at - timedelta(minutes=6)
    happened = localtime(filed_at - timedelta(minutes=story.happened))
    words = {name: getattr(story, name) for name in WORDS}
    report = Report.begin(
        cast[story.by],
        uuid4(),
        started_at=began,
        saved_at=began,
        happened_on=happened.date(),
        happened_time=happened.time().replace(second=0, microsecond=0),
        told_999_at=_before(filed_at, story.rang),
        teller_at=_before(filed_at, story.heard),
        about_us=bool(story.about),
        named=" ".join(str(cast[name].pk) for name in story.about),
        **words | {"facts": words["facts"].replace("{paste}", pasted())},
    )
    report.file(by=cast[story.by], at=filed_at)
    return report


def _before(filed_at, minutes):
    return None if minutes is None else filed_at - timedelta(minutes=minutes)


def _joined(value):
    if isinstance(value, str):
        return "\n\n".join(" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", value.strip()))
    if isinstance(value, list):
        return [_joined(item) for item in value]
    return {name: _joined(item) for name, item in value.items()} if isinstance(value, dict) else value


class Telling(TellsOutside):
    """The steps that a story may name."""

    def __init__(self, report, cast, young, told):
        self.report, self.case, self.cast, self.young, self.told = report, report.case, cast, young, told
        self.actions = []

    def cited(self, value):
        """The text with {key of another story} as that case's reference."""
        if not isinstance(value, str):
            return value
        return re.sub(r"{([\w-]+)}", lambda cites: self.told[cites[1]].case.reference, value)

    def take(self, does, **details):
        if does in ENTRIES:
            self.write(kind=does, **details)
        else:
            getattr(self, does)(**details)

    def acknowledge(self, **step):
        self.case.acknowledge(**step)

    def triage(self, refer=False, parents_reason="", **weighed):
        self.case.triage(refer=refer, parents_reason=parents_reason, **weighed)

    def write(self, kind, words, significant=None, *, by, at):
        """Written down eight minutes after it happened. What the child said, and decisions, tell the case."""
        telling = kind in SIGNIFICANT if significant is None else significant
        self.case.write(kind, words, at, telling, by=by, at=at + timedelta(minutes=8))

    def check(self, *, by, at, **found):
        """A welfare check that reached them, written down eight minutes later."""
        said = {"kind": "welfare", "answered": True, "happened_at": at}
        self.case.log_contact(**said | found, by=by, at=at + timedelta(minutes=8))

    def action(self, what, owner, days, lens="", *, by, at):
        """An action for `owner`, due so many days later; `lens`: for whom of the plan."""
        due_on = localtime(at).date() + timedelta(days=days)
        self.case.give(what, self.cast[owner], due_on, lens, by=by, at=at)
        self.actions.append(self.case.actions.order_by("pk").exclude(pk__in=[one.pk for one in self.actions]).get())

    def finish(self, result, number=1, **step):
        """Finish the action with this number among those still open."""
        self.actions.pop(number - 1).finish(result, **step)

    def add(self, words, **step):
        self.report.add(words, **step)

    def tell(self, words, more_days=None, *, at, **step):
        """`more_days`: they hear more so many days later."""
        more_on = None if more_days is None else localtime(at).date() + timedelta(days=more_days)
        self.case.tell_reporter(words, more_on=more_on, at=at, **step)

    def statement(self, words, **step):
        """The reporter's answer to what they were asked last."""
        self.report.add(words, answers=self.report.replies.filter(asks=True).last(), **step)

    def ask_support(self, **step):
        self.report.ask_for_support(**step)

    def read(self, **step):
        self.case.read_additions(**step)

    def reviews_until(self, at, does):
        """When the reviews were made of which the story does not tell, before its next step; one that it tells may be late by hours."""
        slack = timedelta(days=1) if does == "review" else timedelta(0)
        made = None
        while self.case.status == "triaged" and (due := self.case.review_due) and made != due and due + slack < at:
            made = due
            yield due - IN_TIME

    def review(self, words, *, at, **step):
        if self.case.next_is_last(at):
            self.case.review_for_good(words, True, **OVER, at=at, **step)
        else:
            self.case.review(words, at=at, **step)

    def plan_before(self, at, does, *, by):
        """The plan of which the story does not tell: in time, and before its first review or its end."""
        case = self.case
        if case.status != "triaged" or case.planned_at or not case.plan_due:
            return
        in_time = case.plan_due - IN_TIME
        if in_time <= at or does in ("review", "close"):
            self.plan(by=by, at=max(case.triaged_at, min(in_time, at - timedelta(minutes=10))))

    def plan(self, *, by, at, **because):
        """For whom nothing is planned, `because` says why. Of level Low, advice is enough."""
        self.steps_done(0.5, by=by, at=at)
        if self.case.severity == "low":
            self.case.advise_only(ADVISED, by=by, at=at)
            return
        for lens in self.case.lenses_left():
            self.case.say_not_needed(lens, (PLANNED | because)[lens], by=by, at=at)
        self.case.agree_plan(by=by, at=at)

    def reweigh(self, **weighed):
        self.case.reweigh(**weighed)

    def person(self, part, name="", young="", *, by, at, **known):
        """Somebody with a part in it; `young` is the first name of a young person we know."""
        known = {"age": "", "handle": "", "notes": ""} | known
        self.case.add_person(part=part, name=name, young_person=self.young.get(young), by=by, at=at, **known)

    def screen(self, *, by, at, **answers):
        """The four questions about one of us: every one that the story does not answer is a no."""
        self.case.refresh_from_db()
        plain = dict.fromkeys(CRITERIA, "no") | {f"{name}_why": NOT_SO for name in CRITERIA}
        self.concern = Allegation(case=self.case)
        self.concern.screen(**plain | answers, by=by, at=at)

    def consult(self, lado_advice, may_tell="no", lado_reference="", *, by, at):
        said = {"lado_name": LADO, "lado_reference": lado_reference, "happened_at": at}
        self.concern.consult(lado_advice=lado_advice, may_tell=may_tell, **said, by=by, at=at + timedelta(minutes=8))

    def support(self, **step):
        self.concern.support(**step)

    def meanwhile(self, measure, measure_why, *, by, at, **considered):
        self.concern.decide_measure(considered, measure, measure_why, by=by, at=at)

    def conclude(self, **step):
        self.concern.conclude(**step)

    def ask_to_tell(self, person, **step):
        self.case.ask_to_tell(self.cast[person], **step)

    def duty(self, *, by, at, **said):
        """What somebody says to the duty that is theirs."""
        told_at = at - timedelta(minutes=25) if said["said"] != "none" else None
        self.case.duties.get(user=by).answer(**said, told_at=told_at, by=by, at=at)

    def share(self, person, **step):
        self.case.share(self.cast[person], why="She is the child’s key worker and needs the plan.", **step)

    def charity(self, **decided):
        self.case.decide_charity(**decided)

    def close(self, outcome, closing_reason, police="", childs_view=CHILDS_VIEW, early_why=EARLY, *, by, at):
        """By whoever leads it and, where two are needed, a second one an hour later; nobody left, and it waits."""
        case = self.case
        by = case.owner or by
        self.steps_done(by=by, at=at)
        if case.severity in FROM_HIGH_UP and case.charity is None:
            case.decide_charity(False, NOT_SERIOUS, by=by, at=at)
        police = police or ("no-action" if outcome == "police" else "none")
        ended = {"outcome": outcome, "closing_reason": closing_reason, "police_outcome": police}
        case.step_to_close(**ended, view_asked=True, childs_view=childs_view, early_why=early_why, by=by, at=at)
        seconds = [user for user in case.line() if may_agree_to_close(user, case)]
        if case.close_as and seconds:
            case.agree_to_close(by=seconds[0], at=at + timedelta(minutes=50))

    def redirect(self, why, to_whom, agreed_after="", *, by, at):
        """Passed on as not about safety; without `agreed_after` it still waits for its second look."""
        case = self.case
        case.redirect(to_whom, why=why, by=by, at=at)
        if agreed_after and (seconds := case.seconds(may_agree_to_close)):
            case.agree_to_redirect(by=seconds[0], at=later(agreed_after, at))
