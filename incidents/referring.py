"""A referral on paper: the facts that somebody chose for whoever gets it, and no others (R34: relevant, and in proportion).

offered(case, reader)      # {group: [(code, words)]}: what can be chosen
chosen_of(referral)        # the codes that were
"""

import json

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmony.documents import kinds
from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time

from . import access
from .known import known_people
from .masking import lines_of, mask
from .models import Referral
from .record import reported, weighed

SHORT = 90  # signs of an entry that are shown beside its tick
GROUPS = {
    "decided": gettext_lazy("What we decided"),
    "people": gettext_lazy("The people in it"),
    "reported": gettext_lazy("What was reported"),
    "entries": gettext_lazy("From the chronology"),
}


def register():
    kinds.register(
        kinds.Kind(
            code="referral",
            title=gettext_lazy("Referral"),
            label=lambda referral: referral.case.reference,
            records=lambda user: Referral.objects.visible_to(user).select_related("case", "council"),
            may=access.may_refer,
            gather=gather,
            template="incidents/referral_pdf.html",
            about=gettext_lazy(
                "The facts that you chose for this referral, why it is made, and who knows of it. Nothing else."
            ),
            classification=gettext_lazy("Confidential: safeguarding"),
        )
    )


def chosen_of(referral):
    return json.loads(referral.chosen) if referral.chosen else []


def offered(case, reader):
    """What can be chosen, by group: (code, what it is)."""
    reports, entries = reported(case), _entries(case)
    texts = (
        (_("what happened"), "facts"),
        (_("the child’s words"), "childs_words"),
        (_("what the writer thinks"), "view"),
    )
    return {
        "decided": [("level", _("Level and kind, with the reason")), ("parents", _("What parents or carers know"))],
        "people": [
            (f"person:{one.person.pk}", f"{one.called}: {one.person.get_part_display()}")
            for one in known_people(case, reader)
        ],
        "reported": [
            (f"report:{one.report.pk}:{name}", f"{one.report.author.name}, {one.filed}: {what}")
            for one in reports
            for what, name in texts
            if getattr(one.report, name)
        ],
        "entries": [(f"entry:{one.pk}", f"{clock_time(one.happened_at)}: {_short(one.words)}") for one in entries],
    }


def gather(referral, export, at):
    return shown_of(referral, export.requested_by)


def shown_of(referral, reader):
    """Only what was chosen, of what this person may see now, less the words that are blacked out."""
    return mask(_chosen(referral, reader), lines_of(referral.masks))


def _chosen(referral, reader):
    case, chosen = referral.case, set(chosen_of(referral))
    steps = list(referral.steps.select_related("taken_by"))
    load_keys([case, referral, *steps])
    points = weighed(case)
    return {
        "reference": case.reference,
        "to": referral.to_whom,
        "their_reference": referral.their_reference,
        "why": referral.why,
        "informed": str(referral.get_informed_display()),
        "informed_why": referral.informed_why,
        "decided": [list(one) for one in points[:1] if "level" in chosen]
        + [list(one) for one in points[-2:-1] if "parents" in chosen],
        "people": [_person(one) for one in known_people(case, reader) if f"person:{one.person.pk}" in chosen],
        "reported": [told for one in reported(case) if (told := _reported(one, chosen))],
        "entries": [_entry(one) for one in _entries(case) if f"entry:{one.pk}" in chosen],
        "steps": [
            [str(one.get_step_display()), one.whom, clock_time(one.happened_at), one.taken_by.name] for one in steps
        ],
    }


def _entries(case):
    found = list(case.entries.select_related("author"))
    load_keys([case, *found])
    return found


def _short(words):
    line = " ".join(words.split())
    return line if len(line) <= SHORT else f"{line[:SHORT].rstrip()}…"


def _person(known):
    return {
        "name": known.called,
        "part": str(known.person.get_part_display()),
        "age": known.person.age,
        "handle": known.person.handle if known.person.name else "",
    }


def _reported(one, chosen):
    said = {
        name: getattr(one.report, name)
        for name in ("facts", "childs_words", "view")
        if f"report:{one.report.pk}:{name}" in chosen
    }
    return {"author": one.report.author.name, "filed": one.filed, **said} if any(said.values()) else None


def _entry(one):
    return {
        "at": clock_time(one.happened_at),
        "kind": str(one.get_kind_display()),
        "author": one.author.name,
        "is_childs": one.kind == one.Kind.CHILD,
        "words": one.words,
    }
