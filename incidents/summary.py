"""A case on one page, to take to a meeting: numbered, with who took it and what for, and short enough to be one page."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmony.documents import kinds
from harmony.documents.models import Export
from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time, day

from . import access
from .known import known_people
from .models import Case, ChronologyEntry

MOST, SIGNS, NAMES = 5, 170, 7  # of each list; of a text; of people
CODE = "summary"


def register():
    kinds.register(
        kinds.Kind(
            code=CODE,
            title=gettext_lazy("Summary of a case"),
            label=lambda case: case.reference,
            records=Case.objects.visible_to,
            may=access.may_export,
            gather=gather,
            passing=("number", "of"),
            template="incidents/summary_pdf.html",
            about=gettext_lazy(
                "One page to take to a meeting: who it is about, the key events, what the child wants, what is open. "
                "Each copy has a number. Bring it back, and destroy it."
            ),
            classification=gettext_lazy("Confidential: safeguarding. Bring this page back"),
        )
    )


def gather(case, export, at):
    entries = list(case.entries.filter(adds_to=None).order_by("happened_at"))
    actions = list(case.actions.open().select_related("owner"))
    people = known_people(case, export.requested_by)
    load_keys([case, *entries, *actions])
    wish = [one for one in entries if one.kind == ChronologyEntry.Kind.CHILD]
    key = [one for one in entries if one.significant or one.kind == ChronologyEntry.Kind.DECISION]
    return {
        "reference": case.reference,
        "phrase": str(case.label),
        "number": number_of(export),
        "facts": facts(case),
        "people": [_person(one) for one in people[:NAMES]],
        "more_people": max(0, len(people) - NAMES),
        "wish": [_short(one.words) + f" ({day(one.happened_at)})" for one in wish[-1:]],
        "key": [[day(one.happened_at), _short(one.words)] for one in key[-MOST:]],
        "more_key": max(0, len(key) - MOST),
        "actions": [[_short(one.what), one.owner.name, day(one.due_on)] for one in actions[:MOST]],
        "more_actions": max(0, len(actions) - MOST),
        "referrals": [[one.to_whom, str(one.get_status_display())] for one in case.referrals.select_related("council")][
            :MOST
        ],
    }


def number_of(export):
    """Which copy of this case it is: 1 for the first that was ever asked for."""
    return Export.objects.filter(kind=CODE, about=export.about, requested_at__lte=export.requested_at).count()


def facts(case):
    rows = [
        (_("Level"), case.get_severity_display()),
        (_("Where it stands"), case.get_status_display()),
        (_("Reported"), clock_time(case.filed_at)),
        (_("Who works on it"), case.owner.name if case.owner else ""),
        (_("Parents or carers told?"), case.get_parents_display()),
        (_("Next review"), clock_time(case.review_due) if case.review_due and not case.closed_at else ""),
    ]
    return [[label, str(says)] for label, says in rows if says]


def _person(known):
    age = f" ({known.person.age})" if known.person.age else ""
    return [f"{_short(known.called)}{age}", str(known.person.get_part_display())]


def _short(words):
    line = " ".join(words.split())
    return line if len(line) <= SIGNS else f"{line[:SIGNS].rstrip()}…"
