"""What is asked of a campaign: which group, and by when."""

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import DateField, Form
from harmony.people.forms.fields import RecordField
from harmony.people.models import Group


class CampaignForm(Form):
    group = RecordField(Group.objects.none(), label=_("Which group?"))
    due_on = DateField(label=_("By which day should they answer?"), help_text=_("Two or three weeks from now is fair."))

    def __init__(self, *args, groups, **options):
        super().__init__(*args, **options)
        self.fields["group"].queryset = groups

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day <= localdate():
            raise ValidationError(_("Give a day that is still to come."))
        return day
