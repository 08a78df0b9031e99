"""What is left to do across all the cases one works, by day: actions, required steps, clocks, and what others are waited for.

    due = Due.of(user, at)           # every line as (when, kind, key, whose), soonest first; what has no day comes last
    due.narrowed(kind="action")      # some of them
    rows(due.lines[:25], at)         # with their words, for a page

A handful of queries, however many cases: each kind is asked for its keys and its days alone, and a page reads its own 25.
"""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from django.db.models import F
from django.urls import reverse
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmony.encryption.fields import load_keys
from harmony.look.words import by, day

from . import access
from .models import Action, Case, CaseStep, Duty, Meeting, Referral, Transfer
from .models.timing import NAMES, NEVER

KINDS = {
    "clock": gettext_lazy("Next step of a case"),
    "action": gettext_lazy("Asked of somebody"),
    "step": gettext_lazy("Required step"),
    "duty": gettext_lazy("Duty to tell"),
    "referral": gettext_lazy("Referral"),
    "meeting": gettext_lazy("Meeting"),
    "transfer": gettext_lazy("Handed on outside"),
}
OF_A_CASE = {
    "action": Action,
    "step": CaseStep,
    "duty": Duty,
    "referral": Referral,
    "meeting": Meeting,
    "transfer": Transfer,
}
LATE, WEEK, NOBODY = "late", "week", "nobody"
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Line:
    when: datetime  # NEVER: it has no day of its own
    kind: str
    key: object
    whose: object  # the key of who does it, or leads the case; None: nobody


@dataclass(frozen=True)
class Due:
    lines: list
    at: datetime

    @classmethod
    def of(cls, user, at):
        """Of the open cases that this person works; not of those that are shared with them to read."""
        cases = Case.objects.visible_to(user).filter(access.cases_worked_by(user)).still_open()
        inside = {"case__in": cases.order_by().values("pk")}
        leads = {"whose": F("case__owner")}
        found = [Line(*row) for row in cls._clocks(cases)]
        for pk, due_on, owner in Action.objects.open().filter(**inside).values_list("pk", "due_on", "owner"):
            found.append(Line(_evening(due_on), "action", pk, owner))
        for pk, owner in CaseStep.objects.open().filter(**inside).annotate(**leads).values_list("pk", "whose"):
            found.append(Line(NEVER, "step", pk, owner))
        for pk, when, user_id in Duty.objects.owed(at).filter(**inside).values_list("pk", "due_at", "user"):
            found.append(Line(when, "duty", pk, user_id))
        for kind in ("referral", "meeting", "transfer"):
            owed = OF_A_CASE[kind].objects.filter(due_at__isnull=False, **inside).annotate(**leads)
            found += [Line(when, kind, pk, owner) for pk, when, owner in owed.values_list("pk", "due_at", "whose")]
        return cls(sorted(found, key=lambda line: (line.when, line.kind, str(line.key))), at)

    @staticmethod
    def _clocks(cases):
        dated = cases.with_next_due().annotate(when=F("soonest")).order_by()
        for pk, when, owner in dated.values_list("pk", "when", "owner"):
            if when < NEVER:
                yield when, "clock", pk, owner

    def narrowed(self, *, kind="", whose="", when=""):
        """`whose`: a key as text, or NOBODY. `when`: LATE, or WEEK for what is due within seven days, late things too."""
        until = {LATE: self.at, WEEK: self.at + A_WEEK}.get(when)
        return replace(
            self,
            lines=[
                line
                for line in self.lines
                if (not kind or line.kind == kind)
                and (not whose or (line.whose is None if whose == NOBODY else str(line.whose) == whose))
                and (until is None or line.when < until)
            ],
        )

    @property
    def late(self):
        return len(self.narrowed(when=LATE).lines)


def _evening(due_on):
    """What is to be done by a day is late from its midnight on."""
    return datetime.combine(due_on + A_DAY, time.min, get_current_timezone())


@dataclass(frozen=True)
class Row:
    what: str
    kind: str
    url: str
    reference: str
    label: str
    who: str
    pill: tuple  # (colour, words, icon)


def rows(lines, at):
    """One query for each kind that stands among them, and one for all their keys."""
    wanted = {}
    for line in lines:
        wanted.setdefault(line.kind, []).append(line.key)
    found = {("clock", case.pk): case for case in _cases(wanted.get("clock", ()))}
    for kind, model in OF_A_CASE.items():
        joined = ("case__owner", *{"action": ("owner",), "duty": ("user",)}.get(kind, ()))
        records = model.objects.filter(pk__in=wanted.get(kind, ())).select_related(*joined) if kind in wanted else ()
        found |= {(kind, one.pk): one for one in records}
    load_keys([one for (kind, _pk), one in found.items() if kind == "action"])
    return [_row(line, found[line.kind, line.key], at) for line in lines if (line.kind, line.key) in found]


def _cases(keys):
    return Case.objects.filter(pk__in=keys).select_related("owner") if keys else ()


def _row(line, one, at):
    case = one if line.kind == "clock" else one.case
    who = {"action": lambda: one.owner, "duty": lambda: one.user}.get(line.kind, lambda: case.owner)()
    return Row(
        what=_words(line.kind, one),
        kind=str(KINDS[line.kind]),
        url=_where(line.kind, one, case),
        reference=case.reference,
        label=str(case.label),
        who=who.name if who and who.is_active else "",
        pill=_pill(line, at),
    )


def _words(kind, one):
    if kind == "clock":
        _due, name = one.next_due()
        return str(NAMES[name][0])
    if kind == "action":
        return one.what
    if kind == "step":
        return one.words
    return {
        "duty": _("Say whether they told the police or the council"),
        "referral": _("The next step of a referral"),
        "meeting": _("What a meeting still owes"),
        "transfer": _("The receipt of a case handed on"),
    }[kind]


def _where(kind, one, case):
    if kind in ("clock", "action", "step", "duty"):
        page = {"clock": "case", "action": "actions", "step": "case_steps", "duty": "duties"}[kind]
        return reverse(f"incidents:{page}", args=[case.pk])
    return one.get_absolute_url()


def _pill(line, at):
    if line.when == NEVER:
        return "plain", _("No day of its own"), ""
    # what is to be done by a day is said by that day, not by its midnight
    said = day(line.when - timedelta(minutes=1)) if line.kind == "action" else by(line.when, at=at)
    if line.when <= at:
        return "red", _("Late: %(when)s") % {"when": said}, "alert"
    return ("amber" if line.when - at < A_DAY else "plain"), said, "clock"
