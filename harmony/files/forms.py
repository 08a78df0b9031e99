"""A field that takes a file: what is wrong with it stands beside it, in words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from harmony.audit.transitions import Refused

from .names import KINDS

ACCEPT = ",".join(f".{ending}" for ending in KINDS)


class KeptFileField(forms.FileField):
    widget = forms.FileInput(attrs={"accept": ACCEPT})
    default_error_messages = {
        "required": _("Choose a file."),
        "missing": _("Choose a file."),
        "invalid": _("Choose a file."),
        "empty": _("This file is empty. Choose another."),
    }

    def clean(self, value, initial=None):
        file = super().clean(value, initial)
        try:
            if file is not None:  # a form may do without one
                file.examine()
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None
        return file
