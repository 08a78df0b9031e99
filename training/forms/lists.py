"""What the pages ask about several at once: who was there when a course was taught, and a list from elsewhere."""

from django import forms
from django.utils.translation import gettext_lazy as _

from harmony.files.forms import KeptFileField
from harmony.look.forms import CharField, DateField, Form, LongText, Radios, Ticks

from .completions import CourseField

LARGEST = 200_000  # bytes of a list: some thousand lines


class SessionForm(Form):
    course = CourseField()
    held_on = DateField(label=_("When was it?"), past=True)
    led_by = CharField(label=_("Who led it?"), max_length=100)
    shown = CharField(
        label=_("Where is the signed list?"), max_length=300, help_text=_("Like “green folder, March 2026”.")
    )
    people = forms.MultipleChoiceField(
        label=_("Who was there to the end?"),
        widget=Ticks(stand="pairs"),
        error_messages={"required": _("Tick everybody who was there.")},
    )

    def __init__(self, *args, people, **options):
        super().__init__(*args, **options)
        self.known = {str(one.pk): one for one in people}
        self.fields["people"].choices = [(key, one.name) for key, one in self.known.items()]

    def clean_people(self):
        return [self.known[key] for key in self.cleaned_data["people"]]


class ListForm(Form):
    """Lines from elsewhere, typed, pasted or out of a file. They stand in the box until they are written down."""

    lines = LongText(
        label=_("The lines"),
        rows=8,
        max_length=LARGEST,
        required=False,
        help_text=_(
            "On each: e-mail address, short name of the course, day, and what shows it. With commas or tabs between."
        ),
    )
    file = forms.FileField(
        label=_("Or a file"), required=False, help_text=_("A list saved as CSV."), allow_empty_file=True
    )

    def clean(self):
        told = super().clean()
        file = told.pop("file", None)
        if file is not None:
            told["lines"] = _read(file, self)
        elif not (told.get("lines") or "").strip() and not self.errors:
            self.add_error("lines", _("Paste the lines, or choose a file."))
        return told


def _read(file, form):
    if file.size > LARGEST:
        form.add_error("file", _("This list is too long. Send a part of it."))
        return ""
    content = file.read()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    form.add_error("file", _("This file cannot be read as text. Save it as CSV and try again."))
    return ""


class BriefingForm(Form):
    words = LongText(label=_("The text"), rows=14, max_length=8000, help_text=_("Short: what to know, and what to do."))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for number in (1, 2, 3):
            self.fields[f"asks_{number}"] = CharField(
                label=_("Question %(number)d") % {"number": number}, max_length=200
            )
            for answer in (1, 2, 3):
                self.fields[f"answer_{number}_{answer}"] = CharField(
                    label=_("Answer %(number)d") % {"number": answer}, max_length=200
                )
            self.fields[f"right_{number}"] = forms.TypedChoiceField(
                label=_("Which is right?"), choices=[(1, "1"), (2, "2"), (3, "3")], coerce=int
            )

    def clean(self):
        told = super().clean()
        return {
            "words": told.get("words"),
            "questions": [
                (told.get(f"asks_{n}"), [told.get(f"answer_{n}_{m}") for m in (1, 2, 3)], told.get(f"right_{n}"))
                for n in (1, 2, 3)
            ],
        }


class AnswersForm(Form):
    """Three questions about what was just read."""

    def __init__(self, *args, briefing, **options):
        super().__init__(*args, **options)
        for question in briefing.questions.all():
            self.fields[f"question_{question.number}"] = forms.TypedChoiceField(
                label=question.asks,
                choices=question.answers,
                coerce=int,
                widget=Radios,
                error_messages={"required": _("Choose an answer.")},
            )

    def clean(self):
        told = super().clean()
        return {"answers": {int(name.rpartition("_")[2]): answer for name, answer in told.items()}}


class EvidenceForm(Form):
    file = KeptFileField(
        label=_("The file"),
        help_text=_("PDF, PNG, JPEG, Word or plain text. Up to 20 MB."),
        error_messages={"required": _("Choose a file.")},
    )
