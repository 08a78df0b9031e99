"""What is known of somebody who has a part in a case."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, Form, LongText
from harmony.organisation.models import Council, Organisation
from harmony.people.forms.fields import RecordField

from ..models import CasePerson
from .fields import ShortText
from .working import SAY_WHY

KNOWN = ("part", "name", "age", "grown", "handle", "notes", "reach", "not_to_tell", "collects", "plan", "role")


class PersonForm(Form):
    """`young`: the young people whom the writer may see, as (record, name)."""

    part = forms.ChoiceField(
        label=_("What is their part in it?"),
        choices=[("", _("Choose their part")), *CasePerson.Part.choices],
        error_messages={"required": _("Choose what their part is.")},
    )
    name = CharField(label=_("Name"), help_text=_("As they go by. Empty if it is not known."), required=False)
    age = CharField(label=_("Age"), max_length=40, help_text=_("Like 13, adult, or says 16."), required=False)
    grown = forms.ChoiceField(
        label=_("Child or adult?"),
        choices=[("", _("Not known yet")), *CasePerson.Grown.choices],
        required=False,
    )
    handle = CharField(
        label=_("What they are called online"),
        help_text=_("The app and the username, copied exactly. Do not contact them."),
        required=False,
    )
    young_person = forms.ChoiceField(
        label=_("Are they a young person we know?"),
        help_text=_("Then other cases with them are found, and their family cannot open this one."),
        required=False,
    )
    lives_in = RecordField(
        Council.objects.none(),
        label=_("Which council do they live in?"),
        help_text=_("It is rung when they are referred."),
        required=False,
    )
    works_in = RecordField(
        Council.objects.none(), label=_("If they work with children: which council do they work in?"), required=False
    )
    notes = LongText(
        label=_("What we know of them"),
        rows=3,
        required=False,
    )
    reach = ShortText(
        label=_("How and when can they safely be reached?"),
        help_text=_("Which number, at what time, and what to say if somebody else answers."),
        max_length=1_000,
        required=False,
    )
    not_to_tell = ShortText(
        label=_("What must not be told, and to whom?"),
        help_text=_("Like a new address, or that we have spoken. It stands in red beside their name."),
        max_length=1_000,
        required=False,
    )
    collects = ShortText(label=_("Who may collect them, and who may not?"), max_length=1_000, required=False)
    plan = forms.ChoiceField(
        label=_("Is there a plan by the council?"),
        choices=[("", _("Not known")), *CasePerson.Plan.choices],
        required=False,
    )
    role = CharField(
        label=_("If they work with the family: what do they do, and where?"),
        help_text=_("Like social worker, Eastmoor; or safeguarding lead of the school."),
        max_length=200,
        required=False,
    )

    def __init__(self, data=None, *, young=(), **options):
        super().__init__(data, **options)
        self._offer_councils()
        self.young = {str(one.pk): one for one, _name in young}
        if not self.young:
            del self.fields["young_person"]
            return
        names = [(str(one.pk), name) for one, name in young]
        self.fields["young_person"].choices = [("", _("No, or not known")), *names]

    def _offer_councils(self):
        """Asked only where there are others than ours."""
        others = Council.objects.all()
        for name in ("lives_in", "works_in"):
            self.fields[name].queryset = others
            self.fields[name].empty_label = Organisation.current().council or _now("Our own council")
            if not others:
                del self.fields[name]

    def clean(self):
        answers = {"lives_in": None, "works_in": None} | super().clean()
        if not answers.get("name") and not answers.get("handle") and not {"name", "handle"} & set(self.errors):
            self.add_error("name", _now("Write a name, or what they are called online."))
        if "young_person" in self.fields:
            answers["young_person"] = self.young.get(answers.get("young_person", ""))
        return answers


class ChangedPersonForm(PersonForm):
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    why = ShortText(label=_("Why do you change it?"), error_messages=SAY_WHY)

    def clean_seen(self):
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            raise ValidationError(_now("Open this page again, then change it.")) from None


def known_of(person):
    """What a form begins with."""
    words = {name: getattr(person, name) for name in KNOWN}
    councils = {"lives_in": person.lives_in_id, "works_in": person.works_in_id}
    return words | councils | {"young_person": str(person.young_person_id or ""), "seen": person.changed_at.isoformat()}
