"""What the pages of security reviews ask."""

from datetime import timedelta

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, DateField, Form, LongText, Radios
from harmony.people.forms.fields import CHOOSE, RecordField
from harmony.people.models import User

from .checklist import themes
from .models import Finding, SecurityCheck, SecurityReview


def in_a_month():
    return localdate() + timedelta(days=30)


class BeginSecurityForm(Form):
    kind = forms.ChoiceField(
        label=_("Which one?"), choices=SecurityReview.Kind, widget=Radios(stand="row"), initial="full"
    )
    scope = CharField(
        label=_("What is looked at?"),
        max_length=300,
        help_text=_("Like “The office network, our laptops and phones, the shared drive, HARMONY”."),
    )


class SecurityCheckForm(Form):
    outcome = forms.ChoiceField(label=_("What did you find?"), choices=SecurityCheck.Outcome, widget=Radios)
    words = LongText(
        label=_("How did you look?"),
        rows=3,
        max_length=1000,
        help_text=_("Like “Opened the settings of each of the four laptops”. Name no young person."),
    )


class FindingForm(Form):
    theme = forms.ChoiceField(label=_("Where does it belong?"))
    words = CharField(label=_("What is lacking?"), max_length=200, help_text=_("Name no young person."))
    severity = forms.ChoiceField(label=_("How bad is it?"), choices=[("", CHOOSE), *Finding.Severity.choices])
    owner = RecordField(
        User.objects.none(),
        label=_("Who sees to it?"),
        error_messages={"required": _("Say who sees to it. Without a name it is nobody’s.")},
    )
    due_on = DateField(coming=True, label=_("By when?"), initial=in_a_month)

    def __init__(self, *args, kind, **options):
        super().__init__(*args, **options)
        self.fields["theme"].choices = [("", CHOOSE), *((one.value, one.label) for one in themes(kind))]
        self.fields["owner"].queryset = User.objects.active().order_by("name")


class SignSecurityForm(Form):
    words = LongText(
        label=_("What does it come to?"),
        rows=3,
        max_length=1000,
        help_text=_("A sentence or two for the trustees. Name no young person."),
    )


class MendedForm(Form):
    evidence = CharField(
        label=_("How do you know that it is done?"),
        max_length=300,
        help_text=_("What you looked at, or where the proof is kept. Name no young person."),
    )
