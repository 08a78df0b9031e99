"""What is asked of a referral: to whom and why, then each step that it takes."""

import json

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, Form, LongText, MomentField, Radios, Ticks
from harmony.organisation.models import Council, Organisation
from harmony.people.forms.fields import RecordField

from ..outside import REASON_OWED, Agency, Informed
from .fields import ShortText
from .working import SAY_WHY


class ReferralForm(Form):
    """`council`, `agency`: what is proposed. No council is our own; an adult who was harmed goes to adult social care (S10)."""

    agency = forms.ChoiceField(
        label=_("Who would you refer it to?"),
        choices=Agency.choices,
        widget=Radios(stand="pairs"),
        error_messages={"required": _("Choose who you would refer it to.")},
    )
    council = RecordField(
        Council.objects.none(),
        label=_("Which council?"),
        help_text=_("Where the child lives. For an adult who works with children, where they work."),
        required=False,
    )
    why = LongText(
        label=_("Why do you consider it?"),
        help_text=_("What the harm is or may be. Write it here even if you then decide not to."),
        rows=4,
        error_messages=SAY_WHY,
    )
    informed = forms.ChoiceField(
        label=_("Do those it is about know?"),
        choices=Informed.choices,
        widget=Radios,
        error_messages={"required": _("Choose one of these answers.")},
    )
    informed_why = ShortText(
        label=_("What they said, or why not"),
        help_text=_("You need nobody’s agreement where a child, or somebody else, may be harmed."),
        rows=3,
        max_length=2_000,
        required=False,
    )

    def __init__(self, data=None, *, council=None, agency="", **options):
        super().__init__(data, **{"initial": {"council": council, "agency": agency}} | options)
        self.fields["council"].queryset = Council.objects.all()
        self.fields["council"].empty_label = Organisation.current().council or _now("Our own council")
        if not self.fields["council"].queryset.exists():
            del self.fields["council"]

    def clean(self):
        answers = {"council": None} | super().clean()
        if answers.get("informed") in REASON_OWED and not answers.get("informed_why") and not self.errors:
            self.add_error("informed_why", _now("Say why, in a sentence."))
        return answers


class _Heard(Form):
    """Something that was said or sent: with whom, when, what."""

    whom = CharField(max_length=200, error_messages={"required": _("Write a name, or the desk that answered.")})
    happened_at = MomentField(label=_("When was it?"), past=True, error_messages={"required": _("Say when it was.")})
    words = LongText(rows=4, error_messages={"required": _("Write it down, in a sentence or more.")})
    asks = {}

    def __init__(self, data=None, **options):
        super().__init__(data, **{"initial": {"happened_at": now()}} | options)
        for name, label in self.asks.items():
            self.fields[name].label = label


class _WithReference(_Heard):
    their_reference = CharField(label=_("Their reference"), max_length=100, required=False)


class TellForm(_WithReference):
    asks = {"whom": _("Who did you speak to?"), "words": _("What did you tell them, and what did they say?")}


class SendForm(_WithReference):
    asks = {"whom": _("Who did you send it to?"), "words": _("What did you send, and how?")}


class ConfirmForm(_WithReference):
    asks = {"whom": _("Who says that they have it?"), "words": _("What did they say?")}


class ChaseForm(_Heard):
    asks = {"whom": _("Who did you try?"), "words": _("What did they say? Or did nobody answer?")}


class ChallengeForm(_Heard):
    asks = {"whom": _("Who did you challenge?"), "words": _("Why is it wrong, and what do you ask for?")}


class AnswerForm(_Heard):
    """What they decided; `is_accepted` says which step it is."""

    field_order = ("decision",)

    decision = forms.ChoiceField(
        label=_("What did they decide?"),
        choices=[("yes", _("They accept it")), ("no", _("They do not accept it"))],
        widget=Radios(stand="row"),
        error_messages={"required": _("Choose what they decided.")},
    )
    asks = {"whom": _("Who told you?"), "words": _("What did they say: what happens now, or why not?")}

    def clean(self):
        answers = super().clean()
        self.is_accepted = answers.pop("decision", "") == "yes"
        return answers


class ChooseForm(Form):
    """What its PDF holds. `offered`: {group: [(code, words)]}; the answer is one text, as the step keeps it."""

    def __init__(self, data=None, *, offered, titles, chosen=(), **options):
        super().__init__(data, **options)
        for group, rows in offered.items():
            if rows:
                initial = [code for code, _words in rows if code in chosen]
                self.fields[group] = forms.MultipleChoiceField(
                    label=titles[group], choices=rows, widget=Ticks, required=False, initial=initial
                )

    def clean(self):
        answers = super().clean()
        return {"chosen": json.dumps([code for group in self.fields for code in answers.get(group, [])])}


class BlackOutForm(Form):
    masks = LongText(
        label=_("Which words are blacked out?"),
        help_text=_("A word or a phrase on each line. Capital letters do not matter."),
        rows=5,
        max_length=2_000,
        required=False,
    )
    masks_why = ShortText(label=_("Why?"), max_length=1_000, required=False)

    def clean(self):
        answers = super().clean()
        if answers.get("masks") and not answers.get("masks_why"):
            self.add_error("masks_why", _now("Say why, in a sentence."))
        return answers


class LeaveForm(Form):
    words = LongText(label=_("Why is it not made?"), rows=4, error_messages=SAY_WHY)


class ConcludeForm(Form):
    words = LongText(
        label=_("How did it end?"),
        help_text=_("What is done now, by whom, and whether that keeps them safe."),
        rows=4,
        error_messages={"required": _("Write how it ended, in a sentence.")},
    )
