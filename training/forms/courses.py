"""What the pages about courses ask: what one is, what it holds and for how long, and who needs it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, DateField, Form, LongText, Radios, Ticks
from harmony.people.forms.fields import RecordField
from harmony.people.models import Group, Membership, Post

from ..given import Whom
from ..models import Course, Topic


class NumberField(forms.IntegerField):
    """A whole number in a short box."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"})
    default_error_messages = {"required": _("Write a number."), "invalid": _("Write a whole number, like 12.")}

    def __init__(self, *, most, least=1, **options):
        messages = {
            "min_value": _("The lowest is %(limit_value)d."),
            "max_value": _("The highest is %(limit_value)d."),
        }
        super().__init__(min_value=least, max_value=most, error_messages=messages, **options)


class VersionForm(Form):
    about = LongText(
        label=_("What is it?"),
        rows=3,
        max_length=1000,
        help_text=_("How long it takes, who runs it, and where to book."),
    )
    topics = forms.MultipleChoiceField(
        label=_("What does it teach about?"),
        choices=Topic,
        required=False,
        widget=Ticks(stand="pairs"),
        help_text=_("Whoever has done it counts as covered on these."),
    )
    months = NumberField(
        label=_("For how many months does it hold?"),
        most=120,
        required=False,
        help_text=_("Leave it empty if it is done once."),
    )
    renewal_days = NumberField(
        label=_("How many days before its end should people do it again?"), least=0, most=365, initial=60
    )


class CourseForm(VersionForm):
    code = CharField(
        label=_("Short name"), max_length=12, help_text=_("Like “SG-ANN”. It is used in lists you import.")
    )
    title = CharField(label=_("Title"), max_length=80, help_text=_("Like “Annual safeguarding update”."))
    field_order = ["title", "code", "about", "topics", "months", "renewal_days"]

    def clean_code(self):
        code = self.cleaned_data["code"].upper()
        if Course.objects.filter(code__iexact=code).exists():
            raise ValidationError(_("Another course has this short name."))
        return code


class NewVersionForm(VersionForm):
    starts_on = DateField(label=_("From which day?"))
    again_days = NumberField(
        label=_("Within how many days must people do it again?"),
        least=0,
        most=730,
        required=False,
        help_text=_("Leave it empty if what they did before is still good for as long as it said."),
    )


class RequirementForm(Form):
    whom = forms.ChoiceField(
        label=_("Who needs it?"),
        choices=Whom.choices,
        widget=Radios(hints={Whom.MEMBERSHIP: _("Say which kind below."), Whom.POST: _("Say which role below."),
                             Whom.GROUP: _("Say which group below.")}),
    )  # fmt: skip
    membership = forms.ChoiceField(
        label=_("Which kind?"),
        choices=[("", _("Choose one")), *((kind.value, kind.label) for kind in Membership.WORKING)],
        required=False,
    )
    post = forms.ChoiceField(label=_("Which role?"), choices=[("", _("Choose one")), *Post.choices], required=False)
    group = RecordField(Group.objects.none(), label=_("Which group?"), required=False)
    within_days = NumberField(
        label=_("Within how many days?"),
        least=0,
        most=1095,
        initial=14,
        help_text=_("Counted from the day they begin, or from the day you ask for it, if that is later."),
    )

    for_days = NumberField(
        label=_("Only in their first days?"),
        most=1095,
        required=False,
        help_text=_(
            "Like 365, for an induction: after a year nobody asks for it. Leave it empty if they always need it."
        ),
    )

    for_role = forms.BooleanField(
        label=_("It is what prepares them for the role"),
        required=False,
        help_text=_(
            "Without it, whoever holds the role does not agree to what needs a second person. The chair is told."
        ),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["group"].queryset = Group.objects.running()

    def clean(self):
        told = super().clean()
        which = {Whom.MEMBERSHIP: "membership", Whom.POST: "post", Whom.GROUP: "group"}.get(told.get("whom"))
        if which and not told.get(which) and which not in self.errors:
            self.add_error(which, _("Say which."))
        chosen = told.get(which) if which else ""
        return {name: told.get(name) for name in ("whom", "within_days", "for_days", "for_role")} | {"which": chosen}


class EquivalentForm(Form):
    """Which other course counts for this one."""

    done = RecordField(Course.objects.none(), label=_("Which course counts for it?"))

    def __init__(self, *args, course, **options):
        super().__init__(*args, **options)
        taken = course.equivalents.standing().values("done")
        self.fields["done"].queryset = Course.objects.in_use().exclude(pk=course.pk).exclude(pk__in=taken)
