"""What the room puts on paper: the whole chronology of one case, for those who work it, with a purpose."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmony.audit.events import plain
from harmony.audit.models import Entry, load_reasons
from harmony.documents import kinds
from harmony.documents.models import Export
from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time, day, span

from . import access
from .known import known_people
from .models import Case, SecondLook
from .models.timing import NAMES
from .record import ended, looks, planned, reported, seen_by, steps_in_words, weighed
from .timeline import SAME_TIME, contact_log, when_due


def register():
    kinds.register(
        kinds.Kind(
            code="chronology",
            title=gettext_lazy("Chronology of a case"),
            label=lambda case: case.reference,
            records=Case.objects.visible_to,
            may=access.may_export,
            gather=gather,
            passing=("line", "opened_by", "exports"),
            checkable=lambda user: Case.objects.filter(access.cases_checkable_by(user)),
            changed_since=changed_since,
            template="incidents/chronology_pdf.html",
            about=gettext_lazy(
                "The whole case: reports as they were sent, decisions with their reasons, every entry and action. "
                "What a reporter asked of somebody above is in it only for whom they asked. "
                "It names children and adults."
            ),
            classification=gettext_lazy("Confidential: safeguarding"),
        )
    )


def gather(case, export, at):
    """Everything the pages show, in words, as far as whoever makes it may see it."""
    reader = export.requested_by
    return {
        "reference": case.reference,
        "phrase": str(case.label),
        "facts": facts(case),
        "reports": [report(one) for one in reported(case)],
        "people": people(case, reader),
        "decisions": decisions(case),
        "steps": steps_in_words(case),
        "plan": [list(one) for one in planned(case)],
        "entries": entries(case),
        "actions": actions(case),
        "files": files(case),
        "looks": looks(case, reader),
        **who_sees_it(case, reader),
        "opened_by": opened_by(case),
        "exports": exports(case),
    }


def facts(case):
    """Where it stands, of the case's own row."""
    unknown = _("Not decided yet")
    above = {"raised_to": _("Goes to the post above too"), "escalated_to": _("Opened to those above: nobody answered")}
    return [
        [_("Level"), case.get_severity_display() or unknown],
        [_("Kind of concern"), case.get_kind_display() or unknown],
        *classes(case),
        [_("Where it stands"), case.get_status_display()],
        [_("About"), case.get_track_display()],
        [_("Initials"), case.initials or _("None given")],
        [_("Reported"), clock_time(case.filed_at)],
        [_("Said that it could not wait"), _("Yes, or the reporter was not sure") if case.pressing else _("No")],
        [_("Who works on it"), str(case.owner) if case.owner else _("Nobody yet")],
        *([label, getattr(case, f"get_{name}_display")()] for name, label in above.items() if getattr(case, name)),
        *times(case),
    ]


def classes(case):
    """What else it is, which of the four Cs, and what kind of person caused it."""
    also = "; ".join(str(kind.label) for kind in case.secondary_kinds)
    rows = [[_("Also"), also], [_("Online risk"), str(case.four_c)], [_("Caused by"), case.get_caused_by_display()]]
    return [row for row in rows if row[1]]


def times(case):
    """What was promised and when it was done; what is asked of a second person."""
    for name, (label, met) in NAMES.items():
        due, done = getattr(case, f"{name}_due"), getattr(case, met) if met else None
        said = [_("due %(at)s") % {"at": clock_time(due)}] if due else []
        said += [_("done %(at)s") % {"at": clock_time(done)}] if done else []
        if said:
            yield [str(label), "; ".join(said)]
    if case.reviewed_at:
        yield [_("Reviewed last"), clock_time(case.reviewed_at)]
    if case.added_at:
        yield [_("Added by the reporter, not read yet"), clock_time(case.added_at)]
    if case.lower_to:
        asked = {
            "level": case.get_lower_to_display(),
            "name": case.lower_asked_by,
            "at": clock_time(case.lower_asked_at),
        }
        yield [_("Asked to lower the level"), _("To %(level)s, by %(name)s, %(at)s") % asked]


def report(one):
    """As it was sent: the child's words and the writer's view stand apart."""
    return {
        "author": one.report.by_whom,
        "facts": [list(row) for row in one.details],
        "what": one.report.facts,
        "childs_words": one.report.childs_words,
        "view": one.report.view,
        "addenda": [
            {
                "author": more.by_whom,
                "at": clock_time(more.added_at),
                "words": more.words,
                "asked": more.answers.words if more.answers else "",
            }
            for more in one.report.addenda.all()
        ],
        "told": [list(said) for said in one.told],
        "support": one.support,
    }


