"""What whoever works a case is asked: to weigh it, to write, to give out actions, to close, reopen and share."""

from django import forms
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import DateField, Form, LongText, MomentField, Radios, Ticks
from harmony.people.models import User

from ..kinds import MEANINGS, ONE_OF_US, CausedBy, Severity, doors_of, grouped
from ..models import Case, ChronologyEntry
from .fields import Codes, ColleagueField, ShortText, YesOrNo

HAVE_FORMS_OF_THEIR_OWN = (ChronologyEntry.Kind.FILE, ChronologyEntry.Kind.WELFARE)
SAY_WHY = {"required": _("Say why, in a sentence.")}


def kinds(doors=()):
    """The kinds of concern in groups, so that a long list can be read: first those behind the doors a reporter chose."""
    groups = [(title, [(kind.value, kind.label) for kind in group]) for title, group in grouped(doors)]
    return [("", _("Choose a kind")), *groups]


class KindForm(Form):
    """What a case is, and who caused it, once somebody knows better."""

    kind = forms.ChoiceField(
        label=_("What kind of concern is it?"),
        help_text=_("Lists show a short phrase for it, never a name."),
        error_messages={"required": _("Choose the kind that is nearest.")},
    )
    secondary = Codes(
        label=_("Which other kinds is it too?"),
        help_text=_("Choose all that fit."),
        widget=Ticks(stand="pairs"),
        required=False,
    )
    caused_by = forms.ChoiceField(
        label=_("Who caused it, as far as you know?"),
        help_text=_("Only what kind of person. Names stand under People."),
        choices=CausedBy.choices,
        widget=Radios(
            stand="pairs",
            hints={one.value: _("Then it goes to the people for concerns about one of us.") for one in ONE_OF_US},
        ),
        error_messages={"required": _("Choose who caused it, or that it is not known yet.")},
    )

    def __init__(self, data=None, *, case, **options):
        super().__init__(data, **options)
        doors = [door for report in case.reports.all() for door in doors_of(report.doors)]
        self.fields["kind"].choices = kinds(doors)
        self.fields["secondary"].choices = kinds(doors)[1:]
        if doors:
            says = _now("What the reporter chose comes first. Lists show a short phrase, never a name.")
            self.fields["kind"].help_text = says


class ChangeKindForm(KindForm):
    why = ShortText(
        label=_("What do you know now?"), help_text=_("It stands in the chronology."), error_messages=SAY_WHY
    )

    def __init__(self, data=None, *, case, **options):
        stands = {name: getattr(case, name) for name in ("kind", "secondary", "caused_by")}
        super().__init__(data, case=case, **{"initial": stands} | options)


class TriageForm(KindForm):
    field_order = ("severity",)

    severity = forms.ChoiceField(
        label=_("How serious is it?"),
        choices=Severity.choices,
        widget=Radios(hints=MEANINGS),
        error_messages={"required": _("Choose how serious it is.")},
    )
    rationale = LongText(
        label=_("Why do you weigh it so?"),
        rows=4,
        error_messages={"required": _("Say why you weigh it so, in a sentence.")},
    )
    parents = forms.ChoiceField(
        label=_("Have parents or carers been told?"),
        choices=Case.Parents.choices,
        widget=Radios,
        error_messages={"required": _("Choose one of these answers.")},
    )
    parents_reason = LongText(label=_("What they said, or why they are not told now"), rows=3, required=False)
    refer = YesOrNo(
        label=_("Will you refer it to somebody outside?"),
        help_text=_(
            "Children’s services, the police, or the council’s designated officer (LADO) for people who work with children."
        ),
        error_messages={"required": _("Choose yes or no.")},
    )
    refer_reason = LongText(
        label=_("To whom and why, or why not"),
        rows=3,
        error_messages={"required": _("Say why you refer it, or why not. Both are decisions.")},
    )

    def clean(self):
        answers = super().clean()
        owed = answers.get("parents") in (Case.Parents.LATER, Case.Parents.NO)
        if owed and not answers.get("parents_reason") and "parents_reason" not in self.errors:
            self.add_error("parents_reason", _now("Say why they are not told now."))
        return answers


class ReopenForm(Form):
    why = LongText(label=_("Why do you reopen it?"), rows=3, error_messages=SAY_WHY)


class EntryForm(Form):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[one for one in ChronologyEntry.Kind.choices if one[0] not in HAVE_FORMS_OF_THEIR_OWN],
    )
    words = LongText(
        label=_("What happened, or was decided"), rows=5, error_messages={"required": _("Write what happened.")}
    )
    happened_at = MomentField(
        label=_("When did it happen?"), past=True, error_messages={"required": _("Say when it happened.")}
    )
    significant = forms.BooleanField(
        label=_("This is a key event"), help_text=_("It stands out in the chronology."), required=False
    )

    def __init__(self, data=None, **options):
        super().__init__(data, **{"initial": {"happened_at": now()}} | options)


class ActionForm(Form):
    what = ShortText(
        label=_("What is to be done?"),
        help_text=_(
            "Whoever does it reads these words, and nothing else of the case. Say no more than they need: no name and "
            "nothing of what happened, unless they cannot do it without. Read it once more before you send it."
        ),
        error_messages={"required": _("Write what is to be done.")},
    )
    owner = ColleagueField(label=_("Who does it?"), error_messages={"required": _("Choose who does it.")})
    due_on = DateField(label=_("By what day?"), error_messages={"required": _("Say by what day.")})
    lens = forms.ChoiceField(label=_("For whom is it?"), widget=Radios, required=False)

    def __init__(self, data=None, *, case, **options):
        super().__init__(data, **options)
        of_the_plan = [(lens.value, lens.label) for lens in case.lenses]
        self.fields["lens"].choices = [*of_the_plan, ("", _("For none of them: it is about the case"))]
        self.fields["owner"].queryset = not_kept_out(case)

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on < localdate():
            raise forms.ValidationError(_now("This day has passed. Give today or a later one."))
        return due_on


class FinishForm(Form):
    result = ShortText(
        label=_("What came of it?"), rows=3, error_messages={"required": _("Write what came of it, in a sentence.")}
    )


class AnswerForm(FinishForm):
    """For whoever was asked, and cannot open the case."""

    field_order = ("is_done",)

    is_done = YesOrNo(label=_("Did you do it?"), error_messages={"required": _("Choose yes or no.")})

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        self.fields["result"].label = _("What came of it, or why could you not do it?")
        self.fields["result"].help_text = _("Whoever asked you reads this in the case. It cannot be changed.")


class WaiveForm(Form):
    result = ShortText(label=_("Why is it not needed?"), rows=3, error_messages=SAY_WHY)


class ColleagueForm(Form):
    """A colleague, and why: to share a case with them, or to keep them out of it."""

    colleague = ColleagueField(label=_("Who?"), error_messages={"required": _("Choose a name.")})
    why = ShortText(label=_("Why?"), error_messages=SAY_WHY)

    def __init__(self, data=None, *, case, **options):
        super().__init__(data, **options)
        self.fields["colleague"].queryset = not_kept_out(case)


class NoAnswers(Form):
    """A button alone. What it does may still be refused, in words."""


def not_kept_out(case):
    """Everybody here now, less those who have no part in this case."""
    return User.objects.active().exclude(pk__in=case.recusals.values("user"))
