"""What the pages about lessons ask. A lesson that names a child, or gives a case's reference, is not taken."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, DateField, Form, LongText, Radios
from harmony.people.forms.fields import RecordField
from harmony.people.models import YoungPerson

from .models import Lesson, Policy, Version
from .models.acknowledgements import asked

REFERENCE = re.compile(r"\b[A-Z2-9]{3}-[A-Z2-9]{4}\b")
WORD = re.compile(r"\w+")


def without_a_name(words):
    """ValidationError where the whole name of a young person stands in them, or what looks like the reference of a case."""
    if found := REFERENCE.search(words):
        raise ValidationError(_("“%(found)s” is the reference of a case. Leave it out."), params={"found": found[0]})
    said = _plain(words)
    for one in YoungPerson.objects.by_name():
        for name in (one.name, one.full_name):
            # a first name alone is a word like others: only whoever reads it can tell
            if len(name.split()) > 1 and _plain(name) in said:
                raise ValidationError(
                    _("“%(name)s” is a young person here. Leave the name out."), params={"name": name}
                )
    return words


def _plain(words):
    return f" {' '.join(WORD.findall(words.casefold()))} "


class LessonForm(Form):
    came_from = forms.ChoiceField(label=_("What does it come from?"), choices=Lesson.Source, widget=Radios)
    learned_on = DateField(label=_("When did we learn it?"), past=True, initial=localdate)
    title = CharField(label=_("In a line"), max_length=150)
    words = LongText(
        label=_("What happened, and what do we do differently?"),
        rows=6,
        max_length=5000,
        help_text=_("Say “a boy of 13” or “a worker”. Trustees and the office read this."),
    )

    def clean_title(self):
        return without_a_name(self.cleaned_data["title"])

    def clean_words(self):
        return without_a_name(self.cleaned_data["words"])


class ActionForm(Form):
    what = LongText(label=_("What is to be done?"), rows=3, max_length=1000, help_text=_("No name of a young person."))
    owner = RecordField(None, label=_("Who does it?"), error_messages={"required": _("Choose who does it.")})
    due_on = DateField(coming=True, label=_("By when?"))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["owner"].queryset = asked(Policy(asked_of=Policy.AskedOf.EVERYBODY)).order_by("name")

    def clean_what(self):
        return without_a_name(self.cleaned_data["what"])


class ChangedForm(Form):
    version = RecordField(None, label=_("In which version?"), required=False, empty_label=_("In none"))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        out = Version.objects.filter(published_at__isnull=False).select_related("policy")
        self.fields["version"].queryset = out.order_by("policy__title", "-number")
        self.fields["version"].label_from_instance = lambda one: (
            _("%(title)s, version %(number)d")
            % {
                "title": one.policy.title,
                "number": one.number,
            }
        )


class ResultForm(Form):
    result = LongText(label=_("What came of it?"), rows=3, max_length=2000)

    def __init__(self, *args, asks="", **options):
        super().__init__(*args, **options)
        if asks:
            self.fields["result"].label = asks

    def clean_result(self):
        return without_a_name(self.cleaned_data["result"])
