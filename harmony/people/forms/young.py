"""Young people, their carers and their groups."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, DateField, Form, Radios

from ..models import Group, User, YoungPerson
from .fields import CHOOSE, EmailField, PhoneField, RecordField


class YoungPersonForm(Form):
    name = CharField(label=_("Name they go by"), max_length=100)
    full_name = CharField(label=_("Full name"), max_length=200, required=False)
    born = DateField(label=_("Date of birth"), past=True, required=False)
    kind = forms.ChoiceField(
        label=_("What are they here?"), choices=YoungPerson.Kind, widget=Radios, initial=YoungPerson.Kind.YOUNG_PERSON
    )

    @staticmethod
    def answers_of(one):
        born = one.born and date.fromisoformat(one.born)
        return {"name": one.name, "full_name": one.full_name, "born": born, "kind": one.kind}


class GoneForm(Form):
    last_day = DateField(label=_("What was their last day?"), past=True, initial=localdate)


class CarerForm(Form):
    name = CharField(label=_("Name"), max_length=100)
    phone = PhoneField(label=_("Phone"), required=False)
    email = EmailField(label=_("E-mail address"), required=False)
    relation = CharField(
        label=_("What are they to the young person?"),
        max_length=60,
        required=False,
        help_text=_("Like mother, or aunt."),
    )
    parental_responsibility = forms.BooleanField(label=_("They have parental responsibility"), required=False)

    @staticmethod
    def answers_of(care):
        carer = care.carer
        about = {"relation": care.relation, "parental_responsibility": care.parental_responsibility}
        return about | {"name": carer.name, "phone": carer.phone, "email": carer.email}


class PickForm(Form):
    """Choose one of the records whose names lie encrypted: read, sorted and drawn by Python."""

    def __init__(self, *args, choices, **options):
        """`choices`: (record, label) in the order to show."""
        super().__init__(*args, **options)
        self.records = {str(record.pk): record for record, _label in choices}
        shown = [(str(record.pk), label) for record, label in choices]
        self.fields["picked"].choices = [("", CHOOSE), *shown]

    def clean_picked(self):
        return self.records[self.cleaned_data["picked"]]


class LinkCarerForm(PickForm):
    picked = forms.ChoiceField(label=_("Which carer?"))
    relation = CharField(
        label=_("What are they to this young person?"),
        max_length=60,
        required=False,
        help_text=_("Like mother, or aunt."),
    )
    parental_responsibility = forms.BooleanField(label=_("They have parental responsibility"), required=False)


class MemberForm(PickForm):
    picked = forms.ChoiceField(label=_("Which young person?"))
    starts_on = DateField(label=_("From when?"), initial=localdate)


class WorkerForm(Form):
    user = RecordField(User.objects.none(), label=_("Who works with this group?"))
    starts_on = DateField(label=_("From when?"), initial=localdate)

    def __init__(self, *args, group, **options):
        super().__init__(*args, **options)
        there = group.workers.standing()
        self.fields["user"].queryset = User.objects.active().exclude(pk__in=there.values("user"))


class GroupForm(Form):
    name = CharField(label=_("Name"), max_length=80)
    ages = CharField(label=_("Ages"), max_length=20, required=False, help_text=_("Like 11 to 13."))

    def __init__(self, *args, group=None, **options):
        super().__init__(*args, **options)
        self.group = group

    def clean_name(self):
        name = self.cleaned_data["name"]
        others = Group.objects.exclude(pk=self.group.pk) if self.group else Group.objects.all()
        if others.filter(name=name).exists():
            raise ValidationError(_("There is a group with this name already. Choose another."))
        return name
