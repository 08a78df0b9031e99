"""What to look for among the cases. It is posted: no word of a case lies in an address, a log or a history."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.encryption import tokens
from harmony.look.forms import CharField, Form


class SearchForm(Form):
    words = CharField(
        label=_("Words, a name, a username or a reference"),
        help_text=_("Whole words, in any form: “bruise” finds “bruises”. All of them have to be in the case."),
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"required": _("Write what to look for.")},
    )
    page = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_words(self):
        words = self.cleaned_data["words"]
        if not tokens.asked(words, b""):
            raise ValidationError(_now("Write a word that says more: nearly every case holds these."))
        return words
