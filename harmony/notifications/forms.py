"""When somebody wants no e-mail that can wait."""

from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import Form


def _hours(never):
    noon = {0: _("midnight"), 12: _("noon")}
    clocks = [
        (hour, noon.get(hour) or _("%(hour)d%(half)s") % {"hour": hour % 12, "half": _("am") if hour < 12 else _("pm")})
        for hour in range(24)
    ]
    return [("", never), *clocks]


class QuietForm(Form):
    since = forms.TypedChoiceField(
        label=_("No e-mail from"),
        choices=_hours(_("No quiet hours")),
        coerce=lambda hour: time(int(hour)),
        required=False,
        empty_value=None,
    )
    until = forms.TypedChoiceField(
        label=_("Until"),
        choices=_hours(_("No quiet hours")),
        coerce=lambda hour: time(int(hour)),
        required=False,
        empty_value=None,
    )

    def clean(self):
        answers = super().clean()
        since, until = answers.get("since"), answers.get("until")
        if (since is None) != (until is None) and not self.errors:
            self.add_error("until" if since is not None else "since", _("Choose both times, or neither."))
        elif since is not None and since == until:
            self.add_error("until", _("These are the same. Choose a later time."))
        return answers
