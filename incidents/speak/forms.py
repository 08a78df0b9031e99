"""What is asked of whoever tells us something from outside: three pages, and every question on them may be skipped."""

from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, Form, LongText, Radios, Ticks

from ..models.from_outside import Sender
from ..models.reports import UNLISTED
from .models import Age
from .receiving import may_read

ROOM = 20_000  # characters
SHORT = 300
ADULTS = (Sender.OTHER, Sender.STAFF)  # who may ask for their name to be sealed


class ShortText(CharField):
    def __init__(self, **options):
        super().__init__(max_length=SHORT, required=False, **options)


class AboutForm(Form):
    """Before any word: whoever it is about never sees it."""

    about = forms.MultipleChoiceField(
        label=_("Is it about one of these people?"),
        help_text=_("Tick each one it is about. They will not see it. If it is about none of them, tick nothing."),
        required=False,
        widget=Ticks,
        error_messages={"invalid_choice": _("Tick again who it is about.")},
    )

    def __init__(self, data=None, *, sender, with_names=False, **options):
        super().__init__(data, **options)
        readers = may_read()
        self.fields["about"].choices = [
            *((str(post.value), post.label) for post in readers),
            (UNLISTED, _("Someone else who works or helps here")),
        ]
        if with_names:
            hints = {str(post.value): ", ".join(user.name for user in users) for post, users in readers.items()}
            self.fields["about"].widget.hints = hints


class WordsForm(Form):
    """What happened, who it is about, and whether they are safe. Each sender has words of their own."""

    happened = LongText(label=_("What happened?"), rows=7, max_length=ROOM, required=False)
    who = ShortText(label=_("Who are you worried about?"))
    safe = forms.ChoiceField(
        label=_("Are you safe now?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("unsure", _("I’m not sure"))],
        required=False,
        widget=Radios(stand="row"),
        error_messages={"invalid_choice": _("Choose yes, no or not sure. Or leave it.")},
    )
    age = forms.ChoiceField(
        label=_("How old are you?"),
        choices=Age.choices,
        required=False,
        widget=Radios(stand="row"),
        error_messages={"invalid_choice": _("Choose your age again. Or leave it.")},
    )

    asked = {
        Sender.YOUNG: {
            "happened": (
                _("What happened?"),
                _("Use your own words. Spelling does not matter. You can leave out names."),
            ),
            "safe": (_("Are you safe now?"), ""),
            "age": (_("How old are you?"), _("It helps us to find the right help.")),
        },
        Sender.PARENT: {
            "who": (_("Who are you worried about?"), _("A first name is enough. You can leave this empty.")),
            "happened": (_("What worries you?"), _("What you saw or heard, and when.")),
            "safe": (_("Is everyone safe now?"), ""),
        },
        Sender.OTHER: {
            "who": (_("Who are you worried about?"), _("A first name is enough. You can leave this empty.")),
            "happened": (_("What worries you?"), _("What you saw or heard, and when.")),
            "safe": (_("Is everyone safe now?"), ""),
        },
        Sender.STAFF: {
            "who": (_("Who are you worried about?"), _("Names and ages, if you know them.")),
            "happened": (_("What happened?"), _("What you saw and heard, in order. Use their own words.")),
            "safe": (_("Is everyone safe now?"), ""),
        },
    }
    means = {"yes": "no", "no": "yes", "unsure": "unsure", "": ""}  # safe, as a report says it: in danger

    def __init__(self, data=None, *, sender, with_names=False, **options):
        super().__init__(data, **options)
        asked = self.asked[sender]
        self.fields = {name: self.fields[name] for name in asked}
        for name, (label, hint) in asked.items():
            self.fields[name].label, self.fields[name].help_text = label, hint


class AnswerForm(Form):
    """How we can answer without harm (N18), and who they are, if they want to say so."""

    safe_times = ShortText(
        label=_("Is there a bad time for you to read our answer?"),
        help_text=_("Like: not when I am at home. Our answer waits here until you put in your code."),
    )
    must_not_know = ShortText(
        label=_("Is there someone who must not find out?"),
        help_text=_("Like: my brother, or a teacher. We will take care."),
    )
    code_word = ShortText(
        label=_("A word that only you and we know"),
        help_text=_("If we ever talk to you, we can say it first. Then you know that it is us."),
    )
    name = ShortText(
        label=_("What is your name?"), help_text=_("You can leave this empty. We will answer you just the same.")
    )
    call_back = ShortText(label=_("On which number can we ring you?"))
    is_sealed = forms.BooleanField(
        label=_("Keep my name and number sealed"),
        help_text=_("Two people must agree to open them. If someone is in danger, one can."),
        required=False,
    )
    website = forms.CharField(
        label=_("Leave this box empty"), required=False, max_length=SHORT
    )  # what fills it is no person
    form_key = forms.Field(required=False, widget=forms.HiddenInput)

    asked = {
        Sender.YOUNG: ("safe_times", "must_not_know", "code_word", "name"),
        Sender.PARENT: ("safe_times", "must_not_know", "name"),
        Sender.OTHER: ("safe_times", "must_not_know", "name", "is_sealed"),
        Sender.STAFF: ("name", "call_back", "must_not_know", "is_sealed"),
    }

    def __init__(self, data=None, *, sender, with_names=False, **options):
        super().__init__(data, **options)
        self.fields = {name: self.fields[name] for name in (*self.asked[sender], "website", "form_key")}
        self.fields["website"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}
        self.fields["form_key"].initial = uuid4

    def clean_website(self):
        """Nothing is refused: whoever filled it in by a slip empties it and sends again."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Empty this box and press Send again. What you wrote is still here."))
        return ""

    def clean_form_key(self):
        try:
            return UUID(str(self.cleaned_data["form_key"]))
        except ValueError:
            return uuid4()


PAGES = (AboutForm, WordsForm, AnswerForm)


class OpenNameForm(Form):
    why = LongText(
        label=_("Why do you need to know who it is?"),
        rows=2,
        error_messages={"required": _("Say why, in a sentence.")},
    )


class CodeForm(Form):
    code = CharField(
        label=_("Your six words"),
        help_text=_("With a space between. The first four letters of each are enough."),
        max_length=200,
        error_messages={
            "required": _("Put in your six words, with a space between."),
            "max_length": _("That is too long. Put in your six words, with a space between."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class MessageForm(Form):
    words = LongText(
        label=_("Write back"),
        help_text=_("Do not send pictures of people. Just tell us where they are."),
        rows=4,
        max_length=ROOM,
        error_messages={"required": _("Write something first.")},
    )


class NotHappyForm(Form):
    not_happy = LongText(
        label=_("What is wrong with the answer?"),
        help_text=_("Someone above reads this. The people who answered you do not."),
        rows=3,
        max_length=ROOM,
        error_messages={"required": _("Write what is wrong, in a few words.")},
    )
