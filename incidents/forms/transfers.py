"""What is asked when a case is handed on to another organisation."""

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, Form, MomentField

from .fields import ShortText
from .working import SAY_WHY


class TransferForm(Form):
    to_whom = CharField(
        label=_("To whom is it handed on?"),
        help_text=_("The organisation, and the person there who answers for safeguarding. Ring them first."),
        max_length=300,
        error_messages={"required": _("Write to whom, and who answers for it there.")},
    )
    why = ShortText(label=_("Why?"), rows=3, max_length=2_000, error_messages=SAY_WHY)
    informed = ShortText(
        label=_("Do the child and their family know, and what do they say?"),
        help_text=_("If they do not: why not."),
        rows=3,
        max_length=2_000,
        error_messages={"required": _("Say whether they know.")},
    )


class _HappenedForm(Form):
    happened_at = MomentField(label=_("When was it?"), past=True, error_messages={"required": _("Say when it was.")})

    def __init__(self, data=None, **options):
        super().__init__(data, **{"initial": {"happened_at": now()}} | options)


class SentForm(_HappenedForm):
    words = ShortText(
        label=_("How did the file go, and how did the passphrase?"),
        help_text=_("Two different ways. Like: file by their secure page, passphrase by phone."),
        max_length=1_000,
        error_messages={"required": _("Say how both went.")},
    )


class ReceivedForm(_HappenedForm):
    words = ShortText(
        label=_("Who says that they have it and can open it, and how did they say so?"),
        max_length=1_000,
        error_messages={"required": _("Write who says so.")},
    )


class CallOffForm(Form):
    why = ShortText(label=_("Why is it not handed on after all?"), error_messages=SAY_WHY)
