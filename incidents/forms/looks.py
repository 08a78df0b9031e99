"""What a reporter asks of somebody above, and what they are answered."""

from django.utils.translation import gettext_lazy as _

from harmony.look.forms import Form, LongText


class AskForm(Form):
    words = LongText(
        label=_("What are you not happy with?"),
        help_text=_("Like: nobody rang me back, or I think that more must be done. What would you like to happen?"),
        error_messages={"required": _("Write what you are not happy with, in a sentence.")},
    )


class AnswerForm(Form):
    words = LongText(
        label=_("What do you answer?"),
        help_text=_(
            "Whoever asked reads this with their report. It cannot be changed. Say nothing of the case that is not theirs."
        ),
        error_messages={"required": _("Write your answer.")},
    )
