"""What the pages about the organisation ask."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from harmony.look import colours
from harmony.look.forms import CharField, DateField, Form, LongText, Radios
from harmony.organisation.hours import spans
from harmony.organisation.models import Council, HelpContact, Organisation
from harmony.people.forms.fields import PhoneField, RecordField, check_order

HOURS = _("Like “Mon-Fri 09:00-17:00; Sat 10:00-12:00”, or “always”.")


class HoursFormField(CharField):
    def __init__(self, **options):
        super().__init__(**{"max_length": 200, "validators": [spans], "help_text": HOURS} | options)


class WebField(CharField):
    default_validators = [URLValidator(schemes=["https", "http"])]
    default_error_messages = {"invalid": _("Write a web address, like https://www.nspcc.org.uk/.")}

    def __init__(self, **options):
        super().__init__(**{"max_length": 200, "required": False} | options)

    def run_validators(self, value):
        try:
            super().run_validators(value)
        except ValidationError as why:
            too_long = [error for error in why.error_list if error.code == "max_length"]
            raise ValidationError(too_long or self.error_messages["invalid"]) from None


class OrganisationForm(Form):
    name = CharField(label=_("Name of the organisation"), max_length=100)
    council = CharField(label=_("Local council"), max_length=100, required=False)
    hours = HoursFormField(label=_("When are you open?"))
    policies = WebField(
        label=_("Where can your safeguarding policies be read?"),
        help_text=_("A web address. It stands at the foot of every page."),
    )
    names_in_public = forms.BooleanField(
        label=_("Say the names of people to ring to everybody"),
        required=False,
        help_text=_("Without it, only those who sign in read names. Others read the post and the number."),
    )


class ColourField(CharField):
    default_error_messages = {"no_colour": _("Write a colour as # and six letters or digits, like #0b5c66.")}

    def clean(self, value):
        """ "#0b5c66", or "" for none."""
        text = super().clean(value)
        try:
            return colours.parse(text) if text else ""
        except ValueError:
            raise ValidationError(self.error_messages["no_colour"], code="no_colour") from None


class ColoursForm(Form):
    """Two colours, each refused where words in it, or on it, could not be read."""

    main_colour = ColourField(
        label=_("Main colour"),
        required=False,
        help_text=_(
            "For buttons and links. Whoever made your logo knows it: # and six letters or digits, like #0b5c66."
        ),
    )
    dark_colour = ColourField(
        label=_("Dark colour"),
        required=False,
        help_text=_("For the strip on top. Leave it empty for a dark shade of the main colour."),
    )

    def clean(self):
        answers = super().clean()
        self._check("main_colour", colours.main_pairs)
        main = answers.get("main_colour") or colours.MAIN
        self._check("dark_colour", lambda dark: colours.dark_pairs(dark, main))
        return answers

    def _check(self, field, pairs):
        colour = self.cleaned_data.get(field)
        if colour and (pair := colours.failing(pairs(colour))):
            told = {"colour": colour, "what": pair.what, "measured": pair.rounded, "needed": f"{pair.needed:g}"}
            told["other"] = colours.darker(colour, pairs)
            sentence = _(
                "%(colour)s is too pale for %(what)s: %(measured)s to 1. It needs %(needed)s. %(other)s works."
            )
            self.add_error(field, sentence % told)

    def shown(self):
        """(main, dark) as pages would have them; None for our own."""
        main, dark = (self.cleaned_data.get(field, "") for field in ("main_colour", "dark_colour"))
        return colours.worn(main, dark)


class ClosureForm(Form):
    name = CharField(label=_("What for?"), max_length=100, help_text=_("Like “Easter”."))
    starts_on = DateField(label=_("First day closed"))
    ends_on = DateField(label=_("Last day closed"))

    def clean_ends_on(self):
        return check_order(self.cleaned_data.get("starts_on"), self.cleaned_data["ends_on"])


class ContactForm(Form):
    name = CharField(label=_("Name"), max_length=100)
    says = CharField(label=_("What are they for?"), max_length=200)
    phone = PhoneField(label=_("Phone"), required=False)
    web = WebField(label=_("Web address"))
    hours = HoursFormField(label=_("When do they answer?"), required=False)
    otherwise = RecordField(
        HelpContact.objects.none(),
        label=_("Whom to ring when they are closed?"),
        required=False,
        empty_label=_("Nobody"),
    )

    def __init__(self, *args, contact=None, **options):
        super().__init__(*args, **options)
        others = HelpContact.objects.all()
        self.fields["otherwise"].queryset = others.exclude(pk=contact.pk) if contact else others

    def clean(self):
        answers = super().clean()
        if not self.errors and not (answers["phone"] or answers["web"]):
            self.add_error("phone", _("Give a phone number or a web address."))
        return answers

    def new_code(self):
        """An address-like name of its own, for pages that ask for one contact."""
        wanted = slugify(self.cleaned_data["name"])[:40] or "contact"
        taken = set(HelpContact.objects.values_list("code", flat=True))
        return next(
            code for code in [wanted, *(f"{wanted}-{number}" for number in range(2, 9999))] if code not in taken
        )


class CouncilForm(Form):
    """The three numbers that every organisation needs from its council."""

    mash_phone = PhoneField(label=_("Front door for worries about a child: multi-agency safeguarding hub (MASH)"))
    mash_hours = HoursFormField(label=_("When does the front door answer?"))
    edt_phone = PhoneField(
        label=_("Emergency duty team"),
        help_text=_("They answer at night and at weekends, when the front door is closed."),
    )
    edt_hours = HoursFormField(label=_("When does the emergency duty team answer?"))
    lado_phone = PhoneField(
        label=_("Designated officer for concerns about people who work with children (LADO)"),
    )
    lado_hours = HoursFormField(label=_("When does the LADO answer?"))


class OtherCouncilForm(Form):
    """Another council than ours: where a child lives, or where an adult works."""

    name = CharField(label=_("Name of the council"), max_length=100)
    children_phone = PhoneField(label=_("Front door for worries about a child"))
    children_hours = HoursFormField(label=_("When does the front door answer?"), required=False)
    edt_phone = PhoneField(
        label=_("Emergency duty team"), help_text=_("They answer at night and at weekends, when the rest is closed.")
    )
    edt_hours = HoursFormField(label=_("When does the emergency duty team answer?"), required=False)
    lado_phone = PhoneField(label=_("Designated officer (LADO)"), required=False)
    lado_hours = HoursFormField(label=_("When does the LADO answer?"), required=False)
    adults_phone = PhoneField(label=_("Front door for worries about an adult"), required=False)
    adults_hours = HoursFormField(label=_("When does that front door answer?"), required=False)
    web = WebField(label=_("Page with its referral form"))
    escalation = WebField(label=_("Page on what to do when you disagree with a decision"))

    def __init__(self, data=None, *, council=None, **options):
        super().__init__(data, **{"initial": council.numbers if council else {}} | options)
        self.others = Council.objects.exclude(pk=council.pk) if council else Council.objects.all()

    def clean_name(self):
        name = self.cleaned_data["name"]
        if self.others.filter(name__iexact=name).exists():
            raise ValidationError(_("This council is here already. Change that one."))
        return name


class DutyForm(Form):
    duty_from = DateField(
        label=_("From what day does it apply?"),
        required=False,
        help_text=_("Leave it empty as long as the law has no day. Ask your council, or the NSPCC."),
    )


class DecideAccessForm(Form):
    """Three buttons, one answer."""

    decision = forms.ChoiceField(choices=[("confirmed", ""), ("changed", ""), ("ended", "")])


class NothingToSay(Form):
    """A button alone. What it does may still be refused, in words."""


class HowForm(Form):
    how = LongText(
        label=_("How do you know that it is them?"),
        help_text=_("Like: I rang the number we have, and know their voice. An e-mail alone proves nothing."),
        rows=3,
        error_messages={"required": _("Say how you know that it is them.")},
    )


class KeySheetForm(Form):
    kind = forms.ChoiceField(label=_("Which sheet do you hold?"), widget=Radios)
    place = CharField(label=_("Where do you keep it?"), max_length=200, help_text=_("Like “the safe in the office”."))
    sure = forms.BooleanField(
        label=_("I have seen the sheet in its place myself"),
        error_messages={"required": _("Tick this once you have seen the sheet in its place.")},
    )

    def __init__(self, *args, kinds, **options):
        super().__init__(*args, **options)
        self.fields["kind"].choices = [(kind, kind.label) for kind in kinds]

    def clean(self):
        answers = super().clean()
        answers.pop("sure", None)
        return answers


def organisation_answers(organisation: Organisation):
    return {name: getattr(organisation, name) for name in OrganisationForm.base_fields}
