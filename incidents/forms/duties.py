"""What is asked of whoever may have the duty to tell of sexual abuse of a child, and of whoever works the case."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, Form, LongText, MomentField, Radios

from ..models import Duty
from .fields import ColleagueField
from .working import not_kept_out

SAID = [
    ("told", _("I have told them")),
    ("other", _("Somebody else has told them, and I know it")),
    ("none", _("I do not have this duty here")),
]


class DutyForm(Form):
    """One's own word. What an answer does not need may stay empty."""

    said = forms.ChoiceField(
        label=_("Have the police or the council been told?"),
        choices=SAID,
        widget=Radios,
        error_messages={"required": _("Choose what is true now. You can change it later.")},
    )
    told_whom = forms.ChoiceField(label=_("Who was told?"), choices=Duty.To.choices, widget=Radios, required=False)
    told_at = MomentField(label=_("When were they told?"), past=True, required=False)
    told_by = CharField(
        label=_("Who told them, if it was not you?"),
        help_text=_("Their name. Like the officer whom you rang, or somebody of the child’s school."),
        max_length=200,
        required=False,
    )
    reference = CharField(
        label=_("What reference did they give?"),
        help_text=_("Like 42/118/26, or the name of whoever took your call."),
        max_length=200,
        required=False,
    )
    why = LongText(
        label=_("If you do not have this duty: why not?"),
        help_text=_("Like: somebody told me of it who has told the police. Not sure? Ask before you choose this."),
        rows=3,
        required=False,
    )

    def __init__(self, data=None, *, duty, **options):
        before = {"said": "" if duty.status in ("open", "aside") else duty.status}
        if before["said"]:
            before |= {name: getattr(duty, name) for name in ("told_whom", "told_at", "told_by", "reference", "why")}
        super().__init__(data, **{"initial": before} | options)

    def clean(self):
        """What is not asked of this answer is left out of it."""
        answers = super().clean()
        said, owed = answers.get("said"), {}
        if said in ("told", "other"):
            owed["told_whom"] = _now("Say who was told.")
            owed["told_at"] = _now("Say when they were told.")
        if said == "other":
            owed["told_by"] = _now("Say who told them.")
        if said == "none":
            owed["why"] = _now("Say why you do not have this duty, in a sentence.")
        for name, words in owed.items():
            if not answers.get(name) and name not in self.errors:
                self.add_error(name, words)
        if said == "none":
            answers |= {"told_whom": "", "told_at": None, "told_by": "", "reference": ""}
        if said in ("told", "other"):
            answers["why"] = ""
        if said == "told":
            answers["told_by"] = ""
        return answers


class AskToTellForm(Form):
    colleague = ColleagueField(
        label=_("Who else saw it, or was told of it?"),
        help_text=_("They read that they may have this duty, and nothing of the case."),
        error_messages={"required": _("Choose a name.")},
    )

    def __init__(self, data=None, *, case, **options):
        super().__init__(data, **options)
        self.fields["colleague"].queryset = not_kept_out(case).exclude(pk__in=case.duties.values("user"))


class AsideForm(Form):
    why = LongText(
        label=_("Why is there no answer?"),
        help_text=_("How they were told of their duty, what they said, and who told the police or the council."),
        rows=4,
        error_messages={"required": _("Say why, in a sentence.")},
    )
