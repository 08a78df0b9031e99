"""Young people from a sheet: looked at first, then all of them written down, or none."""

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from harmony.audit.events import event
from harmony.look.forms import CharField, Form

from .forms.fields import EmailField, PhoneField
from .models import Care, Carer, Group, GroupMember, YoungPerson
from .tables import DayField, Table, YesNoField

COLUMNS = {
    "name": "name",
    "full name": "full_name",
    "date of birth": "born",
    "group": "group",
    "carer": "carer",
    "carer phone": "phone",
    "carer e-mail": "email",
    "relation": "relation",
    "decides by law": "decides",
}


class RowForm(Form):
    name = CharField(max_length=100, error_messages={"required": _("Write the name they go by.")})
    full_name = CharField(max_length=200, required=False)
    born = DayField(required=False)
    group = CharField(max_length=80, required=False)
    carer = CharField(max_length=100, required=False)
    phone = PhoneField(required=False)
    email = EmailField(required=False)
    relation = CharField(max_length=60, required=False)
    decides = YesNoField(required=False)

    def clean_born(self):
        if (born := self.cleaned_data["born"]) and born > localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return born

    def clean(self):
        told = super().clean()
        if not told.get("carer") and any(told.get(name) for name in ("phone", "email", "relation", "decides")):
            self.add_error("carer", _("Write who the carer is."))
        return told


def read(text):
    """The table, with what only all of it together shows: a group we do not know, somebody who is here or there twice."""
    table = Table.read(text, COLUMNS, RowForm)
    groups = {group.name.casefold(): group for group in Group.objects.running()}
    known = {(one.name.casefold(), one.born) for one in YoungPerson.objects.here().by_name()}
    for number, row in table.rows:
        row["in_group"] = groups.get(row["group"].casefold()) if row["group"] else None
        if row["group"] and not row["in_group"]:
            table.is_wrong(number, _("There is no group of this name here."), "group")
        who = (row["name"].casefold(), row["born"].isoformat() if row["born"] else "")
        if who in known:
            table.is_wrong(number, _("Somebody of this name and date of birth is here, or in a row above."))
        known.add(who)
    return table


def write_down(table, *, by):
    """All of them in one event: if one is refused, none is written down."""
    today = localdate()
    with event("import", by=by):
        for _number, row in table.rows:
            one = YoungPerson()
            one.add(row["name"], row["full_name"], row["born"], YoungPerson.Kind.YOUNG_PERSON, by=by)
            if row["carer"]:
                carer = Carer()
                carer.add(row["carer"], row["phone"], row["email"], by=by)
                Care(young_person=one, carer=carer).link(row["relation"], bool(row["decides"]), by=by)
            if row["in_group"]:
                GroupMember(group=row["in_group"], young_person=one).join(today, by=by)
