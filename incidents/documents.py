"""What the room puts on paper: the whole chronology of one case, for those who work it, with a purpose."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmony.audit.events import plain
from harmony.audit.models import Entry, load_reasons
from harmony.documents import kinds
from harmony.documents.models import Export
from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time, day

from . import access
from .models import Case


def register():
    kinds.register(
        kinds.Kind(
            code="chronology",
            title=gettext_lazy("Chronology of a case"),
            label=lambda case: case.reference,
            records=Case.objects.visible_to,
            may=access.may_export,
            gather=gather,
            template="incidents/chronology_pdf.html",
            about=gettext_lazy(
                "The whole case: reports as they were sent, decisions with their reasons, every entry and action. "
                "It names children and adults."
            ),
            classification=gettext_lazy("Confidential: safeguarding"),
        )
    )


def gather(case, export, at):
    """Everything the pages show, in words."""
    return {
        "reference": case.reference,
        "phrase": str(case.label),
        "facts": facts(case, at),
        "reports": reports(case),
        "people": people(case),
        "decisions": decisions(case),
        "entries": entries(case),
        "actions": actions(case),
        "opened_by": opened_by(case),
        "exports": exports(case),
    }


def facts(case, at):
    unknown = _("Not decided yet")
    return [
        [_("Level"), case.get_severity_display() or unknown],
        [_("Kind of concern"), case.get_kind_display() or unknown],
        [_("Where it stands"), _("%(status)s, on %(day)s") % {"status": case.get_status_display(), "day": day(at)}],
        [_("About"), case.get_track_display()],
        [_("Initials"), case.initials or _("None given")],
        [_("Reported"), clock_time(case.filed_at)],
        [_("Said that it could not wait"), _("Yes, or the reporter was not sure") if case.pressing else _("No")],
        [_("Who works on it"), str(case.owner) if case.owner else _("Nobody yet")],
    ]


def reports(case):
    filed = list(case.reports.select_related("author").prefetch_related("addenda__author").order_by("filed_at"))
    load_keys(filed)
    return [report(one) for one in filed]


def report(filed):
    """As it was sent: the child's words and the writer's view stand apart."""
    return {
        "author": filed.author.name,
        "facts": [
            [_("Sent"), clock_time(filed.filed_at)],
            [_("Started"), clock_time(filed.started_at)],
            [_("When it happened"), when(filed)],
            [_("Where"), filed.place or _("Not given")],
            [_("Who it is about"), filed.who or _("Not given")],
            [_("Is anybody in danger now?"), filed.get_danger_display()],
            *([[_("Emergency call"), filed.told_999]] if filed.told_999 else []),
        ],
        "what": filed.facts,
        "childs_words": filed.childs_words,
        "view": filed.view,
        "addenda": [
            {"author": more.author.name, "at": clock_time(more.added_at), "words": more.words}
            for more in filed.addenda.all()
        ],
    }


def when(filed):
    """The day, and the time where it is known."""
    if not filed.happened_on:
        return _("Not given")
    if not filed.happened_time:
        return day(filed.happened_on)
    return f"{day(filed.happened_on)}, {filed.happened_time:%H:%M}"


def people(case):
    """Who has a part in it, as whoever works it has found out."""
    known = list(case.people.all())
    load_keys(known)
    return [
        {
            "name": one.name or one.handle,
            "part": str(one.get_part_display()),
            "age": one.age,
            "handle": one.handle if one.name else "",
            "notes": one.notes,
        }
        for one in known
    ]


def decisions(case):
    """Each step with who took it, when, and why, as the book has it."""
    titles = {"acknowledge": _("Read"), "triage": _("Weighed"), "close": _("Closed"), "reopen": _("Opened again")}
    lines = Entry.objects.filter(
        root=case.root.hex, table_name=Case._meta.db_table, row_id=plain(case.pk), verb__in=titles
    )
    # a case that was closed twice keeps its first outcome in the chronology
    points = {"triage": weighed(case), "close": ended(case)}
    rows = []
    for line in reversed(load_reasons(lines)):
        reason = [[_("Reason"), line.reason]] if line.why else []
        rows.append(
            {
                "what": titles[line.verb],
                "by": line.actor_name,
                "at": clock_time(line.happened),
                "recorded": clock_time(line.recorded),
                "points": points.pop(line.verb, []) + reason,
            }
        )
    return rows[::-1]


def weighed(case):
    if not case.triaged_at:
        return []
    return [
        [_("Level"), case.get_triaged_as_display()],
        [_("Kind of concern"), case.get_kind_display()],
        [_("Why"), case.rationale],
        [_("Have parents or carers been told?"), case.get_parents_display()],
        *([[_("Why that decision"), case.parents_reason]] if case.parents_reason else []),
        [_("Referred to another agency?"), _("Yes") if case.refer else _("No")],
        *([[_("Why that decision"), case.refer_reason]] if case.refer_reason else []),
    ]


def ended(case):
    if not case.closed_at:
        return []
    return [[_("Outcome"), case.get_outcome_display()], [_("Why"), case.closing_reason]]


def entries(case):
    """In the order in which things happened; what was added later stands below what it adds to."""
    written = list(case.entries.select_related("author"))
    load_keys(written)
    return [
        entry_row(one) | {"addenda": [entry_row(more) for more in written if more.adds_to_id == one.pk]}
        for one in written
        if one.adds_to_id is None
    ]


def entry_row(one):
    return {
        "happened": clock_time(one.happened_at),
        "recorded": clock_time(one.written_at),
        "author": one.author.name,
        "kind": str(one.get_kind_display()),
        "significant": one.significant,
        "from_the_child": one.kind == one.Kind.CHILD,
        "words": one.words,
    }


def actions(case):
    given = list(case.actions.select_related("owner", "done_by"))
    load_keys(given)
    return [
        {
            "what": one.what,
            "owner": one.owner.name,
            "due": day(one.due_on),
            "status": str(one.get_status_display()),
            "done": _("%(name)s, %(at)s") % {"name": one.done_by.name, "at": clock_time(one.done_at)}
            if one.done_at
            else "",
            "result": one.result,
        }
        for one in given
    ]


def opened_by(case):
    """Who has read the case, how often, first and last."""
    readers = {}
    for line in Entry.objects.filter(root=case.root.hex, changes=None, table_name=Case._meta.db_table):
        readers.setdefault(line.actor_name, []).append(line.recorded)
    return [
        {"name": name, "times": len(times), "first": clock_time(times[0]), "last": clock_time(times[-1])}
        for name, times in readers.items()
    ]


def exports(case):
    made = Export.objects.filter(root=case.root).select_related("requested_by").order_by("requested_at")
    return [
        {"name": one.requested_by.name, "at": clock_time(one.requested_at), "purpose": str(one.get_purpose_display())}
        for one in made
    ]
