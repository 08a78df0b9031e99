"""People close to oneself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, Form, Radios

from ..models import Relationship, User
from .fields import RecordField
from .young import PickForm


class DeclareForm(Form):
    kind = forms.ChoiceField(label=_("What are you to each other?"), choices=Relationship.Kind, widget=Radios)
    other = RecordField(User.objects.none(), label=_("A colleague"), required=False)
    named = CharField(
        label=_("Or a young person here"),
        max_length=200,
        required=False,
        help_text=_("Write their name. Only the safeguarding team can read it."),
    )

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["other"].queryset = User.objects.exclude(pk=user.pk)

    def clean(self):
        answers = super().clean()
        if not self.errors and bool(answers.get("other")) == bool(answers.get("named")):
            self.add_error("other", _("Choose a colleague, or name a young person: one of the two."))
        return answers


class WhichForm(PickForm):
    picked = forms.ChoiceField(label=_("Which young person is it?"))
