"""What is asked about hate, and, of somebody's own free will, about who they are."""

from django import forms
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import Form, LongText, Radios, Ticks

from ..models.hate import Ground, Hate
from ..models.monitoring import NOT_SAID, QUESTIONS
from .fields import Codes
from .working import SAY_WHY


class HateForm(Form):
    hate = forms.ChoiceField(
        label=_("Did hate or discrimination play a part?"),
        choices=Hate.choices,
        widget=Radios,
        error_messages={"required": _("Choose one of these answers.")},
    )
    hate_grounds = Codes(
        label=_("Because of what?"), choices=Ground.choices, widget=Ticks(stand="pairs"), required=False
    )
    hate_why = LongText(
        label=_("Why do you say so?"),
        help_text=_(
            "What was said or done, and who thinks so. If it may be a crime, the police record it as one of hate."
        ),
        rows=3,
        error_messages=SAY_WHY,
    )

    def __init__(self, data=None, *, case, **options):
        stands = {name: getattr(case, name) for name in ("hate", "hate_grounds", "hate_why")}
        super().__init__(data, **{"initial": stands} | options)


class MonitoringForm(Form):
    """Always empty: what was answered before is shown to nobody."""

    keeps_words = False

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        for name, (title, groups) in QUESTIONS.items():
            self.fields[name] = forms.ChoiceField(label=title, choices=[NOT_SAID, *groups.items()], required=False)
