"""Fields that several pages share: choosing a person, an e-mail address, a reason, days."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, DateField, Form, LongText

CHOOSE = _("Choose one")


class RecordField(forms.ModelChoiceField):
    """One of the records that the reader may choose. An id that is none of them reads as no answer, not as a fault."""

    def __init__(self, queryset, **options):
        super().__init__(queryset, **{"empty_label": CHOOSE} | options)

    def to_python(self, value):
        try:
            return super().to_python(value)
        except (ValidationError, UnicodeError):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None


class EmailField(CharField):
    widget = forms.EmailInput
    default_validators = [validate_email]
    default_error_messages = {"invalid": _("Write an e-mail address, like name@example.org.")}

    def __init__(self, **options):
        super().__init__(**{"max_length": 254} | options)


class PhoneField(CharField):
    """A number to ring, as people write it."""

    default_error_messages = {"unrung": _("Write a phone number, like 01632 960 124.")}

    def __init__(self, **options):
        widget = forms.TextInput(attrs={"inputmode": "tel", "class": "govuk-input--width-20"})
        super().__init__(**{"max_length": 30, "widget": widget} | options)

    def validate(self, value):
        super().validate(value)
        digits = sum(sign in "0123456789" for sign in value)
        if value and (digits < 3 or not set(value) <= set("0123456789 +()-/ext.")):
            raise ValidationError(self.error_messages["unrung"], code="unrung")


class WhyForm(Form):
    why = LongText(label=_("Why?"), rows=3, max_length=2000, help_text=_("It is written in the audit book."))


class LastDayForm(Form):
    """Ends something that has a first day."""

    last_day = DateField(label=_("Last day"), initial=localdate)

    def __init__(self, *args, dated, **options):
        super().__init__(*args, **options)
        self.dated = dated

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day < self.dated.starts_on:
            raise ValidationError(_("This is before it began. Give a later day."))
        return day


class FirstAndLastDay(Form):
    starts_on = DateField(label=_("First day"), initial=localdate)
    last_day = DateField(label=_("Last day"), required=False, help_text=_("Leave it empty if nobody knows yet."))

    def clean_last_day(self):
        return check_order(self.cleaned_data.get("starts_on"), self.cleaned_data["last_day"])


def check_order(first, last):
    if first and last and last < first:
        raise ValidationError(_("This is before the first day. Give a later one."))
    return last
