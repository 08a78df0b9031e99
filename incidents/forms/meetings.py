"""What is asked of a meeting of agencies: when it is, what is owed for it, and what came of it."""

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, Form, LongText, MomentField

from ..models import Meeting
from .fields import ShortText
from .working import SAY_WHY


class ChangeMeetingForm(Form):
    happens_at = MomentField(label=_("When is it?"), error_messages={"required": _("Say when it is.")})
    place = CharField(label=_("Where, or by which link?"), max_length=300, required=False)
    chair = CharField(label=_("Who leads it?"), max_length=200, required=False)
    invited = ShortText(
        label=_("Who is asked to come?"),
        help_text=_("Who of us, and who else as far as you know."),
        max_length=1_000,
        error_messages={"required": _("Write who of us is asked to come.")},
    )
    report_due = MomentField(
        label=_("By when do they want a report from us?"),
        help_text=_("Leave it empty if they want none. Conferences mostly do."),
        required=False,
    )


class MeetingForm(ChangeMeetingForm):
    field_order = ("kind",)

    kind = forms.ChoiceField(
        label=_("What kind of meeting is it?"),
        choices=[("", _("Choose a kind")), *Meeting.Kind.choices],
        error_messages={"required": _("Choose what kind of meeting it is.")},
    )


class ReportSentForm(Form):
    happened_at = MomentField(
        label=_("When was it sent?"), past=True, error_messages={"required": _("Say when it was sent.")}
    )
    words = ShortText(
        label=_("To whom, how, and who has read it?"),
        help_text=_("A child and their family read our report before the meeting, unless that adds risk."),
        rows=3,
        max_length=2_000,
        error_messages={"required": _("Say to whom it was sent, and how.")},
    )

    def __init__(self, data=None, **options):
        super().__init__(data, **{"initial": {"happened_at": now()}} | options)


class _OverForm(Form):
    minutes = ShortText(
        label=_("Where are the minutes?"),
        help_text=_("Empty if they have not come yet: you are reminded."),
        required=False,
    )


class HeldForm(_OverForm):
    field_order = ("attended", "decisions")

    attended = ShortText(
        label=_("Who was there?"), max_length=1_000, error_messages={"required": _("Write who was there.")}
    )
    decisions = LongText(
        label=_("What was decided?"),
        help_text=_("Who does what by when; what was said that we do not agree with."),
        error_messages={"required": _("Write what was decided, in a sentence or more.")},
    )


class MissedForm(_OverForm):
    field_order = ("attended", "decisions")

    attended = ShortText(label=_("Why was nobody of us there?"), max_length=1_000, error_messages=SAY_WHY)
    decisions = LongText(label=_("What was decided, as far as you know?"), required=False)


class CancelForm(Form):
    why = ShortText(label=_("Why does it not take place?"), error_messages=SAY_WHY)


class MinutesForm(Form):
    minutes = ShortText(
        label=_("Where are the minutes?"),
        help_text=_("In the files of this case, or where else."),
        error_messages={"required": _("Say where they are.")},
    )
    decisions = LongText(
        label=_("What was decided, if it was not known before?"),
        rows=4,
        required=False,
    )
