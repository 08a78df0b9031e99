"""What the pages of the register ask."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, DateField, Form, LongText, Radios, Ticks
from harmony.people.forms.fields import CHOOSE, RecordField
from harmony.people.models import Post, User

from .levels import Impact, Likelihood
from .library import HAZARDS
from .models import Assessment, Platform
from .models.hazards import Area

OWNERS = (Post.DSO, Post.DEPUTY, Post.LEAD, Post.OFFICE, Post.IT, Post.CONSENT, Post.TRAINING)
OWN_WORDS = ("", _("Something else: I write it below"))
YOUNGEST, OLDEST = 5, 25


def in_a_year():
    return localdate() + timedelta(days=365)


def in_a_fortnight():
    return localdate() + timedelta(days=14)


class ProposeForm(Form):
    name = CharField(
        label=_("What is it called?"),
        max_length=60,
        help_text=_("Its name, and which account or group if there are several."),
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=Platform.Kind, widget=Radios(stand="pairs"))
    purpose = LongText(label=_("What do you want to use it for, and with whom?"), rows=3, max_length=1000)
    is_channel = forms.TypedChoiceField(
        label=_("Would we reach people, or publish, through it?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda said: said == "yes",
        widget=Radios(stand="row"),
        help_text=_(
            "Yes also if it shows pictures. Once it is approved it can be chosen wherever a channel is asked for."
        ),
    )

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if Platform.objects.exclude(status__in=Platform.OVER).filter(name__iexact=name).exists():
            raise ValidationError(_("It is in the register already. Look there first."))
        return name


class AgeField(forms.IntegerField):
    def __init__(self, **options):
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"})
        says = _("Write an age in years, from %(least)d to %(most)d.") % {"least": YOUNGEST, "most": OLDEST}
        wrong = dict.fromkeys(("invalid", "min_value", "max_value"), says)
        super().__init__(
            **{"required": False, "min_value": YOUNGEST, "max_value": OLDEST, "widget": widget, "error_messages": wrong}
            | options
        )


class WriteForm(Form):
    uses = LongText(label=_("What may it be used for?"), rows=3, max_length=1000)
    age_from = AgeField(
        label=_("From what age?"), help_text=_("Leave both ages empty if no young person uses it with us.")
    )
    age_to = AgeField(label=_("Up to what age?"))
    groups = CharField(label=_("With which groups?"), max_length=200, required=False)
    conditions = LongText(
        label=_("On what conditions?"),
        rows=5,
        max_length=2000,
        help_text=_("One a line, in words that anybody can follow. Everybody who uses it reads them."),
    )
    owner = forms.ChoiceField(
        label=_("Who looks after it?"), choices=[("", CHOOSE), *((post.value, post.label) for post in OWNERS)]
    )
    age_terms = CharField(
        label=_("What do its makers say about age?"), max_length=200, help_text=_("Like “13 and over”.")
    )
    data = LongText(label=_("What is it told about people?"), rows=2, max_length=1000)
    dpia = CharField(
        label=_("Where is the data protection assessment (DPIA)?"),
        max_length=300,
        help_text=_("Where it is kept; or why none is needed."),
    )
    leaving = LongText(
        label=_("How would we leave it?"),
        rows=2,
        max_length=1000,
        help_text=_("What is kept, what is deleted, and by whom."),
    )
    nothing_in = forms.MultipleChoiceField(
        label=_("Did you look at one of these and find nothing?"),
        choices=Area,
        required=False,
        widget=Ticks(stand="pairs"),
        help_text=_("What could go wrong is added on the page before, in all other areas."),
    )

    def clean_nothing_in(self):
        return " ".join(self.cleaned_data["nothing_in"])

    def clean_conditions(self):
        lines = [" ".join(line.split()) for line in self.cleaned_data["conditions"].split("\n")]
        return "\n".join(filter(None, lines))

    def clean(self):
        told = super().clean()
        first, last = told.get("age_from"), told.get("age_to")
        if first and last and last < first:
            self.add_error("age_to", _("This is younger than the youngest. Give an older age."))
        return told


def _rated(label, choices):
    return forms.TypedChoiceField(label=label, choices=[("", CHOOSE), *choices], coerce=int)


class HazardForm(Form):
    """From the library, or in one's own words. A new one takes its first control along."""

    known = forms.ChoiceField(label=_("What could go wrong?"), required=False)
    area = forms.ChoiceField(label=_("In which area?"), choices=[("", CHOOSE), *Area.choices], required=False)
    words = CharField(label=_("In your own words"), max_length=200, required=False)
    likely_before = _rated(_("How likely is it, with nothing done?"), Likelihood.choices)
    bad_before = _rated(_("How bad would it be, with nothing done?"), Impact.choices)
    likely_after = _rated(_("How likely is it with what we do?"), Likelihood.choices)
    bad_after = _rated(_("How bad would it be with what we do?"), Impact.choices)

    def __init__(self, *args, hazard=None, **options):
        super().__init__(*args, **options)
        grouped = [
            (area.label, [(code, says) for code, (its, says) in HAZARDS.items() if its == area]) for area in Area
        ]
        self.fields["known"].choices = [OWN_WORDS, *grouped]
        if hazard:
            del self.fields["known"]

    def clean(self):
        told = super().clean()
        if known := told.pop("known", ""):
            told["area"], told["words"] = HAZARDS[known][0].value, str(HAZARDS[known][1])
        elif not self.errors:
            if not told.get("area"):
                self.add_error("area", _("Choose the area it belongs to."))
            if not told.get("words"):
                self.add_error("words", _("Choose one from the list above, or say what could go wrong."))
        for name in ("likely", "bad"):
            if (told.get(f"{name}_after") or 0) > (told.get(f"{name}_before") or 5):
                self.add_error(f"{name}_after", _("What we do makes nothing worse. Give the same, or less."))
        return told


