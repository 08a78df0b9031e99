"""A case in words, whole: what its pages show, its page to print and its PDF. From one place, so that no paper says less.

reported(case)         each report as it was sent: every answer, what was added, what its reporter was told
weighed(case)          what was decided at triage, each with its reason
followed(case)         the steps that its playbooks ask for, and how each stands
planned(case)          what the response plan says of each of those it is for, and the last review's test
looks(case, reader)    second looks, for whoever was asked
seen_by(case, reader)  who works it, with whom it is shared, who is kept out
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time, day
from harmony.people.access import may_see_relationships

from .answers import details
from .models import Case, Report, SecondLook
from .shared import everybody_it_is_shared_with
from .who import described


@dataclass(frozen=True)
class Reported:
    report: Report
    filed: str
    details: list  # (question, answer) of all but the three texts
    told: list = field(default_factory=list)  # (words, by whom, when): what its reporter was told
    support: str = ""  # when they asked for somebody to talk with, and whether they were told who will


def reported(case):
    """All the keys with one query."""
    more = ("addenda__author", "addenda__answers", "replies__author")
    reports = list(case.reports.select_related("author", "thread").prefetch_related(*more))
    threads = [one.thread for one in reports if hasattr(one, "thread")]
    said = [more for one in reports for more in [*one.addenda.all(), *one.replies.all()]]
    load_keys([case, *reports, *threads, *said])
    return [Reported(one, clock_time(one.filed_at), details(one), _told(one), _support(one)) for one in reports]


def _support(report):
    if not report.support_asked_at:
        return ""
    said = {"name": report.by_whom, "at": clock_time(report.support_asked_at)}
    asked = _("%(name)s asked for somebody to talk with, %(at)s.") % said
    if report.wants_support:
        return f"{asked} {_('Nobody has said yet who will.')}"
    return f"{asked} {_('They were told who will, %(at)s.') % {'at': clock_time(report.support_answered_at)}}"


def _told(report):
    return [said_to_reporter(one) for one in report.replies.all()]


def said_to_reporter(reply):
    """(words, by whom, when; whether they were asked something, and by when they hear more)."""
    asked = _("They were asked to answer.") if reply.asks else ""
    more = _("More by %(day)s.") % {"day": day(reply.more_on)} if reply.more_on else ""
    when = clock_time(reply.told_at)
    return reply.words, reply.author.name, " ".join(filter(None, [f"{when}." if asked or more else when, asked, more]))


def weighed(case):
    """(what was decided, why)."""
    if not case.triaged_at:
        return []
    level = {"level": case.get_triaged_as_display(), "kind": case.get_kind_display()}
    more = [
        (_("Also: %(kinds)s") % {"kinds": "; ".join(str(kind.label) for kind in case.secondary_kinds)}, "")
        if case.secondary
        else None,
        (_("Online risk: %(which)s") % {"which": case.four_c}, "") if case.four_c else None,
        (_("Caused by: %(whom)s") % {"whom": case.get_caused_by_display()}, ""),
        (_("Hate or discrimination: %(what)s") % {"what": case.hate_in_words}, case.hate_why) if case.hate else None,
    ]
    parents = _("Parents or carers told? %(answer)s") % {"answer": case.get_parents_display()}
    return [
        (_("%(level)s: %(kind)s") % level, case.rationale),
        *filter(None, more),
        (parents, case.parents_reason),
        (_("Refer it outside") if case.refer else _("Do not refer it outside"), case.refer_reason),
    ]


@dataclass(frozen=True)
class Followed:
    """A playbook, as the case keeps it."""

    code: str
    title: str
    version: int
    steps: list

    @property
    def settled(self):
        return sum(not step.is_open for step in self.steps)


def followed(case):
    """Every playbook that it follows, with its steps in order. Two queries."""
    steps, found = list(case.steps.owed().select_related("answered_by")), {}
    load_keys([case, *steps])
    for step in steps:
        kept = found.setdefault(step.playbook, Followed(step.playbook, step.title, step.version, []))
        kept.steps.append(step)
    return list(found.values())


def steps_in_words(case):
    """The same on paper: (playbook, [(step, how it stands, what came of it)])."""
    return [
        [f"{one.title} ({_('version %(number)d') % {'number': one.version}})", [_stands(step) for step in one.steps]]
        for one in followed(case)
    ]


def _stands(step):
    status = str(step.get_status_display())
    if step.is_open:
        return [step.words, status, ""]
    said = {"status": status, "name": step.answered_by.name, "at": clock_time(step.answered_at)}
    return [step.words, _("%(status)s: %(name)s, %(at)s") % said, step.result]


def planned(case):
    """(for whom, [what is done, or why nothing is needed]); then what the last review found."""
    actions, answers = list(case.actions.exclude(lens="").select_related("owner")), list(case.not_needed.all())
    load_keys([case, *actions, *answers])
    if case.advice:
        yield _("Advice was enough"), [case.advice]
    elif actions or answers or case.planned_at:
        for lens in case.lenses:
            done = [_done(one) for one in actions if one.lens == lens]
            because = [_("Nothing is needed: %(why)s") % {"why": one.because} for one in answers if one.lens == lens]
            yield str(lens.label), done or because or [_("Nothing is said yet.")]
    yield from ((question, [answer]) for question, answer in case.test_answers)


def _done(action):
    said = {"what": action.what, "status": action.get_status_display(), "name": action.owner.name}
    return _("%(what)s (%(name)s). %(status)s") % said


def ended(case):
    """The same of its end."""
    if case.status != Case.Status.CLOSED:
        return []
    agreed = [(_("%(name)s agreed") % {"name": case.close_agreed_by}, "")] if case.close_agreed_by else []
    end = (_("Closed: %(outcome)s") % {"outcome": case.get_outcome_display()}, case.closing_reason)
    return [end, *case.end_in_words(), *agreed]


def looks(case, reader):
    """What its reporters asked of somebody above, and the answer: for whoever was asked, never for who works it (N5)."""
    seen = SecondLook.objects.visible_to(reader).filter(report__case=case).exclude(report__author=reader)
    found = list(seen.select_related("report__author", "answered_by"))
    load_keys(found)
    return [_look(one) for one in found]


def _look(one):
    return {
        "by": one.report.by_whom,
        "of": str(one.get_asked_of_display()),
        "asked": clock_time(one.asked_at),
        "due": clock_time(one.due_at),
        "words": one.words,
        "answer": one.answer,
        "answered": _("%(name)s, %(at)s") % {"name": one.answered_by.name, "at": clock_time(one.answered_at)}
        if one.answered_at
        else "",
    }


def seen_by(case, reader):
    """Who can see it today, and who is kept out of it."""
    recusals = case.recusals.select_related("user").order_by("user__name")
    out = [(recusal, _because(recusal, reader)) for recusal in recusals]
    return {
        "line": described(case.line()),
        "shared": everybody_it_is_shared_with(case),
        "out": [(recusal.user.name, because) for recusal, because in out],
        "kept_out": out,
    }


def _because(recusal, reader):
    """That it is about them, everybody here can read. Whom somebody is close to, only whoever may see that anyway."""
    told = recusal.because == recusal.Because.NAMED or may_see_relationships(reader)
    return str(recusal.get_because_display()) if told else ""
