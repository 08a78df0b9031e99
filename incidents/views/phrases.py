"""What several pages say of people, of answers, and of whom to ring outside."""

from django.utils.translation import gettext as _

from harmony.look.words import day

from .. import access, steps
from ..models.reports import UNLISTED
from ..promises import outside

__all__ = ["answers", "described", "outside", "when_it_was"]


def described(people):
    """ "Amara Okafor, designated safeguarding officer", for each."""
    posts = access.posts_of(people)
    return [", ".join([user.name, *posts.get(user.pk, [])]) for user in people]


def answers(report, *, change=False):
    """Questions and answers as sent, for the check page and for its author later: (question, answer[, url, what])."""
    about = [user.name for user in report.about]
    if UNLISTED in report.named.split():
        about.append(_("somebody who is not on the list"))
    when = when_it_was(report)
    rows = [
        ("danger", _("In danger now"), report.get_danger_display(), True),
        ("call_999", _("999 was rung"), report.told_999, report.is_dangerous),
        ("about_us", _("About one of us"), _("Yes") if report.about_us else _("No"), True),
        ("which_of_us", _("Who it is about"), ", ".join(about), report.about_us),
        ("who", _("Who you are worried about"), report.who, True),
        ("what", _("What happened"), report.facts, True),
        ("what", _("Their own words"), report.childs_words, change or report.childs_words),
        ("what", _("What you think"), report.view, change or report.view),
        ("what", _("When"), when, change or when),
        ("what", _("Where"), report.place, change or report.place),
    ]
    said = [(name, question, words or _("Nothing written")) for name, question, words, shown in rows if shown]
    if not change:
        return [(question, words) for _name, question, words in said]
    return [(question, words, steps.NAMED[name].url(report), question) for name, question, words in said]


def when_it_was(report):
    """As much as its author knew: a day, a time, both or neither."""
    known = [day(report.happened_on)] if report.happened_on else []
    known += [f"{report.happened_time:%H:%M}"] if report.happened_time else []
    return ", ".join(known)