class ControlForm(Form):
    words = CharField(label=_("What makes it safer?"), max_length=200, help_text=_("Like “Private messages are off”."))
    owner = RecordField(
        User.objects.none(),
        label=_("Who sees to it?"),
        error_messages={"required": _("Say who sees to it. Without a name it is nobody’s.")},
    )
    due_on = DateField(coming=True, label=_("By when?"), initial=in_a_fortnight)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["owner"].queryset = User.objects.active().order_by("name")


class DoneForm(Form):
    how = CharField(
        label=_("How do you know that it is in place?"),
        max_length=200,
        help_text=_("Like “Looked at the settings with Leah”. Name no young person."),
    )


class GiveForm(Form):
    owner = RecordField(User.objects.none(), label=_("Who sees to it from now on?"))

    def __init__(self, *args, control, **options):
        super().__init__(*args, **options)
        self.fields["owner"].queryset = User.objects.active().exclude(pk=control.owner_id).order_by("name")


class ApproveForm(Form):
    ends_on = DateField(
        coming=True,
        label=_("Until when?"),
        initial=in_a_year,
        help_text=_("A year from now at most. Then it is looked at again."),
    )
    decision = LongText(label=_("Why may it be used?"), rows=3, max_length=1000)

    def clean_ends_on(self):
        day = self.cleaned_data["ends_on"]
        if day > in_a_year():
            raise ValidationError(_("That is more than a year from now. Give an earlier day."))
        return day


class RefuseForm(Form):
    decision = LongText(
        label=_("Why may it not be used?"),
        rows=3,
        max_length=1000,
        help_text=_("Everybody who works here reads it, and families where you let them. Name no young person."),
    )


class SendBackForm(Form):
    why = LongText(label=_("What is missing?"), rows=3, max_length=1000)


class RetireForm(Form):
    why = LongText(
        label=_("Why is it not used any more?"),
        rows=3,
        max_length=1000,
        help_text=_("Everybody who works here reads it, and families where you let them. Name no young person."),
    )


class LookAgainForm(Form):
    because = forms.ChoiceField(
        label=_("Why now?"),
        choices=[(one.value, one.label) for one in Assessment.TRIGGERS],
        widget=Radios,
        initial=Assessment.Because.AGAIN,
    )
    words = LongText(
        label=_("What changed or happened?"),
        rows=3,
        max_length=1000,
        required=False,
        help_text=_("Name no young person."),
    )
    case = CharField(
        label=_("Is it because of a case?"),
        max_length=30,
        required=False,
        help_text=_("Give its number. Whoever may not see that case reads “under review”, and nothing of why."),
    )
    pause = forms.TypedChoiceField(
        label=_("May it be used meanwhile?"),
        choices=[("no", _("Yes, on its conditions")), ("yes", _("No: nobody uses it until that is done"))],
        coerce=lambda said: said == "yes",
        widget=Radios,
    )

    def clean_case(self):
        return self.cleaned_data["case"].strip()


class ShowForm(Form):
    is_public = forms.BooleanField(
        label=_("Families can read it, without signing in"),
        required=False,
        help_text=_("What we use it for, with whom and on what conditions; or that we do not use it, and why."),
    )
