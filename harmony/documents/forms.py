"""What is asked before a document is made: what for, in a choice and in words; for some, which period."""

from datetime import timedelta
from uuid import UUID, uuid4

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, DateField, Form, LongText, Radios

from .checking import FINGERPRINT, NUMBER, digits
from .models import Export

A_YEAR = timedelta(days=365)


class ExportForm(Form):
    form_key = forms.Field(required=False, widget=forms.HiddenInput)
    purpose = forms.ChoiceField(
        label=_("What is it for?"),
        choices=Export.Purpose.choices,
        widget=Radios,
        error_messages={"required": _("Choose what it is for.")},
    )
    purpose_words = LongText(
        label=_("Who will get it, and why do they need it?"),
        help_text=_("This is printed on the document and kept in the audit book."),
        rows=3,
        max_length=1000,
        error_messages={"required": _("Say who will get it and why.")},
    )

    def __init__(self, data=None, **options):
        super().__init__(data, initial={"form_key": uuid4()} | options.pop("initial", {}), **options)

    def clean_form_key(self):
        try:
            return UUID(str(self.cleaned_data["form_key"]))
        except ValueError:
            return uuid4()


class PrintedForm(Form):
    """What is printed at the end of each document."""

    number = CharField(
        label=_("Number of the document"),
        help_text=_("8 letters and digits, at the foot of each page. Like 3FA85F64."),
        error_messages={"required": _("Type the number of the document.")},
    )
    fingerprint = LongText(
        label=_("Fingerprint"),
        help_text=_("64 letters and digits, on the last page. Spaces do not matter."),
        rows=3,
        max_length=400,
        error_messages={"required": _("Type the fingerprint.")},
    )

    def clean_number(self):
        return self._digits("number", NUMBER, _("A number has 8 digits, or letters from A to F. Check it again."))

    def clean_fingerprint(self):
        wrong = _("A fingerprint has 64 digits, or letters from A to F. Check it again.")
        return self._digits("fingerprint", FINGERPRINT, wrong)

    def _digits(self, name, pattern, wrong):
        typed = digits(self.cleaned_data[name])
        if not pattern.fullmatch(typed):
            raise forms.ValidationError(wrong)
        return typed


class FileForm(Form):
    """The file as it was downloaded."""

    file = forms.FileField(
        label=_("The PDF"),
        help_text=_("It is looked at and not kept."),
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": "application/pdf"}),
        error_messages={
            "required": _("Choose a PDF of less than 50 MB."),
            "empty": _("This file is empty. Choose another."),
            "invalid": _("Choose a PDF of less than 50 MB."),
        },
    )


class PeriodForm(ExportForm):
    """For documents about a time: the last twelve months unless told."""

    since = DateField(label=_("From which day?"), error_messages={"required": _("Give the first day.")})
    until = DateField(
        label=_("Until which day?"),
        help_text=_("This day is included."),
        past=True,
        error_messages={"required": _("Give the last day.")},
    )

    field_order = ["since", "until"]

    def __init__(self, data=None, **options):
        today = localdate()
        super().__init__(data, initial={"since": today - A_YEAR + timedelta(days=1), "until": today}, **options)

    def clean(self):
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day comes before the first. Check both."))
        elif since and until and until - since > 2 * A_YEAR:
            self.add_error("since", _("Choose two years or less. For a longer time, make two documents."))
