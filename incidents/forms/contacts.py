"""A contact or a welfare check, written down in one screen: on a phone, at the door, straight after it."""

from django import forms
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import DateField, Form, LongText, MomentField, Radios

from ..models import ChronologyEntry
from .fields import ShortText, YesOrNo

Kind = ChronologyEntry.Kind


class ContactForm(Form):
    kind = forms.ChoiceField(
        label=_("What was it?"),
        choices=[
            (Kind.CALL, _("A talk with somebody in it, or their family")),
            (Kind.CONTACT, _("A talk with somebody outside, like the council, the police or a school")),
            (Kind.WELFARE, _("A welfare check: how are they?")),
        ],
        widget=Radios,
        error_messages={"required": _("Choose what it was.")},
    )
    with_whom = ShortText(
        label=_("With whom?"), rows=1, max_length=200, error_messages={"required": _("Write who it was with.")}
    )
    how = forms.ChoiceField(
        label=_("How?"),
        choices=ChronologyEntry.How.choices,
        widget=Radios(stand="pairs"),
        error_messages={"required": _("Choose how.")},
    )
    happened_at = MomentField(label=_("When?"), past=True, error_messages={"required": _("Say when it was.")})
    answered = YesOrNo(
        label=_("Did you reach them?"),
        error_messages={"required": _("Choose yes or no. A try that failed counts too.")},
    )
    words = LongText(label=_("What was said?"), rows=4, required=False)
    seen = forms.ChoiceField(
        label=_("For a welfare check: were they seen?"),
        choices=ChronologyEntry.Seen.choices,
        widget=Radios(stand="pairs"),
        required=False,
    )
    how_they_were = LongText(
        label=_("How were they?"),
        help_text=_("What you saw and heard, not what you think it means."),
        rows=3,
        required=False,
    )
    next_on = DateField(
        label=_("When do you try, or look, again?"),
        help_text=_("It stands among what you have to do. Leave it empty if nothing comes next."),
        required=False,
    )

    def __init__(self, data=None, **options):
        super().__init__(data, **{"initial": {"happened_at": now()}} | options)

    def clean_next_on(self):
        next_on = self.cleaned_data["next_on"]
        if next_on and next_on < localdate():
            raise forms.ValidationError(_now("This day has passed. Give today or a later one."))
        return next_on

    def clean(self):
        answers = super().clean()
        checks, reached = answers.get("kind") == Kind.WELFARE, answers.get("answered")
        if reached and not checks and not answers.get("words") and "words" not in self.errors:
            self.add_error("words", _now("Write what was said, in a sentence."))
        if reached and checks and not answers.get("seen"):
            self.add_error("seen", _now("Choose whether they were seen."))
        if reached and checks and not answers.get("how_they_were") and "how_they_were" not in self.errors:
            self.add_error("how_they_were", _now("Write how they were, in a sentence."))
        return answers