def people(case, reader):
    """Who has a part in it, as whoever works it has found out."""
    return [
        {
            "name": known.called,
            "part": str(known.person.get_part_display()),
            "age": known.person.age,
            "handle": known.person.handle if known.person.name else "",
            "young": known.young.name if known.young else "",
            "notes": known.person.notes,
            "known": _more_of(known.person),
            "wants": [
                [one.words if one.asked else _("Not asked: %(why)s") % {"why": one.words}, one.asker, one.at]
                for one in known.voices
            ],
            "added": _("%(name)s, %(at)s") % {"name": known.person.added_by, "at": clock_time(known.person.added_at)},
            "changed": clock_time(known.person.changed_at) if known.person.changed_at != known.person.added_at else "",
        }
        for known in known_people(case, reader)
    ]


def _more_of(person):
    rows = [
        (_("Age"), person.get_grown_display()),
        (_("What they do"), person.role),
        (_("Reach them"), person.reach),
        (_("Do not tell"), person.not_to_tell),
        (_("Collecting"), person.collects),
        (_("Plan"), person.get_plan_display()),
        (_("Lives in"), str(person.lives_in or "")),
        (_("Works in"), str(person.works_in or "")),
    ]
    return [[label, str(says)] for label, says in rows if says]


def who_sees_it(case, reader):
    found = seen_by(case, reader)
    return {
        "line": found["line"],
        "shared": [[one.user.name, one.by, one.at, one.why] for one in found["shared"]],
        "out": [list(one) for one in found["out"]],
    }


ENDS = {"agree_to_close": "close", "agree_to_redirect": "close"}  # by two people, or by one


def decisions(case):
    """Each step with who took it, when, and why, as the book has it."""
    titles = {
        "acknowledge": _("Read"),
        "triage": _("Weighed"),
        "close": _("Closed"),
        "agree_to_close": _("Closed"),
        "redirect": _("Passed on as not about safety"),
        "agree_to_redirect": _("Looked at again, and closed"),
        "bring_back": _("Brought back"),
        "reopen": _("Opened again"),
    }
    lines = Entry.objects.filter(
        root=case.root.hex, table_name=Case._meta.db_table, row_id=plain(case.pk), verb__in=titles
    )
    # a case that was closed twice keeps its first outcome in the chronology
    points = {"triage": [list(one) for one in weighed(case)], "close": [list(one) for one in ended(case)]}
    rows = []
    for line in reversed(load_reasons(lines)):
        reason = [[_("Reason"), line.reason]] if line.why else []
        rows.append(
            {
                "what": titles[line.verb],
                "by": line.actor_name,
                "at": clock_time(line.happened),
                "recorded": clock_time(line.recorded),
                "points": points.pop(ENDS.get(line.verb, line.verb), []) + reason,
            }
        )
    return rows[::-1]


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
        "due": when_due(one),
        "significant": one.significant,
        "from_the_child": one.kind == one.Kind.CHILD,
        "words": one.words,
        "gap": span(one.written_at - one.happened_at) if one.written_at - one.happened_at > SAME_TIME else "",
        "log": contact_log(one),
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


def files(case):
    """Named, and never embedded (practice.md 1.4); what may be an indecent image is not even named."""
    kept = list(case.files.to_take_out().select_related("added_by").order_by("added_at"))
    load_keys(kept)
    return [
        {"name": one.name, "hash": one.digest, "added": f"{one.added_by.name}, {clock_time(one.added_at)}"}
        for one in kept
    ]


def changed_since(about, moment):
    """Whether a line of the case, or of a report in it, was written after this moment of the book. Second looks go past (N5)."""
    case = Case.objects.filter(pk=about).first()
    roots = [case.root.hex, *(one.root.hex for one in case.reports.all())] if case else []
    lines = Entry.objects.filter(root__in=roots, recorded_at__gt=moment, table_name__startswith="incidents_")
    lines = lines.exclude(changes=None).exclude(table_name=SecondLook._meta.db_table).exclude(verb="ask_above")
    return lines.exists()


def opened_by(case):
    """Who has read the case, how often, first and last."""
    readers = {}
    for line in Entry.objects.filter(root=case.root.hex, changes=None, table_name=Case._meta.db_table):
        readers.setdefault(line.actor_name, []).append(line.happened)
    return [
        {"name": name, "times": len(times), "first": clock_time(min(times)), "last": clock_time(max(times))}
        for name, times in readers.items()
    ]


def exports(case):
    made = Export.objects.filter(root=case.root).select_related("requested_by").order_by("requested_at")
    return [
        {"name": one.requested_by.name, "at": clock_time(one.requested_at), "purpose": str(one.get_purpose_display())}
        for one in made
    ]
