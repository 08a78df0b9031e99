"""What is asked of a concern about one of us: the four questions, what the LADO advised, and what follows from it."""

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, Form, LongText, MomentField, Radios

from ..models import Allegation
from ..threshold import ALTERNATIVES, CRITERIA, FOUND, Finding, Measure, Met
from .fields import ShortText, YesOrNo


class ScreenForm(Form):
    """Four questions, each with its reason. `allegation`: what was answered before."""

    def __init__(self, data=None, *, allegation=None, **options):
        names = [*CRITERIA, *(f"{name}_why" for name in CRITERIA)]
        before = {name: getattr(allegation, name) for name in names} if allegation else {}
        super().__init__(data, **{"initial": before} | options)
        for name, (question, hint, reason) in CRITERIA.items():
            self.fields[name] = forms.ChoiceField(
                label=question,
                help_text=hint,
                choices=Met.choices,
                widget=Radios(stand="row"),
                error_messages={"required": _("Choose yes, I’m not sure, or no.")},
            )
            self.fields[f"{name}_why"] = ShortText(
                label=reason,
                rows=3,
                max_length=2_000,
                error_messages={"required": _("Say why, in a sentence. A no needs a reason too.")},
            )


class ConsultForm(Form):
    lado_name = CharField(
        label=_("Who did you speak to?"), max_length=200, error_messages={"required": _("Write who you spoke to.")}
    )
    happened_at = MomentField(
        label=_("When was it?"), past=True, error_messages={"required": _("Say when you spoke to them.")}
    )
    lado_advice = LongText(
        label=_("What did they advise?"),
        help_text=_("As close to their words as you can. What to do, and what not to do."),
        error_messages={"required": _("Write what they advised.")},
    )
    lado_reference = CharField(label=_("Their reference"), max_length=100, required=False)
    may_tell = forms.ChoiceField(
        label=_("May the person it is about be told of it now?"),
        choices=Allegation.MayTell.choices,
        widget=Radios,
        error_messages={"required": _("Choose yes or no. If they did not say, choose no.")},
    )

    def __init__(self, data=None, **options):
        super().__init__(data, **{"initial": {"happened_at": now()}} | options)


class _Again(Form):
    """Filled with what stands there."""

    def __init__(self, data=None, *, allegation, **options):
        before = {name: getattr(allegation, name) for name in self.base_fields if hasattr(allegation, name)}
        super().__init__(data, **{"initial": before} | options)


class MeasureForm(_Again):
    """Alternatives first, each with a reason; then the decision (R14)."""

    measure = forms.ChoiceField(
        label=_("What do they do meanwhile?"),
        choices=Measure.choices,
        widget=Radios,
        error_messages={"required": _("Choose what they do meanwhile.")},
    )
    measure_why = LongText(
        label=_("Why this?"), rows=3, error_messages={"required": _("Say why you decide so, in a sentence.")}
    )

    def __init__(self, data=None, *, allegation, **options):
        super().__init__(data, allegation=allegation, **options)
        before = dict(allegation.alternatives)
        asked = {
            f"why_{one}": ShortText(
                label=one.label,
                help_text=_("Why is it enough, or why not?"),
                required=False,
                max_length=2_000,
                initial=before.get(one.label, ""),
            )
            for one in ALTERNATIVES
        }
        self.fields = asked | self.fields

    def clean(self):
        answers = super().clean()
        said = {one.value: answers.pop(f"why_{one}", "") for one in ALTERNATIVES}
        if not any(said.values()) and not self.errors:
            self.add_error(f"why_{ALTERNATIVES[0]}", _("Weigh at least one of these, with a reason."))
        if answers.get("measure") == Measure.SUSPENDED:
            for one in ALTERNATIVES:
                if not said[one.value] and f"why_{one}" not in self.errors:
                    self.add_error(f"why_{one}", _("Before somebody is suspended, say why this is not enough."))
        return answers | {"considered": said}


class SupportForm(_Again):
    contact = CharField(
        label=_("Who is there for them?"),
        help_text=_("One named person, who has no part in this: a colleague, their union, somebody they chose."),
        max_length=200,
        error_messages={"required": _("Write a name, or who looks for one.")},
    )
    offered = LongText(
        label=_("What was offered?"),
        help_text=_("And what they said to it. Before they may be told: what is ready for them."),
        rows=4,
        error_messages={"required": _("Write what was offered, or is ready.")},
    )


class ConcludeForm(_Again):
    finding = forms.ChoiceField(
        label=_("How did it end?"),
        choices=Finding.choices,
        widget=Radios(hints=FOUND),
        error_messages={"required": _("Choose how it ended.")},
    )
    finding_why = LongText(
        label=_("What is it based on?"), error_messages={"required": _("Write what it is based on, in a sentence.")}
    )
    decided_with = CharField(
        label=_("Who decided this?"),
        help_text=_("Names and posts: like the LADO, the police, and you."),
        max_length=300,
        error_messages={"required": _("Write who decided this.")},
    )


class DbsForm(_Again):
    dbs = YesOrNo(
        label=_("Is the Disclosure and Barring Service (DBS) told?"),
        help_text=_(
            "They must be, where somebody was taken off work with children over harm or a risk. Or would have been."
        ),
        error_messages={"required": _("Choose yes or no.")},
    )
    dbs_why = LongText(
        label=_("When and with what reference; or why not"),
        rows=3,
        error_messages={"required": _("Say when they were told, or why they are not.")},
    )
