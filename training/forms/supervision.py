"""What the pages about supervision ask."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, DateField, Form, LongText, Radios, Ticks
from harmony.people.models import Post

from ..given import Whom
from ..models import Help, Support
from .courses import NumberField

REFERENCE = re.compile(r"[A-Z2-9]{3}-[A-Z2-9]{4}$")


class SupervisionForm(Form):
    held_on = DateField(label=_("When did you talk?"), past=True, initial=localdate)
    words = LongText(
        label=_("What did you talk about?"),
        rows=5,
        max_length=5000,
        required=False,
        help_text=_("The young people’s welfare, decisions, and what is hard. Only the two of you read this."),
    )
    agreed = LongText(label=_("What did you agree?"), rows=3, max_length=2000, required=False)
    cases = CharField(
        label=_("Which cases did it touch?"),
        max_length=200,
        required=False,
        help_text=_("Their references, like 7KQ-M4XD. They are shown only to whoever may see the case."),
    )
    support = LongText(
        label=_("How are they, and what support was offered?"),
        rows=3,
        max_length=2000,
        required=False,
        help_text=_("Above all after distressing work. Write nothing about health that they would not want kept."),
    )

    def clean_cases(self):
        typed = self.cleaned_data["cases"].upper().replace(",", " ").split()
        if any(not REFERENCE.match(reference) for reference in typed):
            raise ValidationError(_("A reference has seven letters and digits, like 7KQ-M4XD."))
        return typed


class SupportForm(Form):
    """Ticks and no words: neither what it was nor how somebody is belongs here."""

    helps = forms.MultipleChoiceField(
        label=_("What do you offer?"),
        choices=Help,
        widget=Ticks,
        error_messages={"required": _("Tick at least one.")},
    )


class AnswerForm(Form):
    says = forms.ChoiceField(
        label=_("Would you like that?"),
        choices=[(Support.Status.TAKEN, Support.Status.TAKEN.label), (Support.Status.DECLINED, Support.Status.DECLINED.label)],
        widget=Radios(stand="row"),
        error_messages={"required": _("Choose one. Both are fine.")},
    )  # fmt: skip


class RhythmForm(Form):
    whom = forms.ChoiceField(
        label=_("Who has supervision?"),
        choices=[(Whom.POST, Whom.POST.label), (Whom.CONTACT, Whom.CONTACT.label)],
        widget=Radios,
    )
    post = forms.ChoiceField(label=_("Which role?"), choices=[("", _("Choose one")), *Post.choices], required=False)
    every_days = NumberField(
        label=_("Within how many days of the last time?"),
        least=7,
        most=366,
        initial=42,
        help_text=_("42 is six weeks."),
    )

    def clean(self):
        told = super().clean()
        if told.get("whom") == Whom.POST and not told.get("post"):
            self.add_error("post", _("Say which."))
        elif told.get("whom") == Whom.CONTACT:
            told["post"] = ""
        return told
