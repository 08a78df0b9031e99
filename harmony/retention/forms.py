"""What whoever decides is asked: why a record is held, why not any more, and how much longer it is kept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import DateField, Form, LongText

SAY_WHY = {"required": _("Say why, in a sentence.")}


class HoldForm(Form):
    why = LongText(
        label=_("Why must nobody destroy it?"),
        help_text=_("Like a court case, a police enquiry, or somebody who has asked for their record."),
        rows=3,
        error_messages=SAY_WHY,
    )


class LiftForm(Form):
    why = LongText(label=_("Why is the hold not needed any more?"), rows=3, error_messages=SAY_WHY)


class LongerForm(Form):
    because = LongText(label=_("Why do you keep it longer?"), rows=3, error_messages=SAY_WHY)
    until = DateField(label=_("Until what day?"), coming=True, error_messages={"required": _("Say until what day.")})


class DestroyForm(Form):
    sure = forms.BooleanField(
        label=_("I have looked at it, and nobody needs it any more."),
        error_messages={"required": _("Tick this, or keep it longer.")},
    )

    def clean(self):
        return {}  # the tick is for whoever agrees: the step asks for nothing
