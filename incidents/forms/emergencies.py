"""What is asked of whoever opens a case in an emergency, before and after."""

from django import forms
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, Form, LongText

NO_SUCH_CASE = _("There is no case with this reference that you can open. Check the letters and numbers.")


class EmergencyForm(Form):
    reference = CharField(
        label=_("What is the reference of the case?"),
        help_text=_("Like K7P-M3QD. Somebody who works it, or its reporter, can tell you."),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
        error_messages={"required": _("Write the reference of the case.")},
    )
    why = LongText(
        label=_("Why must you read it now?"),
        help_text=_("Everybody else who leads reads these words. Say no more of the child than you must."),
        rows=4,
        error_messages={"required": _("Say why you must read it now, in a sentence.")},
    )

    def clean_reference(self):
        return self.cleaned_data["reference"].upper().replace(" ", "")

    def not_found(self):
        """The same for a wrong one, and for any that this person may not open."""
        self.add_error("reference", NO_SUCH_CASE)


class DoneForm(Form):
    answer = LongText(
        label=_("What was done?"),
        help_text=_("What you read it for, whom you spoke to, and what happens next. It cannot be changed."),
        error_messages={"required": _("Write what was done, in a sentence or two.")},
    )
