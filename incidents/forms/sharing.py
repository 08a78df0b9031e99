"""What is asked of the two people who let somebody in again that was kept out of a case by mistake, and of whoever asks an
adviser in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import Form, LongText, Radios

from .working import ColleagueForm


class AdviserForm(ColleagueForm):
    """Somebody from outside the line of a case, and why they are the right one."""

    def __init__(self, data=None, *, case, **options):
        super().__init__(data, case=case, **options)
        people = self.fields["colleague"]
        people.queryset = people.queryset.exclude(pk__in=case.line())
        people.help_text = _(
            "They need an account here, and no post. If they have none, ask the office to invite them."
        )


class LetInForm(Form):
    why = LongText(
        label=_("Why is it a mistake that they are kept out?"),
        rows=3,
        error_messages={"required": _("Say why, in a sentence.")},
    )


class DecideForm(Form):
    """The second person's answer. Whoever asked may only take it back; without their role's training one may only say no (N13)."""

    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[("agree", _("I agree: let them in")), ("keep", _("Keep them out"))],
        widget=Radios,
        error_messages={"required": _("Choose one of the two.")},
    )
    why = LongText(label=_("Why?"), rows=3, error_messages={"required": _("Say why, in a sentence.")})

    def __init__(self, *args, is_second, is_prepared, **options):
        super().__init__(*args, **options)
        if not is_second:
            self.fields["decision"].choices = [("keep", _("Take it back: keep them out"))]
            self.fields["decision"].initial = "keep"
        elif not is_prepared:
            self.fields["decision"].choices = [("keep", _("Keep them out"))]

    def clean(self):
        """Which step it is, apart from what the step is told."""
        answers = super().clean()
        self.agrees = answers.pop("decision", "") == "agree"
        return answers


class WhoIsItForm(Form):
    """Two buttons, one answer."""

    is_them = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda answer: answer == "yes")
