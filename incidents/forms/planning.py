"""What is asked of a response plan, and at its last review whether it is over for good."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import Form, LongText

from .fields import ShortText, YesOrNo
from .timing import ReviewForm

CHOOSE = {"required": _("Choose yes or no.")}


class NotNeededForm(Form):
    because = ShortText(
        label=_("Why is nothing needed?"),
        rows=3,
        max_length=2_000,
        error_messages={"required": _("Say why nothing is needed, in a sentence.")},
    )


class AdviceForm(Form):
    advice = LongText(
        label=_("What was advised, and to whom?"),
        rows=5,
        error_messages={"required": _("Write what was advised, and to whom.")},
    )


class LastReviewForm(ReviewForm):
    """The last review: how it is, and whether it is over for good. A yes answers four questions more."""

    is_over = YesOrNo(
        label=_("Is it over for good, as far as you can see?"),
        hints={"no": _("Or nobody is sure. Then the reviews start again from today.")},
        error_messages=CHOOSE,
    )
    lasts_because = ShortText(
        label=_("How do you know that it has not happened again?"), rows=3, max_length=2_000, required=False
    )
    view_asked = YesOrNo(label=_("Was the child asked how they see it?"), required=False)
    childs_view = LongText(label=_("What they said, or why they were not asked"), rows=3, required=False)
    bystanders_now = ShortText(
        label=_("How are those who saw it?"),
        help_text=_("If nobody did, write that."),
        rows=3,
        max_length=2_000,
        required=False,
    )
    lessons = ShortText(
        label=_("What have we learned, and where is it written down?"),
        help_text=_("A policy, a session, the training plan. If nothing is new, write that."),
        rows=3,
        max_length=2_000,
        required=False,
    )

    def clean(self):
        answers = super().clean()
        if not answers.get("is_over"):
            return {name: answers.get(name) for name in ("words", "is_over") if name in answers}
        for name, says in {
            "lasts_because": _now("Say how you know that it has not happened again."),
            "childs_view": _now("Write what the child said, or why they were not asked."),
            "bystanders_now": _now("Say how those who saw it are, or that nobody did."),
            "lessons": _now("Say what we learned and where it stands, or that nothing is new."),
        }.items():
            if not answers.get(name) and name not in self.errors:
                self.add_error(name, says)
        if answers.get("view_asked") is None and "view_asked" not in self.errors:
            self.add_error("view_asked", forms.ValidationError(CHOOSE["required"]))
        return answers
