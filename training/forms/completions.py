"""What the pages ask about what somebody has done, and from what they are excused."""

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, DateField, Form, LongText
from harmony.people.forms.fields import RecordField

from ..models import Course


class CourseField(RecordField):
    def __init__(self, **options):
        super().__init__(Course.objects.in_use(), label=_("Which course?"), **options)


class DayForm(Form):
    """On which day to look: today where nothing is said."""

    day = DateField(label=_("On which day?"), required=False)


class CompletionForm(Form):
    course = CourseField()
    completed_on = DateField(label=_("When was it finished?"), past=True)
    shown = CharField(
        label=_("What shows it?"),
        max_length=300,
        help_text=_("Like “certificate no. 4711, blue folder”. Somebody else looks at it before it counts."),
        error_messages={"required": _("Say what shows that it was done.")},
    )


class ExemptionForm(Form):
    course = CourseField()
    because = LongText(
        label=_("Why?"),
        rows=3,
        max_length=1000,
        help_text=_("Only what the work asks. Write nothing about health here."),
    )
    last_day = DateField(coming=True, label=_("Until when?"), help_text=_("It is looked at again then."))

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if (day - localdate()).days > 366:
            raise ValidationError(_("A year is the longest. It is looked at again then."))
        return day
