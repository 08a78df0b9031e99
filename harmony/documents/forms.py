"""What is asked before a document is made: what for, in a choice and in words; for some, which period."""

from datetime import timedelta
from uuid import UUID, uuid4

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import DateField, Form, LongText, Radios

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
