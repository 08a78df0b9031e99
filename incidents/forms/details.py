"""The questions that make a report more useful, a page each. None is required: any page may be left empty (S1)."""

from django import forms
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, DateField, LongText, MomentField, Radios, Ticks

from ..kinds import DOORS, Setting
from ..models.reports import Answer, Report
from ..models.secondhand import TELLER
from ..named import Named, Part, read, written
from .fields import ClockField, Codes, ShortText
from .reporting import ROOM, Step

PLATFORMS = ("Discord", "Instagram", "Minecraft", "Roblox", "Snapchat", "TikTok", "WhatsApp", "YouTube")
MOST = 20  # people in one report


class OthersForm(Step):
    """A row a person, and always an empty one after them. "Add another person" saves the rows and shows one more."""

    questions = ("others", "how_known", "child_knows")
    parts = ("name", "age", "part")

    how_known = forms.ChoiceField(
        label=_("How do you know about this?"), choices=Report.Known.choices, widget=Radios, required=False
    )
    child_knows = forms.ChoiceField(
        label=_("Does the young person know that you report this?"),
        help_text=_("They need not agree. It is kind to tell them, if that is safe."),
        choices=[(Answer.YES, _("Yes")), (Answer.NO, _("Not yet")), (Answer.UNSURE, _("I’m not sure"))],
        widget=Radios(stand="row"),
        required=False,
    )

    def __init__(self, data=None, *, report=None, **options):
        super().__init__(data, report=report, **options)
        known = read(report.others) if report else []
        for row in range(max(self._posted(data or {}), min(len(known) + 1, MOST))):
            person = known[row] if row < len(known) else Named("")
            self._add_row(row, person)

    def _posted(self, data):
        """How many rows came back."""
        rows = [row for row in range(MOST) for part in self.parts if f"{part}_{row}" in data]
        return max(rows) + 1 if rows else 0

    def _add_row(self, row, person):
        number = row + 1
        self.fields[f"name_{row}"] = CharField(
            label=_now("Person %(number)d: name") % {"number": number}, max_length=200, required=False
        )
        self.fields[f"age_{row}"] = CharField(
            label=_now("Person %(number)d: age") % {"number": number},
            max_length=40,
            required=False,
            widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        )
        self.fields[f"part_{row}"] = forms.ChoiceField(
            label=_now("Person %(number)d: what is their part?") % {"number": number},
            choices=[("", _now("Choose, if you know")), *Part.choices],
            required=False,
        )
        self.initial |= {f"{part}_{row}": getattr(person, part) for part in self.parts}

    @property
    def rows(self):
        """The fields of each person, for the page."""
        count = sum(name.startswith("name_") for name in self.fields)
        return [[self[f"{part}_{row}"] for part in self.parts] for row in range(count)]

    def clean(self):
        answers, people = super().clean(), []
        for row in range(len(self.rows)):
            name, age, part = (answers.get(f"{part}_{row}", "") for part in self.parts)
            if name:
                people.append(Named(name, age, part))
            elif (age or part) and f"name_{row}" not in self.errors:
                self.add_error(f"name_{row}", _now("Write a name, or how we can tell who it is."))
        return {question: answers.get(question, "") for question in self.questions} | {"others": written(people)}


class WhenForm(Step):
    known_platforms = PLATFORMS  # offered while typing; anything else may be written
    questions = (
        *("happened_on", "happened_time", "is_going_on", "settings"),
        *("place", "platform", "handle", "network"),
    )

    happened_on = DateField(label=_("What day was it, or did it start?"), required=False, past=True)
    happened_time = ClockField(label=_("About what time"), help_text=_("Like 4:30pm."), required=False)
    is_going_on = forms.ChoiceField(
        label=_("Is it still going on?"), choices=Answer.choices, widget=Radios(stand="row"), required=False
    )
    settings = Codes(label=_("Where did it happen?"), choices=Setting.choices, required=False)
    place = ShortText(label=_("Where exactly, and who was there"), required=False)
    platform = CharField(
        label=_("Which app, game or site"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "platforms"}),
    )
    handle = CharField(
        label=_("Username of the other person"),
        help_text=_("Copy it exactly: it helps the police. Do not contact them."),
        max_length=200,
        required=False,
    )
    network = forms.ChoiceField(
        label=_("On whose wifi, device or account was it?"),
        help_text=_("It counts either way, even if it was not ours."),
        choices=Report.Network.choices,
        widget=Radios,
        required=False,
    )

    def clean(self):
        on, at = self.cleaned_data.get("happened_on"), self.cleaned_data.get("happened_time")
        if on and at and on == localdate() and at > localtime().time():
            self.add_error("happened_time", _("This time has not come yet. Give one that has."))


class KindForm(Step):
    questions = ("doors", "worry", "meeting", "images")

    doors = Codes(
        label=_("Which of these is it like?"),
        help_text=_("Choose all that fit. Your best guess is fine."),
        choices=[(door.code, door.says) for door in DOORS],
        widget=Ticks(hints={door.code: door.hint for door in DOORS}, stand="pairs"),
        required=False,
    )
    worry = forms.ChoiceField(
        label=_("How worried are you?"),
        help_text=_("What you feel counts. Whoever reads it decides how serious it is."),
        choices=Report.Worry.choices,
        widget=Radios(stand="pairs"),
        required=False,
    )
    meeting = forms.ChoiceField(
        label=_("Is a meeting planned with somebody known only online?"),
        choices=Answer.choices,
        widget=Radios(stand="row"),
        required=False,
    )
    images = forms.ChoiceField(
        label=_("Are there nude or nearly nude images of anyone under 18?"),
        help_text=_("Real or faked, sent or only threatened. Do not look, copy, save or send them on."),
        choices=Answer.choices,
        widget=Radios(hints={"unsure": _("Then treat it as yes.")}),
        required=False,
    )


class TellerForm(Step):
    """Whose account it is, where somebody rang or spoke to whoever writes. All of it may stay empty: they need not say."""

    questions = TELLER

    teller = ShortText(
        label=_("Their name"),
        help_text=_("Leave it empty if they do not want to give it. They can still be heard."),
        rows=1,
        max_length=200,
        required=False,
    )
    teller_is = ShortText(
        label=_("Who they are to the young person"),
        help_text=_("Like: her aunt, a neighbour, a teacher."),
        rows=1,
        max_length=200,
        required=False,
    )
    teller_reach = ShortText(
        label=_("How can we reach them?"), help_text=_("And when it is safe to ring or write."), required=False
    )
    teller_at = MomentField(label=_("When did they tell you?"), past=True, required=False)
    teller_words = LongText(
        label=_("What they said"),
        help_text=_("In their own words, as close as you can remember. What you saw yourself comes later."),
        rows=6,
        max_length=ROOM,
        required=False,
    )


class ToldForm(Step):
    questions = ("asked", "told_whom", "told_at")

    asked = LongText(
        label=_("What did you ask the young person?"),
        help_text=_("Your own questions, as you said them."),
        rows=3,
        max_length=ROOM,
        required=False,
    )
    told_whom = ShortText(
        label=_("Whom have you told already?"), help_text=_("By voice or by phone, and what they said."), required=False
    )
    told_at = MomentField(label=_("When did you tell them?"), past=True, required=False)
