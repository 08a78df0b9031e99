"""Questions that several forms ask: which colleague, at what time, yes or no."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, MomentField, Radios, Ticks
from harmony.look.words import hour
from harmony.people.models import User

YES_OR_NO = [("yes", _("Yes")), ("no", _("No"))]


class YesOrNo(forms.TypedChoiceField):
    """Two cards, neither chosen beforehand. The answer is True or False."""

    def __init__(self, *, choices=YES_OR_NO, hints=None, **options):
        super().__init__(
            choices=choices,
            coerce=lambda answer: answer == "yes",
            widget=Radios(hints=hints),
            empty_value=None,
            **options,
        )

    def prepare_value(self, value):
        return {True: "yes", False: "no"}.get(value, value)


class ClockField(MomentField):
    """A clock time by itself: "4:30pm", or nothing."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-5"})

    def to_python(self, value):
        typed = str(value or "").strip()
        return self._clock(typed) if typed else None

    def prepare_value(self, value):
        return hour(value) if hasattr(value, "hour") else value

    def validate(self, value):
        forms.Field.validate(self, value)


class Codes(forms.MultipleChoiceField):
    """Several answers, kept as their codes with spaces between."""

    widget = Ticks

    def prepare_value(self, value):
        return value.split() if isinstance(value, str) else value

    def clean(self, value):
        return " ".join(super().clean(value))


class ColleagueField(forms.ModelChoiceField):
    """One of the people who work or volunteer here now."""

    def __init__(self, **options):
        super().__init__(queryset=User.objects.none(), empty_label=_("Choose a name"), **options)

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None


class ShortText(CharField):
    """A line or two, that grows no longer than a screen."""

    def __init__(self, *, rows=2, max_length=500, **options):
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **options)
