"""Permission on paper, from a sheet: looked at first, then all of it written down, or none; and the same as a sheet to take out."""

from datetime import datetime, time

from django import forms
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _

from harmony.audit.events import event
from harmony.encryption.fields import load_keys
from harmony.look.forms import CharField, Form
from harmony.people.models import YoungPerson
from harmony.people.tables import DayField, Table, YesNoField, written

from .cover import Says, Side
from .models import Consent, NeverShown, Permission, Use

COLUMNS = {
    "name": "name",
    "date of birth": "born",
    "who says it": "side",
    "signed by": "who",
    "signed on": "on",
    "kept where": "evidence",
    "until": "until",
    "first name shown": "first",
    "conditions": "conditions",
}
NOON = time(12)
SIDES = {"parent": Side.PARENT, "carer": Side.PARENT, "young person": Side.YOUNG, "young": Side.YOUNG}


class RowForm(Form):
    name = CharField(max_length=100, error_messages={"required": _("Write the name they go by.")})
    born = DayField(required=False)
    side = CharField(max_length=20, error_messages={"required": _("Write parent or young person.")})
    who = CharField(max_length=100, error_messages={"required": _("Write who signed.")})
    on = DayField()
    evidence = CharField(max_length=300, error_messages={"required": _("Write where the paper is kept.")})
    until = DayField(required=False)
    first = YesNoField(required=False)
    conditions = CharField(max_length=300, required=False)

    def __init__(self, *args, uses, **options):
        super().__init__(*args, **options)
        self.by_name = {f"use_{use.pk.hex}": use for use in uses}
        for name in self.by_name:
            self.fields[name] = YesNoField(required=False)

    def clean_side(self):
        if (side := SIDES.get(self.cleaned_data["side"].casefold())) is None:
            raise forms.ValidationError(_("Write parent or young person."))
        return side

    def clean_on(self):
        if self.cleaned_data["on"] > localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return self.cleaned_data["on"]

    def clean(self):
        told = super().clean()
        answers = {use: told.pop(name, None) for name, use in self.by_name.items()}
        told["said"] = {use: Says.YES if yes else Says.NO for use, yes in answers.items() if yes is not None}
        if not told["said"] and not self.errors:
            raise forms.ValidationError(_("Write yes or no in one of the columns of uses."))
        return told


def columns(uses):
    return COLUMNS | {str(use).casefold(): f"use_{use.pk.hex}" for use in uses}


def open_uses():
    return list(Use.objects.open().select_related("purpose", "channel").prefetch_related("purpose__wordings"))


def read(text):
    """The table, with whom each row means: a name that two people share needs the date of birth."""
    uses = open_uses()
    table = Table.read(text, columns(uses), RowForm, uses=uses)
    by_name = {}
    for one in YoungPerson.objects.here().by_name():
        by_name.setdefault(one.name.casefold(), []).append(one)
    for number, row in table.rows:
        found = by_name.get(row["name"].casefold(), [])
        if row["born"]:
            found = [one for one in found if one.born == row["born"].isoformat()]
        row["one"] = found[0] if len(found) == 1 else None
        if not found:
            table.is_wrong(number, _("We have written down nobody of this name. Add them first."), "name")
        elif len(found) > 1:
            table.is_wrong(number, _("Two people go by this name. Write the date of birth too."), "name")
    return table


def write_down(table, *, by):
    """All of them in one event: if one is refused, none is written down. The oldest first: what was said last counts."""
    with event("import", by=by):
        for _number, row in sorted(table.rows, key=lambda row: row[1]["on"]):
            shown = Permission.NameShown.FIRST if row["first"] else Permission.NameShown.NONE
            told = {name: row[name] for name in ("side", "who", "evidence", "until", "conditions")}
            at = datetime.combine(row["on"], NOON, get_current_timezone())
            at = min(at, datetime.now(at.tzinfo))
            how = Permission.How.PAPER
            Consent.hear_all(row["one"], row["said"], by=by, at=at, how=how, name_shown=shown, **told)


HEADS = (
    "name",
    "use",
    "where it stands",
    "until",
    "who says it",
    "says",
    "signed by",
    "when",
    "how",
    "kept where",
    "conditions",
)


def taken_out(people):
    """CSV of what was said last by each side of each use, and of whom nothing is to be shown. Never why."""
    known = {one.pk: one for one in people}
    found = Consent.objects.filter(young_person__in=known).select_related("use__purpose", "use__channel")
    found = list(found.prefetch_related("permissions"))
    load_keys([said for consent in found for said in consent.permissions.all()])
    flagged = set(NeverShown.objects.standing().filter(young_person__in=known).values_list("young_person", flat=True))
    rows = [[known[key].name, "", _("Never to be shown")] + [""] * (len(HEADS) - 3) for key in flagged]
    for consent in found:
        last = {said.side: said for said in consent.permissions.all()}
        begin = [
            known[consent.young_person_id].name,
            str(consent.use),
            consent.get_status_display(),
            consent.last_day or "",
        ]
        rows += [
            [*begin, said.get_side_display(), said.get_says_display(), said.who, localdate(said.said_at),
             said.get_how_display(), said.evidence, said.conditions]
            for said in last.values()
        ]  # fmt: skip
    return written(HEADS, sorted(rows, key=lambda row: (row[0].casefold(), str(row[1]))))
