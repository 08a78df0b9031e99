"""Whose openings of a case are shown and since when; and what a case is put on paper for."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import Form

from .fields import ShortText

SINCE = [("", _("From the beginning")), ("1", _("Today")), ("7", _("Last 7 days")), ("28", _("Last 28 days"))]


class LogForm(Form):
    """A choice that makes no sense chooses nothing."""

    who = forms.ChoiceField(label=_("Who"), required=False)
    days = forms.ChoiceField(label=_("Since"), choices=SINCE, required=False)

    def __init__(self, data=None, *, people, **options):
        super().__init__(data, **options)
        known = sorted(((id, name) for id, name in people.items() if id), key=lambda one: one[1])
        self.fields["who"].choices = [("", _("Everybody")), *known]

    @property
    def query(self):
        """What it adds to the address of the next page."""
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return f"{urlencode(said)}&" if said else ""


class PrintForm(Form):
    purpose = ShortText(
        label=_("What do you print it for?"),
        help_text=_("Like: for the meeting with children’s services on Monday."),
        error_messages={"required": _("Say what you print it for.")},
    )
