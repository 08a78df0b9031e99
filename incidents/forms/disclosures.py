"""What is written down when something of a case is shared outside, or is not."""

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, Form, MomentField, Radios

from ..golden import RULES
from ..models import Disclosure
from .fields import ShortText, YesOrNo
from .working import SAY_WHY


class DisclosureForm(Form):
    """All seven rules are asked; only the last must be answered, so that nobody waits with a call for the sake of a form."""

    was_shared = YesOrNo(label=_("Was it shared?"), error_messages={"required": _("Choose yes or no.")})
    whom = CharField(
        label=_("With whom, or who asked?"),
        help_text=_("A name, and for whom they work."),
        max_length=300,
        error_messages={"required": _("Write who it was.")},
    )
    what = ShortText(
        label=_("What was it?"),
        rows=3,
        max_length=2_000,
        error_messages={"required": _("Write what was shared, or asked for.")},
    )
    happened_at = MomentField(label=_("When was it?"), past=True, error_messages={"required": _("Say when it was.")})
    ground = forms.ChoiceField(
        label=_("On what ground?"),
        choices=Disclosure.Ground.choices,
        widget=Radios,
        error_messages={"required": _("Choose the ground.")},
    )

    def __init__(self, data=None, **options):
        super().__init__(data, **{"initial": {"happened_at": now()}} | options)
        for name, question, hint in RULES:
            self.fields[name] = ShortText(
                label=question,
                help_text=hint,
                max_length=2_000,
                required=name == "why",
                error_messages=SAY_WHY,
            )

    def clean(self):
        answers = super().clean()
        if answers.get("was_shared") and answers.get("ground") == Disclosure.Ground.NONE:
            self.add_error("ground", _now("What is shared needs a ground. Choose another."))
        return answers
