"""A young person wrote to one of us by a way that is not ours: told at once, by whoever it happened to (S25, R18)."""

from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import Form, LongText

from .fields import ShortText


class ContactedForm(Form):
    who = ShortText(
        label=_("Who was it?"),
        error_messages={"required": _("Write who it was. A first name or a username is enough.")},
    )
    platform = ShortText(
        label=_("How did they reach you?"), help_text=_("The app, game or number."), rows=1, required=False
    )
    facts = LongText(
        label=_("What did they send, and what did you do?"),
        help_text=_("If you answered, say what. If you did not, say that."),
        rows=4,
        error_messages={"required": _("Write it in a sentence. You can add more later.")},
    )
    form_key = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        self.fields["form_key"].initial = uuid4

    def clean_form_key(self):
        """The key of this blank form: sent twice, it is one report."""
        try:
            return UUID(str(self.cleaned_data["form_key"]))
        except ValueError:
            return uuid4()
