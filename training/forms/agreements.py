"""What is asked about the online agreement: of a young person on the page of their link, and of staff."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, DateField, Form, LongText, Radios
from harmony.people.forms.fields import EmailField

from ..models import Agreement


class WordsForm(Form):
    words = LongText(
        label=_("The agreement"),
        rows=14,
        max_length=4000,
        help_text=_("Short sentences and easy words: a child of nine should be able to read it alone."),
    )


class AgreementLinkForm(Form):
    to = EmailField(
        label=_("Send it by e-mail to"),
        required=False,
        help_text=_("Leave it empty to show it on your screen: they scan it with their phone, or sign beside you."),
    )


class SignForm(Form):
    """`text`: the words on the page, which are what is signed."""

    says = forms.ChoiceField(
        label=_("What do you say?"),
        choices=Agreement.Says,
        widget=Radios,
        error_messages={"required": _("Choose one.")},
    )
    who = CharField(
        label=_("Your name"),
        max_length=100,
        help_text=_("When you write it here, you sign."),
        error_messages={"required": _("Write your name.")},
    )
    words = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, text, **options):
        super().__init__(*args, **options)
        self.text = text
        self.fields["words"].initial = text.pk.hex

    def asked(self):
        return [self["says"], self["who"]]

    def clean(self):
        told = super().clean()
        if told.pop("words", "") != self.text.pk.hex:
            self.data = self.data.copy()
            self.data["words"] = self.text.pk.hex
            raise ValidationError(_("The words have changed. Read them again, then sign."))
        return told | {"text": self.text}


class PaperForm(Form):
    says = forms.ChoiceField(
        label=_("What did they say?"), choices=Agreement.Says, initial=Agreement.Says.YES, widget=Radios(stand="row")
    )
    signed_on = DateField(label=_("When did they sign?"), past=True, initial=localdate)
    who = CharField(label=_("The name they signed with"), max_length=100)
    kept = CharField(label=_("Where is the sheet?"), max_length=200, help_text=_("Like “green folder, under S”."))
