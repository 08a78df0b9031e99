"""What the pages about reaching young people ask."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, DateField, Form, LongText, Radios
from harmony.organisation.models import Channel
from harmony.people.forms.fields import RecordField
from harmony.people.models import ContactRule
from harmony.people.models.contact import LONGEST


class RuleForm(Form):
    channel = RecordField(
        Channel.objects.none(), label=_("Which way?"), help_text=_("Only what the register has approved is here.")
    )
    way = forms.ChoiceField(
        label=_("To whom?"),
        choices=ContactRule.Way,
        widget=Radios,
        error_messages={"required": _("Say to whom they may write.")},
    )
    used_for = CharField(
        label=_("What for?"),
        max_length=120,
        help_text=_("For example: club times, and what to bring."),
        error_messages={"required": _("Say what it is for.")},
    )
    hours = CharField(
        label=_("When?"),
        max_length=120,
        help_text=_("For example: Monday to Friday, 9am to 8pm."),
        error_messages={"required": _("Say at what hours.")},
    )
    conditions = LongText(
        label=_("Anything else to keep to"),
        rows=3,
        max_length=1000,
        required=False,
        help_text=_("The conditions of the register hold too."),
    )

    def __init__(self, *args, group=None, **options):
        super().__init__(*args, **options)
        if group is None:  # of a rule that is there, the channel stays
            del self.fields["channel"]
        else:
            there = group.contact_rules.standing().values("channel")
            self.fields["channel"].queryset = Channel.objects.approved().exclude(pk__in=there).order_by("name")


class ExceptionForm(Form):
    wanted = LongText(
        label=_("Whom do you need to reach, and by what way?"),
        rows=3,
        max_length=2000,
        error_messages={"required": _("Say whom, and by what way.")},
    )
    reason = LongText(
        label=_("Why does no approved way do?"),
        rows=3,
        max_length=2000,
        error_messages={"required": _("Say why the approved ways do not do.")},
    )
    last_day = DateField(
        coming=True,
        label=_("Until which day?"),
        help_text=_("It ends by itself after that day. Half a year at most."),
    )

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day > localdate() + LONGEST:
            raise ValidationError(_("An exception lasts half a year at most. Give a sooner day."))
        return day


class AllowForm(Form):
    decision = LongText(
        label=_("On what conditions?"),
        rows=3,
        max_length=2000,
        help_text=_("For example: the group leader is copied in, and nothing is deleted."),
        error_messages={"required": _("Say on what conditions, in a sentence.")},
    )


class RefuseForm(Form):
    decision = LongText(
        label=_("Why not, and what to do instead?"),
        rows=3,
        max_length=2000,
        error_messages={"required": _("Say why not, in a sentence.")},
    )
