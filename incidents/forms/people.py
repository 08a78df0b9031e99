"""What is known of somebody who has a part in a case."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, Form, LongText

from ..models import CasePerson
from .fields import ShortText
from .working import SAY_WHY


class PersonForm(Form):
    """`young`: the young people whom the writer may see, as (record, name)."""

    part = forms.ChoiceField(
        label=_("What is their part in it?"),
        choices=[("", _("Choose their part")), *CasePerson.Part.choices],
        error_messages={"required": _("Choose what their part is.")},
    )
    name = CharField(label=_("Name"), help_text=_("As they go by. Empty if it is not known."), required=False)
    age = CharField(label=_("Age"), max_length=40, help_text=_("Like 13, adult, or says 16."), required=False)
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
    notes = LongText(
        label=_("What we know of them"),
        help_text=_("How to reach them, who may and may not be told, what they want."),
        rows=4,
        required=False,
    )

    def __init__(self, data=None, *, young=(), **options):
        super().__init__(data, **options)
        self.young = {str(one.pk): one for one, _name in young}
        if not self.young:
            del self.fields["young_person"]
            return
        names = [(str(one.pk), name) for one, name in young]
        self.fields["young_person"].choices = [("", _("No, or not known")), *names]

    def clean(self):
        answers = super().clean()
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
    words = {name: getattr(person, name) for name in ("part", "name", "age", "handle", "notes")}
    return words | {"young_person": str(person.young_person_id or ""), "seen": person.changed_at.isoformat()}
