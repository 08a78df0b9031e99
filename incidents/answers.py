"""A report's questions and answers in words. Every page and every paper that shows a report asks here.

answers(report)  to its author, as they answered
details(report)  to whoever works the case: all but the three texts, which have places of their own there
"""

from dataclasses import dataclass

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from harmony.look.words import clock_time, day, hour
from harmony.people.models import Membership

from .kinds import Setting, doors_of
from .models.reports import UNLISTED
from .named import read
from .who import posts_of


@dataclass(frozen=True)
class Answer:
    step: str  # the page that asks it
    question: str
    words: str
    fields: str  # of the report, with spaces between


def every(report):
    return [*_first(report), *_details(report)]


def answers(report):
    """(question, answer) of all that was answered, in the order of the pages."""
    return [(one.question, one.words) for one in every(report) if one.words]


def details(report):
    """Whom it is about and everything else that was answered, in the words of whoever works the case."""
    return [(question, words) for question, words in [*_at_a_glance(report), *_more(report)] if words]


def about(report):
    """Which of us it is about, each with what they were here on the day it was sent. Only for whoever may open the case."""
    people = report.about
    posts = posts_of(people, localdate(report.filed_at))
    kinds = _kinds_of(people, localdate(report.filed_at)) if people else {}
    found = [", ".join([user.name, *(posts.get(user.pk) or kinds.get(user.pk, []))]) for user in people]
    return found + ([_("Somebody who is not on the list of our people")] if _is_unlisted(report) else [])


def _kinds_of(people, on):
    """{user id: what they are here}: "staff", "volunteer, parent or carer"."""
    kinds = {}
    for one in Membership.objects.standing(on).filter(user__in=people):
        kinds.setdefault(one.user_id, []).append(one.get_kind_display().lower())
    return kinds


def _is_unlisted(report):
    return UNLISTED in report.named.split()


def _at_a_glance(report):
    yield _("Concerns"), report.who
    yield _("About one of us"), _("Yes") if report.about_us else _("No")
    if report.about_us:
        yield _("The person the concern is about"), "\n".join(about(report))
    yield _("In danger"), report.get_danger_display()
    yield from ((one.question, one.words) for one in _rang(report))
    yield _("Reported by"), f"{report.by_whom}, {clock_time(report.filed_at)}"
    if report.is_told_by_another:
        yield from _of_a_teller(report)
    if thread := getattr(report, "thread", None):
        yield from _of_a_thread(thread)
    else:
        yield _("Begun"), clock_time(report.started_at)


def _teller(report):
    """To whoever wrote it down: all that they wrote of who told them."""
    at = report.teller_at
    return [
        Answer("teller", _("Who told you"), report.teller or _("No name written"), "teller"),
        Answer("teller", _("Who they are to the young person"), report.teller_is, "teller_is"),
        Answer("teller", _("How to reach them"), report.teller_reach, "teller_reach"),
        Answer("teller", _("When they told you"), clock_time(at) if at else "", "teller_at"),
        Answer("teller", _("What they said"), report.teller_words, "teller_words"),
    ]


def _of_a_teller(report):
    """Whose account it is. Their name and where to reach them stand in the case, never here: papers leave the house."""
    yield _("Whose account it is"), _("Told by somebody else. %(name)s wrote it down.") % {"name": report.by_whom}
    yield _("Who they are to the young person"), report.teller_is
    yield _("When they told it"), clock_time(report.teller_at) if report.teller_at else ""
    yield _("What they said"), report.teller_words
    if report.teller or report.teller_reach:
        yield _("Who told it"), _("Written in the case, and not printed.")


def _of_a_thread(thread):
    """How it is safe to answer whoever wrote from outside (N18), for all who read the case and for its papers.

    Their name, and the word by which they know that it is us, are for those who write to them, and on no paper.
    """
    yield _("Their age"), thread.get_age_display()
    yield _("When it is not safe to answer"), thread.safe_times
    yield _("Who must not find out"), thread.must_not_know
    if thread.name or thread.call_back:
        yield _("Their name"), _("They gave one. It stands on the page Write to them, and is not printed.")


def _more(report):
    return ((one.question, one.words) for one in _details(report))


def _rang(report):
    """Who rang 999, when, and the number they were given. Where there is danger, that nothing is known of it is said too."""
    at, number = report.told_999_at, report.told_999_number
    unknown = _("Nothing written") if report.is_dangerous and not (at or number) else ""
    return [
        Answer("call_999", _("Who rang 999"), report.told_999 or unknown, "told_999"),
        Answer("call_999", _("When 999 was rung"), clock_time(at) if at else "", "told_999_at"),
        Answer("call_999", _("The number that 999 gave"), number, "told_999_number"),
    ]


def _first(report):
    named = [user.name for user in report.about]
    if _is_unlisted(report):
        named.append(_("somebody who is not on the list"))
    return [
        Answer("danger", _("In danger now"), report.get_danger_display(), "danger"),
        *(_rang(report) if report.is_dangerous else ()),
        Answer("about_us", _("About one of us"), _("Yes") if report.about_us else _("No"), "about_us"),
        Answer("which_of_us", _("Who it is about"), ", ".join(named) if report.about_us else "", "named"),
        *(_teller(report) if report.is_told_by_another else ()),
        Answer("who", _("Who you are worried about"), report.who, "who"),
        Answer("what", _("What happened"), report.facts, "facts"),
        Answer("what", _("Their own words"), report.childs_words, "childs_words"),
        Answer("what", _("What you think"), report.view, "view"),
    ]


def _details(report):
    return [
        Answer("others", _("Who else is part of it"), "\n".join(str(one) for one in read(report.others)), "others"),
        Answer("others", _("How it is known"), report.get_how_known_display(), "how_known"),
        Answer("others", _("The young person knows of this report"), report.get_child_knows_display(), "child_knows"),
        Answer("when", _("When"), when_it_was(report), "happened_on happened_time"),
        Answer("when", _("Still going on"), report.get_is_going_on_display(), "is_going_on"),
        Answer("when", _("Where"), "\n".join(filter(None, [_settings(report), report.place])), "settings place"),
        Answer("when", _("App, game or site"), report.platform, "platform"),
        Answer("when", _("Username of the other person"), report.handle, "handle"),
        Answer("when", _("Wifi, device or account"), report.get_network_display(), "network"),
        Answer("rule", _("Which rule was not kept"), report.rule, ""),
        Answer("kind", _("Kind of worry"), "\n".join(str(door.says) for door in doors_of(report.doors)), "doors"),
        Answer("kind", _("How worried the writer is"), report.get_worry_display(), "worry"),
        Answer("kind", _("A meeting is planned"), report.get_meeting_display(), "meeting"),
        Answer("kind", _("Nude or nearly nude images"), report.get_images_display(), "images"),
        Answer("told", _("What was asked"), report.asked, "asked"),
        Answer("told", _("Who was told already"), report.told_whom, "told_whom"),
        Answer("told", _("When they were told"), clock_time(report.told_at) if report.told_at else "", "told_at"),
    ]


def _settings(report):
    return ", ".join(str(Setting(code).label) for code in report.settings.split())


def when_it_was(report):
    """As much as its author knew: a day, a time, both or neither."""
    known = [day(report.happened_on)] if report.happened_on else []
    known += [hour(report.happened_time)] if report.happened_time else []
    return ", ".join(known)
