"""What the pages about pictures ask."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, DateField, Form, LongText, Radios, Ticks
from harmony.organisation.models import Channel
from harmony.people.forms.fields import RecordField

from ..cover import Says, Side
from ..models import Permission, Purpose, Use

NOT_SAID = ("", _("Did not say"))


class CheckForm(Form):
    """Who is in the picture: some of those whose names the reader may see."""

    people = forms.MultipleChoiceField(
        label=_("Who is in the photo?"),
        help_text=_("Tick everyone who can be recognised. If you do not know who it is, the answer is no."),
        widget=Ticks(stand="pairs"),
        error_messages={"required": _("Tick everyone who is in the photo.")},
    )

    def __init__(self, *args, people, **options):
        super().__init__(*args, **options)
        self.known = {str(one.pk): one for one in people}
        self.fields["people"].choices = [(key, one.name) for key, one in self.known.items()]

    def clean_people(self):
        return [self.known[key] for key in self.cleaned_data["people"]]


class SayForm(Form):
    """What one side said, of each use: as it stands on a form that somebody signed."""

    side = forms.ChoiceField(label=_("Who said it?"), choices=Side, widget=Radios(stand="row"))
    who = CharField(label=_("Their name"), max_length=100)
    how = forms.ChoiceField(
        label=_("How do you know?"),
        choices=[choice for choice in Permission.How.choices if choice[0] != Permission.How.LINK],
        widget=Radios(hints={"told": _("Enough for the young person, and for anybody’s no.")}),
    )
    evidence = CharField(
        label=_("Where is it kept?"), max_length=300, required=False, help_text=_("Like “blue folder, page 12”.")
    )
    until = DateField(coming=True, label=_("Until when?"), required=False, help_text=_("Only if they gave a day."))
    name_shown = forms.ChoiceField(
        label=_("May their name be shown?"),
        choices=Permission.NameShown,
        initial=Permission.NameShown.NONE,
        widget=Radios(stand="row"),
    )
    conditions = CharField(
        label=_("On what conditions?"), max_length=300, required=False, help_text=_("Like “only in a group”.")
    )

    def __init__(self, *args, uses, **options):
        super().__init__(*args, **options)
        self.uses = {f"use_{use.pk.hex}": use for use in uses}
        for name, use in self.uses.items():
            self.fields[name] = forms.ChoiceField(
                label=str(use),
                choices=[*Says.choices, NOT_SAID],
                required=False,
                widget=Radios(stand="row"),
                initial="",
            )

    def clean(self):
        told = super().clean()
        said = {use: told.pop(name) for name, use in self.uses.items() if told.get(name)}
        told = {name: answer for name, answer in told.items() if name not in self.uses}
        if not said and not self.errors:
            raise ValidationError(_("Say yes or no to one thing at least."))
        needs_paper = told.get("side") == Side.PARENT and Says.YES in said.values()
        if needs_paper and told.get("how") == Permission.How.TOLD:
            self.add_error("how", _("A parent’s or carer’s yes has to be in writing."))
        if told.get("how") in (Permission.How.PAPER, Permission.How.SCAN) and not told.get("evidence"):
            self.add_error("evidence", _("Say where the paper is kept."))
        return told | {"said": said}


class FlagForm(Form):
    because = LongText(
        label=_("Why may they not be shown?"),
        rows=3,
        max_length=2000,
        help_text=_("Only those who lead on safeguarding read it. Everybody else hears no, and nothing more."),
    )


class WordsForm(Form):
    words = LongText(
        label=_("What do people agree to?"),
        rows=4,
        max_length=1000,
        help_text=_("In plain words: where the picture will be, who sees it, and whether it can be taken back."),
    )
    months = forms.IntegerField(
        label=_("For how many months?"),
        min_value=1,
        max_value=36,
        initial=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
        error_messages={
            "required": _("Write a number of months, like 12."),
            "invalid": _("Write a number of months, like 12."),
            "min_value": _("One month is the shortest."),
            "max_value": _("36 months is the longest. People are asked again then."),
        },
    )


class PurposeForm(WordsForm):
    name = CharField(label=_("What is it for?"), max_length=60, help_text=_("Like “Our website”."))
    field_order = ["name", "words", "months"]

    def clean_name(self):
        name = self.cleaned_data["name"]
        if Purpose.objects.filter(name__iexact=name).exists():
            raise ValidationError(_("This purpose is here already."))
        return name


class UseForm(Form):
    channel = RecordField(
        Channel.objects.none(),
        label=_("On which channel?"),
        help_text=_("One at a time: a yes to one is no yes to another. Only approved channels can be chosen."),
    )
    lasting = forms.ChoiceField(label=_("Can it be taken back?"), choices=Use.Lasting, widget=Radios)

    def __init__(self, *args, purpose, **options):
        super().__init__(*args, **options)
        self.fields["channel"].queryset = Channel.objects.approved().exclude(pk__in=purpose.uses.values("channel"))
