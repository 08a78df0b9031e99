"""A case as it went, in one list: what was reported and added, each step, each entry with its corrections.

`timeline(case, …)` reads oldest first, as a chronology is printed; pages turn it round. Of several cases it is one list.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time, day, span

from .models import Case, ChronologyEntry, Report

SAME_TIME = timedelta(minutes=10)  # written down this soon counts as written at once


@dataclass
class Moment:
    at: datetime
    title: str
    by: str
    words: str = ""
    childs_words: str = ""
    view: str = ""
    tone: str = ""  # "key" for what tells the case at a glance, "system" for a step
    written_at: datetime | None = None  # where that was later than it happened
    report: Report | None = None
    kind: str = ""  # of an entry
    entry: ChronologyEntry | None = None
    gap: str = ""  # in words, how much later it was written down
    log: list = field(default_factory=list)  # of a contact or a welfare check: sentences
    case: Case | None = None
    due: str = ""  # of a review: when it should have been made, and how late it was
    additions: list = field(default_factory=list)  # corrections, as moments of their own

    @property
    def has_childs_words(self):
        return bool(self.childs_words) or any(more.childs_words for more in self.additions)


# what can be shown alone: its name in the address, its words, which moments
SHOWS = (
    ("all", gettext_lazy("Everything"), lambda moment: True),
    ("key", gettext_lazy("Key events"), lambda moment: moment.tone == "key"),
    ("decisions", gettext_lazy("Decisions"), lambda moment: moment.kind == "decision"),
    (
        "talks",
        gettext_lazy("Calls and meetings"),
        lambda moment: moment.kind in ("call", "meeting", "contact", "welfare"),
    ),
    ("welfare", gettext_lazy("Welfare checks"), lambda moment: moment.kind == "welfare"),
    ("files", gettext_lazy("Files kept elsewhere"), lambda moment: moment.kind == "file"),
    ("words", gettext_lazy("What the child said"), lambda moment: moment.has_childs_words),
)


def timeline(*cases):
    """Everything is read first, so that all the keys come with one query. However many cases: as many queries as of one."""
    reports = Report.objects.filter(case__in=cases).select_related("author").prefetch_related("addenda__author")
    entries = list(ChronologyEntry.objects.filter(case__in=cases).select_related("author"))
    load_keys([*cases, *reports, *(more for report in reports for more in report.addenda.all()), *entries])
    moments = []
    for case in cases:
        own = [one for one in reports if one.case_id == case.pk], [one for one in entries if one.case_id == case.pk]
        found = [*_reported(own[0]), *_steps(case), *_entries(own[1])]
        for moment in found:
            for one in (moment, *moment.additions):
                one.case = case
        moments += found
    return sorted(moments, key=lambda moment: moment.at)


def _reported(reports):
    for report in reports:
        yield Moment(
            report.filed_at,
            _("Concern reported"),
            report.by_whom,
            words=report.facts,
            childs_words=report.childs_words,
            view=report.view,
            tone="key",
            report=report,
        )
        for more in report.addenda.all():
            title = _("The reporter answered") if more.answers_id else _("The reporter added")
            yield Moment(more.added_at, title, more.by_whom, words=more.words)


def _steps(case):
    """What the case's own row knows. An earlier closing is an entry, written when it was reopened."""
    if case.acknowledged_at:
        yield Moment(case.acknowledged_at, _("First read"), case.acknowledged_by.name, tone="system")
    if case.triaged_at:
        title = _("Weighed: %(level)s. %(kind)s") % {"level": case.get_triaged_as_display(), "kind": case.label}
        yield Moment(case.triaged_at, title, case.triaged_by.name, words=case.rationale, tone="key", kind="decision")
    if case.closed_at:
        title = _("Closed: %(outcome)s") % {"outcome": case.get_outcome_display()}
        yield Moment(case.closed_at, title, case.closed_by.name, words=case.closing_reason, tone="key", kind="decision")


def _entries(entries):
    moments = {entry.pk: _moment(entry) for entry in entries}
    for entry in entries:
        if entry.adds_to_id:
            moments[entry.adds_to_id].additions.append(moments[entry.pk])
        else:
            yield moments[entry.pk]


def _moment(entry):
    later = entry.written_at - entry.happened_at > SAME_TIME
    is_childs = entry.kind == ChronologyEntry.Kind.CHILD
    return Moment(
        entry.happened_at,
        entry.get_kind_display(),
        entry.author.name,
        words="" if is_childs else entry.words,
        childs_words=entry.words if is_childs else "",
        tone="key" if entry.significant or entry.kind == ChronologyEntry.Kind.DECISION else "",
        written_at=entry.written_at if later else None,
        gap=span(entry.written_at - entry.happened_at) if later else "",
        log=contact_log(entry),
        kind=entry.kind,
        entry=entry,
        due=when_due(entry),
    )


def contact_log(entry):
    """What a contact or a welfare check says besides its words, sentence by sentence."""
    if not entry.with_whom:
        return []
    found = [
        _("With: %(whom)s") % {"whom": entry.with_whom},
        entry.get_how_display(),
        _("They were reached.") if entry.answered else _("They were not reached."),
        entry.get_seen_display(),
        _("How they were: %(words)s") % {"words": entry.how_they_were} if entry.how_they_were else "",
        _("Next: %(day)s") % {"day": day(entry.next_on)} if entry.next_on else "",
    ]
    return [str(one) for one in found if one]


def when_due(entry):
    """ "It was due Thursday 26 November 2026, 9:02am. Late by 3 days."; "" of what was not due."""
    if not entry.due_at:
        return ""
    due = _("It was due %(at)s.") % {"at": clock_time(entry.due_at)}
    return f"{due} {_('Late by %(span)s.') % {'span': span(entry.late_by)}}" if entry.late_by else due
