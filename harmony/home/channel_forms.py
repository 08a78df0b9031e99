"""What the pages about approved channels ask."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, DateField, Form, LongText
from harmony.organisation.models import Channel
from harmony.people.forms.fields import RecordField
from harmony.people.models import User

A_YEAR = timedelta(days=365)  # what is offered; a shorter one is often right, and a longer one is looked at too late


def in_a_year():
    return localdate() + A_YEAR


class RenewForm(Form):
    approved_until = DateField(
        label=_("What is the last day?"), initial=in_a_year, help_text=_("A year from now at most.")
    )

    def clean_approved_until(self):
        day = self.cleaned_data["approved_until"]
        if day < localdate():
            raise ValidationError(_("This day has gone by. Give one that is still to come."))
        if day > in_a_year():
            raise ValidationError(_("That is more than a year from now. Give an earlier day, then look again."))
        return day


class ChannelForm(RenewForm):
    """A new channel; or, of one that is there, its name and conditions only."""

    name = CharField(label=_("Name"), max_length=60, help_text=_("Like “Club phone”."))
    conditions = LongText(
        label=_("On what conditions may it be used?"),
        rows=4,
        max_length=1000,
        help_text=_("Who may use it, when, who else sees it, and what is kept."),
    )
    field_order = ["name", "conditions", "approved_until"]

    def __init__(self, *args, channel=None, **options):
        super().__init__(*args, **options)
        self.channel = channel
        if channel:
            del self.fields["approved_until"]

    def clean_name(self):
        name = self.cleaned_data["name"]
        others = Channel.objects.in_use()
        others = others.exclude(pk=self.channel.pk) if self.channel else others
        if others.filter(name__iexact=name).exists():
            raise ValidationError(_("There is a channel with this name already. Choose another."))
        return name


class StopForm(Form):
    why = LongText(
        label=_("Why is it not used any more?"),
        rows=3,
        max_length=1000,
        help_text=_("Everybody who works here reads it. Name no young person."),
    )


class HolderForm(Form):
    user = RecordField(User.objects.none(), label=_("Who?"))
    starts_on = DateField(label=_("From when?"), initial=localdate)

    def __init__(self, *args, channel, **options):
        super().__init__(*args, **options)
        there = channel.holders.standing()
        self.fields["user"].queryset = User.objects.active().exclude(pk__in=there.values("user"))
