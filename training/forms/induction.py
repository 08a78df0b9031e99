"""What is asked about somebody new. Choices and days: there is no box for anything about health or offences."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, DateField, Form, Radios
from harmony.people.forms.fields import RecordField
from harmony.people.models import User

from ..models import DbsCheck, Reference
from ..models.induction import LONGEST_COPY


class InductionForm(Form):
    user = RecordField(User.objects.none(), label=_("Who is new?"))
    starts_on = DateField(
        label=_("When do they begin with young people?"), help_text=_("By then it is all to be there.")
    )

    def __init__(self, *args, people, **options):
        super().__init__(*args, **options)
        self.fields["user"].queryset = people


class DbsForm(Form):
    level = forms.ChoiceField(label=_("Which check is it?"), choices=DbsCheck.Level, widget=Radios(stand="pairs"))
    decision = forms.ChoiceField(
        label=_("What did you decide?"),
        choices=DbsCheck.Decision,
        widget=Radios,
        help_text=_("The decision, and no word of what the certificate says. Talk about that; do not write it here."),
    )
    seen_on = DateField(label=_("When did you look at the certificate?"), past=True, initial=localdate)
    renew_on = DateField(label=_("By when is it renewed?"), coming=True, help_text=_("Most renew after three years."))
    copy_months = forms.TypedChoiceField(
        label=_("Do you keep a copy on paper?"),
        choices=[(0, _("No copy")), *((number, _("%(number)d months") % {"number": number}) for number in (1, 3, LONGEST_COPY))],
        coerce=int,
        initial=0,
        help_text=_("Six months is the longest. No copy is kept here: do not add it as a file anywhere."),
    )  # fmt: skip

    def clean(self):
        told = super().clean()
        if told.get("seen_on") and told.get("renew_on") and (told["renew_on"] - told["seen_on"]).days > 5 * 366:
            raise ValidationError(_("Five years is the longest. Renew it earlier."))
        return told


class ReferenceForm(Form):
    of = CharField(
        label=_("Who was asked?"),
        max_length=150,
        help_text=_("Their name and where they know them from. Write nothing about health or offences."),
    )
    asked_on = DateField(label=_("When did you ask?"), past=True, initial=localdate)


class AnswerForm(Form):
    says = forms.ChoiceField(
        label=_("What came of it?"),
        choices=[],
        widget=Radios(
            hints={
                Reference.Status.DOUBT: _("Talk about it with whoever leads. It counts for nothing until you have."),
                Reference.Status.NONE: _("Ask somebody else instead."),
            }
        ),
        help_text=_("What they wrote stays in its letter. Here stands only what it comes to."),
    )

    def __init__(self, *args, reference, **options):
        super().__init__(*args, **options)
        again = reference.status == Reference.Status.DOUBT
        self.fields["says"].choices = [
            (Reference.Status.GOOD, _("It was looked into: they speak for them") if again else Reference.Status.GOOD.label),
            *([] if again else [(one, one.label) for one in (Reference.Status.DOUBT, Reference.Status.NONE)]),
        ]  # fmt: skip
