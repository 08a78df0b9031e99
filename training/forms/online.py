"""What the pages about online safety with young people and parents ask."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, DateField, Form, LongText, Radios, Ticks
from harmony.people.forms.fields import RecordField
from harmony.people.models import User

from ..models import Audience, Online
from ..models.resources import OLDEST, YOUNGEST
from .courses import NumberField

TOPICS = {"label": _("What about?"), "choices": Online, "error_messages": {"required": _("Tick at least one.")}}


class TalkForm(Form):
    audience = forms.ChoiceField(
        label=_("Who was there?"), choices=Audience, initial=Audience.YOUNG, widget=Radios(stand="row")
    )
    held_on = DateField(label=_("When was it?"), past=True, initial=localdate)
    topics = forms.MultipleChoiceField(**TOPICS, widget=Ticks(stand="pairs"))
    led_by = RecordField(User.objects.none(), label=_("Who of us led it?"))
    with_visitor = forms.BooleanField(label=_("Somebody from outside spoke too"), required=False)
    present = NumberField(
        label=_("How many came?"),
        most=2000,
        required=False,
        help_text=_("Young people or parents, not counting us."),
    )
    people = forms.MultipleChoiceField(
        label=_("Or tick who was there"),
        required=False,
        widget=Ticks(stand="pairs"),
        help_text=_("Only where you need to know later who heard it. Then you need not count."),
    )

    def __init__(self, *args, workers, young=(), group=None, **options):
        super().__init__(*args, **options)
        self.fields["led_by"].queryset = workers
        self.known = {str(one.pk): one for one in young}
        if not self.known:
            del self.fields["people"]
        else:
            self.fields["people"].choices = [(key, one.name) for key, one in self.known.items()]
        if group is None:
            del self.fields["audience"]

    def clean(self):
        told = super().clean()
        told.setdefault("audience", Audience.PARENTS)
        told["people"] = [self.known[key] for key in told.get("people", ())]
        if self.errors:
            return told
        if told["people"] and told["audience"] == Audience.PARENTS:
            self.add_error("people", _("Of parents, write only how many came."))
        elif not told["present"] and not told["people"]:
            self.add_error("present", _("Write how many came."))
        elif told["present"] and told["present"] < len(told["people"]):
            self.add_error("present", _("You ticked more than that. Count again, or leave it empty."))
        if not self.errors:
            told["present"] = told["present"] or len(told["people"])
        return told


class AddressField(CharField):
    default_error_messages = {"odd": _("Write a full address, like https://www.example.org.")}

    def validate(self, value):
        super().validate(value)
        if not value:
            return
        try:
            forms.URLField(assume_scheme="https").clean(value)
        except ValidationError:
            raise ValidationError(self.error_messages["odd"], code="odd") from None
        if not value.lower().startswith("https://"):
            raise ValidationError(self.error_messages["odd"], code="odd")


class ResourceForm(Form):
    title = CharField(label=_("Title"), max_length=100)
    audience = forms.ChoiceField(
        label=_("For whom?"), choices=Audience, initial=Audience.YOUNG, widget=Radios(stand="row")
    )
    youngest = NumberField(label=_("From what age?"), least=YOUNGEST, most=OLDEST)
    oldest = NumberField(
        label=_("Up to what age?"),
        least=YOUNGEST,
        most=OLDEST,
        help_text=_("For parents: how old their child is."),
    )
    topics = forms.MultipleChoiceField(**TOPICS, widget=Ticks(stand="pairs"))
    address = AddressField(
        label=_("Where is it?"),
        max_length=300,
        required=False,
        help_text=_("Its address, like https://www.example.org. Leave it empty if you write our own text below."),
    )
    words = LongText(label=_("Or our own text"), rows=6, max_length=6000, required=False)
    check_on = DateField(label=_("When should somebody look at it again?"), coming=True, help_text=_("Within a year."))

    def clean(self):
        told = super().clean()
        if bool(told.get("address")) == bool(told.get("words")) and "address" not in self.errors:
            both = _("Give its address, or write our own text: one of the two.")
            self.add_error("address", both)
        if told.get("youngest") and told.get("oldest") and told["youngest"] > told["oldest"]:
            self.add_error("oldest", _("This is younger than the age it begins with."))
        return told

    def clean_check_on(self):
        return within_a_year(self.cleaned_data["check_on"])


class CheckForm(Form):
    check_on = DateField(label=_("When should somebody look at it again?"), coming=True, help_text=_("Within a year."))

    def clean_check_on(self):
        return within_a_year(self.cleaned_data["check_on"])


def within_a_year(day):
    if (day - localdate()).days > 366:
        raise ValidationError(_("A year is the longest."))
    return day


class LibraryForm(Form):
    """Which of them to show; nothing has to be chosen."""

    age = NumberField(label=_("Age"), least=YOUNGEST, most=OLDEST, required=False)
    topic = forms.ChoiceField(label=_("Topic"), choices=[("", _("All")), *Online.choices], required=False)
