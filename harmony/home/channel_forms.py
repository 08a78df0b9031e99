"""What the pages about approved channels ask."""

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import DateField, Form
from harmony.people.forms.fields import RecordField
from harmony.people.models import User


class HolderForm(Form):
    user = RecordField(User.objects.none(), label=_("Who?"))
    starts_on = DateField(label=_("From when?"), initial=localdate)

    def __init__(self, *args, channel, **options):
        super().__init__(*args, **options)
        there = channel.holders.standing()
        self.fields["user"].queryset = User.objects.active().exclude(pk__in=there.values("user"))
