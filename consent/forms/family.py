"""What a parent or carer, or a young person, is asked on the page of their own link; and what staff say of a new link."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, Form, Radios, Ticks
from harmony.people.forms.fields import EmailField

from ..cover import Says, Side
from ..models import Permission, Use

LASTING = {
    Use.Lasting.ONLINE: _("On the internet. We can take ours down, but not a copy that somebody made."),
    Use.Lasting.ROOM: _("In our rooms. We can take it down."),
    Use.Lasting.PAPER: _("Printed or broadcast. It cannot be called back."),
}


class SignForm(Form):
    """Yes or no to each single use, signed with a name. `wordings`: the words on the page, which are what is signed."""

    said = {}

    def __init__(self, *args, uses, side, before, wordings, **options):
        super().__init__(*args, **options)
        self.by_name = {f"use_{use.pk.hex}": use for use in uses}
        self.wordings = ",".join(sorted(one.pk.hex for one in wordings))
        for name, use in self.by_name.items():
            self.fields[name] = forms.ChoiceField(
                label=str(use.channel),
                help_text=LASTING[use.lasting],
                choices=Says.choices,
                widget=Radios(stand="row"),
                initial=before.get(use),
                error_messages={"required": _("Say yes or no to this one.")},
            )
        self.fields["name_shown"] = forms.ChoiceField(
            label=_("May a name stand beside it?"),
            choices=Permission.NameShown,
            initial=Permission.NameShown.NONE,
            widget=Radios(stand="row"),
        )
        self.fields["conditions"] = CharField(
            label=_("Is there anything we must keep to?"),
            max_length=300,
            required=False,
            help_text=_("Like “only in a group”. You can leave it empty."),
        )
        if side == Side.PARENT:
            self.fields["may_decide"] = forms.BooleanField(
                label=_("I am their parent, or by law I decide for them"),
                error_messages={"required": _("Tick this. If it is not so, tell us who decides.")},
            )
        self.fields["who"] = CharField(
            label=_("Your name"),
            max_length=100,
            help_text=_("To write it here is to sign."),
            error_messages={"required": _("Write your name. That is how you sign.")},
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
        )
        self.fields["words"] = forms.CharField(widget=forms.HiddenInput, initial=self.wordings, required=False)

    def grouped(self):
        """[(purpose, its boxes)], as they stand on the page."""
        found = {}
        for name, use in self.by_name.items():
            found.setdefault(use.purpose, []).append(self[name])
        return list(found.items())

    def the_rest(self):
        return [self[name] for name in self.fields if name not in self.by_name and name != "words"]

    def clean(self):
        told = super().clean()
        if told.pop("words", "") != self.wordings:
            self.data = self.data.copy()
            self.data["words"] = self.wordings
            raise ValidationError(_("What we ask has changed since you opened this page. Read it again, then sign."))
        told.pop("may_decide", None)
        said = {use: told.pop(name) for name, use in self.by_name.items() if name in told}
        return told | {"said": said}


class TakeBackForm(Form):
    uses = forms.MultipleChoiceField(
        label=_("What do you take back?"),
        widget=Ticks,
        error_messages={"required": _("Tick what you take back.")},
    )

    def __init__(self, *args, uses, **options):
        super().__init__(*args, **options)
        self.known = {str(use.pk): use for use in uses}
        self.fields["uses"].choices = [(key, str(use)) for key, use in self.known.items()]

    def clean_uses(self):
        return [self.known[key] for key in self.cleaned_data["uses"]]


class LinkForm(Form):
    side = forms.ChoiceField(label=_("For whom?"), choices=Side, widget=Radios(stand="row"))
    to = EmailField(
        label=_("Send it by e-mail to"),
        required=False,
        help_text=_("Leave it empty to show it on your screen: they scan it with their phone, or answer beside you."),
    )
