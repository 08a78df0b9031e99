"""Fields that speak in sentences: text with room counted, dates in boxes, moments with a clock time."""

import re
from datetime import UTC, date, datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.timezone import get_current_timezone, is_aware, localdate, localtime, now
from django.utils.translation import gettext_lazy as _

from .characters import keepable
from .words import hour

CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>[0-5]\d))?\s*(?P<half>[ap]\.?m\.?)?$", re.IGNORECASE)


UNKEEPABLE = _("There is a character here that we cannot keep. Write this part again.")


def refuse_unkeepable(text):
    """A validator, for the text fields of other people's forms."""
    if isinstance(text, str) and not keepable(text):  # a device's answer is no text
        raise ValidationError(UNKEEPABLE, code="unkeepable")


class CharField(forms.CharField):
    """Text kept as it was typed. No `maxlength` in the page: browsers cut pasted words off without a sound."""

    default_error_messages = {"unkeepable": UNKEEPABLE}

    def to_python(self, value):
        text = super().to_python(value)
        if isinstance(text, str):
            text = text.replace("\r\n", "\n")
            if not keepable(text):
                raise ValidationError(self.error_messages["unkeepable"], code="unkeepable")
        return text

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class LongText(CharField):
    """Several lines. `rows` is how tall the box stands before anything is typed."""

    def __init__(self, *, rows=5, max_length=20_000, **options):
        super().__init__(max_length=max_length, **{"widget": forms.Textarea(attrs={"rows": rows})} | options)


class Radios(forms.RadioSelect):
    """Choices as cards; `hints` says more below a choice: {value: sentence}.

    `stand`: "row" for a few short answers beside each other, "pairs" for many that go two by two where there is room.
    """

    def __init__(self, *args, hints=None, stand="", **options):
        super().__init__(*args, **options)
        self.hints, self.stand = hints or {}, stand

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["stand"] = self.stand
        return context

    def create_option(self, name, value, *args, **kwargs):
        return super().create_option(name, value, *args, **kwargs) | {"hint": self.hints.get(str(value), "")}


class Ticks(Radios, forms.CheckboxSelectMultiple):
    """The same for several answers at once."""

    allow_multiple_selected = True
    input_type = "checkbox"
    template_name = "django/forms/widgets/checkbox_select.html"
    option_template_name = "django/forms/widgets/checkbox_option.html"


class Boxes(forms.MultiWidget):
    """Day, month and year (and a clock time), each in its own box: no picker, no format to guess."""

    template_name = "django/forms/widgets/boxes.html"
    use_fieldset = True

    look = {
        "day": {"class": "govuk-input govuk-input--width-2", "inputmode": "numeric"},
        "month": {"class": "govuk-input govuk-input--width-4"},
        "year": {"class": "govuk-input govuk-input--width-4", "inputmode": "numeric"},
        "time": {"class": "govuk-input govuk-input--width-5"},
    }

    def __init__(self, *, with_time=False, attrs=None):
        labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        self.labels = labels | ({"time": _("Time, like 4:30pm")} if with_time else {})
        super().__init__({part: forms.TextInput(self.look[part]) for part in self.labels}, attrs)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for box, label in zip(context["widget"]["subwidgets"], self.labels.values(), strict=True):
            box["label"] = label
        return context

    def decompress(self, value):
        if not value:
            return [None] * len(self.widgets)
        if isinstance(value, datetime):
            value = localtime(value) if is_aware(value) else value
            return [value.day, value.month, value.year, hour(value)][: len(self.widgets)]
        return [value.day, value.month, value.year]


class DateField(forms.Field):
    """A day. `past=True` refuses days to come, `coming=True` days that have gone by."""

    widget = Boxes
    default_error_messages = {
        "day": _("Add the day, like 27."),
        "month": _("Add the month, like 3 or March."),
        "year": _("Add the year in full, like 2026."),
        "no_such_day": _("There is no such day. Check the day and the month."),
        "future": _("This day has not come yet. Give one that has."),
        "gone": _("This day has gone by. Give one that is still to come."),
    }

    def __init__(self, *, past=False, coming=False, **options):
        super().__init__(**options)
        self.past, self.coming = past, coming

    def to_python(self, value):
        if not value or isinstance(value, date):
            return value or None
        typed = [str(part or "").strip() for part in value]
        if not any(typed):
            return None
        return self._day(*typed[:3])

    def validate(self, value):
        super().validate(value)
        if value and self.past and value > localdate():
            raise self._refusal("future")
        if value and self.coming and value < localdate():
            raise self._refusal("gone")

    def _day(self, day, month, year):
        day = self._number(day, "day", range(1, 32))
        month = _month(month) or self._number(month, "month", range(1, 13))
        year = self._number(year, "year", range(1900, 2200))
        try:
            return date(year, month, day)
        except ValueError:
            raise self._refusal("no_such_day") from None

    def _number(self, typed, part, known):
        if typed.isascii() and typed.isdigit() and len(typed) < 5 and int(typed) in known:
            return int(typed)
        raise self._refusal(part)

    def _refusal(self, code):
        return ValidationError(self.error_messages[code], code=code)


class MomentField(DateField):
    """A day and a clock time, in the organisation's time zone. `past=True` refuses times to come.

    A time that the clocks left out is asked again; one that came twice, when they went back, is the earlier of the two.
    """

    widget = Boxes(with_time=True)
    default_error_messages = {
        "time": _("Add the time, like 4:30pm or 16:30. If you are not sure, give your best guess."),
        "half": _("Say am or pm, like 4:30pm."),
        "future": _("This time has not come yet. Give one that has."),
        "left_out": _("The clocks went forward that night: %(time)s did not happen. Write the time before or after."),
        "leaves_out": _("The clocks go forward that night: %(time)s will not happen. Write the time before or after."),
    }

    def to_python(self, value):
        if isinstance(value, datetime):
            return value
        day = super().to_python(value)
        if day is None:
            return None
        clock = self._clock(str(value[3] if len(value) > 3 else "").strip())
        return self._moment(day, clock)

    def _moment(self, day, clock):
        moment = datetime.combine(day, clock, get_current_timezone())
        if localtime(moment.astimezone(UTC)).time() != clock:  # through UTC and back, which knows what the clocks did
            code = "left_out" if moment < now() else "leaves_out"
            raise ValidationError(self.error_messages[code], code=code, params={"time": hour(moment)})
        return moment

    def validate(self, value):
        forms.Field.validate(self, value)
        if value and self.past and value > now():
            raise self._refusal("future")

    def _clock(self, typed):
        found = CLOCK.match(typed) if typed.isascii() else None
        if not found:
            raise self._refusal("time")
        hour, minute, half = int(found["hour"]), int(found["minute"] or 0), (found["half"] or "").lower()
        if not half and (found["minute"] is None or len(found["hour"]) == 1):
            raise self._refusal("half")
        if half:
            if not 1 <= hour <= 12:
                raise self._refusal("time")
            hour = hour % 12 + (12 if half.startswith("p") else 0)
        if hour > 23:
            raise self._refusal("time")
        return time(hour, minute)


def _month(typed):
    """The number of a month written as a word, or its first three letters."""
    word = typed.casefold()
    if len(word) < 3:
        return None
    return next((number for number, name in MONTHS.items() if str(name).casefold().startswith(word)), None)
