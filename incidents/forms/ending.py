"""What is asked before a case ends: how it ended, what the police decided, how the child sees it, and the charity's regulator."""

from django import forms
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import Form, LongText, Radios

from ..kinds import Outcome, PoliceOutcome
from .fields import ShortText, YesOrNo

SAY_WHY = {"required": _("Say why, in a sentence.")}
CHOOSE = {"required": _("Choose yes or no.")}


class CloseForm(Form):
    """`case`: what its last review found stands there already; before that, it says why it does not wait for it."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[one for one in Outcome.choices if one[0] != Outcome.REDIRECTED],
        widget=Radios,
        error_messages={"required": _("Choose how it ended.")},
    )
    closing_reason = LongText(
        label=_("Why can it be closed?"),
        help_text=_("What was done, and how you know that it has stopped."),
        error_messages={"required": _("Say why it can be closed, in a sentence.")},
    )
    police_outcome = forms.ChoiceField(
        label=_("What did the police decide?"),
        choices=PoliceOutcome.choices,
        widget=Radios(
            hints={
                PoliceOutcome.OUTCOME_21.value: _(
                    "For a child who shared an image: it is recorded, and the child is not treated as a criminal."
                )
            }
        ),
        error_messages={"required": _("Choose what the police decided, or that they had no part in it.")},
    )
    view_asked = YesOrNo(label=_("Was the child asked how they see it?"), error_messages=CHOOSE)
    childs_view = LongText(
        label=_("What they said, or why they were not asked"),
        help_text=_("If it harmed an adult, ask them in the same way."),
        rows=3,
        error_messages={"required": _("Write what the child said, or why they were not asked.")},
    )
    early_why = LongText(
        label=_("Why not wait for the last review?"),
        help_text=_(
            "The last review asks whether it is over for good. A second person decides whether it can be left out."
        ),
        rows=3,
        error_messages={"required": _("Say why it can be closed before its last review.")},
    )

    def __init__(self, data=None, *, case, **options):
        known = {
            name: getattr(case, name)
            for name in ("outcome", "police_outcome", "view_asked", "childs_view", "early_why")
        }
        super().__init__(data, **{"initial": known} | options)
        if not case.is_early:
            del self.fields["early_why"]


class RedirectForm(Form):
    why = ShortText(
        label=_("Why is it not about safety?"),
        help_text=_("What you asked, and what shows that nobody is at risk. A second person reads this."),
        rows=4,
        max_length=2_000,
        error_messages={"required": _("Say why it is not about safety, in a sentence.")},
    )
    to_whom = ShortText(
        label=_("Who looks after it now?"),
        help_text=_("Like: Leah, who leads the programme."),
        rows=2,
        error_messages={"required": _("Say who looks after it now.")},
    )


class BringBackForm(Form):
    why = ShortText(label=_("Why does it come back?"), rows=3, error_messages=SAY_WHY)


class KeepOpenForm(Form):
    why = LongText(label=_("Why does it stay open?"), rows=3, error_messages=SAY_WHY)


class CharityForm(Form):
    charity = YesOrNo(label=_("Is the Charity Commission told?"), error_messages=CHOOSE)
    charity_why = ShortText(
        label=_("Why, or why not?"),
        help_text=_("Who decided it, and when. If they are told: the reference they gave."),
        rows=4,
        max_length=2_000,
        error_messages={"required": _("Say why they are told, or why not. Both are decisions.")},
    )

    def __init__(self, data=None, *, case, **options):
        known = {"charity": case.charity, "charity_why": case.charity_why}
        super().__init__(data, **{"initial": known} | options)
