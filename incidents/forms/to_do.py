"""Which of all that is left to do a page shows: a choice that makes no sense chooses nothing."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import Form

from ..to_do import KINDS, LATE, NOBODY, WEEK

WHEN = [("", _("Any day")), (LATE, _("Late")), (WEEK, _("Within 7 days, and late"))]


class ToDoForm(Form):
    says_optional = False  # nothing here has to be chosen

    whose = forms.ChoiceField(label=_("Whose"), required=False)
    when = forms.ChoiceField(label=_("By when"), choices=WHEN, required=False)
    kind = forms.ChoiceField(label=_("What"), choices=[("", _("Everything")), *KINDS.items()], required=False)

    def __init__(self, data, *, people, **options):
        super().__init__(data, **options)
        self.fields["whose"].choices = [("", _("Anybody")), (NOBODY, _("Nobody yet")), *people]
        self.is_valid()

    @property
    def answers(self):
        """What was chosen, and makes sense."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self):
        """For the addresses of the other pages; ends where `page=` may follow."""
        return f"{urlencode(self.answers)}&" if self.answers else ""
