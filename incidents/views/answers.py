"""A report's questions and answers in words: to be checked before it is sent, and read by its author later."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from harmony.look.words import clock_time, day

from .. import steps
from ..forms.details import WhenForm
from ..kinds import DOORS_NAMED
from ..models.reports import UNLISTED
from ..named import read


@dataclass(frozen=True)
class Answer:
    step: str  # the page that asks it
    question: str
    words: str


def answers(report):
    """(question, answer) of all that was answered, in the order of the pages."""
    return [(one.question, one.words) for one in _all(report) if one.words]


def details(report):
    """What else was answered, for whoever works the case; the first answers have places of their own there."""
    return [(one.question, one.words) for one in _details(report) if one.words]


def to_check(report):
    """The pages before the words of what happened, and those after: (question, answer, url, what to change)."""
    first, more = [], []
    for step in steps.STEPS:
        rows = [one for one in _all(report) if one.step == step.name and one.words]
        if not rows and not step.number:
            rows = [Answer(step.name, step.title, _("Nothing yet"))]
        change = f"{step.url(report)}?from=check"
        into = first if step.number else more
        into += [(one.question, one.words, change, one.question) for one in rows if step.name != "what"]
    return first, more


def _all(report):
    return [*_first(report), *_details(report)]


def _first(report):
    about = [user.name for user in report.about]
    if UNLISTED in report.named.split():
        about.append(_("somebody who is not on the list"))
    rang = report.told_999 or _("Nothing written")
    return [
        Answer("danger", _("In danger now"), report.get_danger_display()),
        Answer("call_999", _("999 was rung"), rang if report.is_dangerous else ""),
        Answer("about_us", _("About one of us"), _("Yes") if report.about_us else _("No")),
        Answer("which_of_us", _("Who it is about"), ", ".join(about) if report.about_us else ""),
        Answer("who", _("Who you are worried about"), report.who),
        Answer("what", _("What happened"), report.facts),
        Answer("what", _("Their own words"), report.childs_words),
        Answer("what", _("What you think"), report.view),
    ]


def _details(report):
    return [
        Answer("others", _("Who else is part of it"), "\n".join(str(one) for one in read(report.others))),
        Answer("others", _("How it is known"), report.get_how_known_display()),
        Answer("others", _("The young person knows of this report"), report.get_child_knows_display()),
        Answer("when", _("When"), when_it_was(report)),
        Answer("when", _("Still going on"), report.get_is_going_on_display()),
        Answer("when", _("Where"), "\n".join(filter(None, [_settings(report), report.place]))),
        Answer("when", _("App, game or site"), report.platform),
        Answer("when", _("Username of the other person"), report.handle),
        Answer("when", _("Wifi, device or account"), report.get_network_display()),
        Answer("kind", _("Kind of worry"), "\n".join(str(door.says) for door in doors_of(report))),
        Answer("kind", _("How worried the writer is"), report.get_worry_display()),
        Answer("kind", _("A meeting is planned"), report.get_meeting_display()),
        Answer("kind", _("Nude or nearly nude images"), report.get_images_display()),
        Answer("told", _("What was asked"), report.asked),
        Answer("told", _("Who was told already"), report.told_whom),
        Answer("told", _("When they were told"), clock_time(report.told_at) if report.told_at else ""),
    ]


def doors_of(report):
    return [DOORS_NAMED[code] for code in report.doors.split()]


def _settings(report):
    labels = dict(WhenForm.base_fields["settings"].choices)
    return ", ".join(str(labels[code]) for code in report.settings.split())


def when_it_was(report):
    """As much as its author knew: a day, a time, both or neither."""
    known = [day(report.happened_on)] if report.happened_on else []
    known += [f"{report.happened_time:%H:%M}"] if report.happened_time else []
    return ", ".join(known)
