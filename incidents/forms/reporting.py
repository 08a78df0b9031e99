"""The questions without which nobody can act, a page each: the only answers a report ever requires (S1)."""

from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from harmony.audit.transitions import StateMoved
from harmony.look.forms import CharField, Form, LongText, MomentField, Radios, Ticks
from harmony.people.models import Appointment, User

from ..models import Report
from ..models.meanwhile import InAnotherWindow
from ..models.reports import UNLISTED
from .fields import ShortText, YesOrNo

ROOM = 40_000  # characters: some 6,500 words


class Step(Form):
    """A page of the report: shows what was saved, and can say what of it may be saved again."""

    questions = ()  # the report's own fields that this page asks
    heading = ""  # the field whose question is the page's heading

    def __init__(self, data=None, *, report=None, **options):
        saved = {question: getattr(report, question) for question in self.questions} if report else {}
        super().__init__(data, initial=saved | options.pop("initial", {}), **options)
        self.elsewhere = []  # questions that were answered otherwise in another window
        if self.heading:
            self.fields[self.heading].is_heading = True

    @property
    def drawn(self):
        """The mark of the answers that this page was drawn from, as it came back (models/meanwhile.py)."""
        return (self.data or {}).get("drawn", "")

    def save(self, report, *, by):
        """The answers that are as they should be. False: refused, and the form says why."""
        try:
            report.answer(**self.answers, page=self.questions, drawn=self.drawn, by=by)
        except StateMoved as moved:
            self.elsewhere, self.not_saved = getattr(moved, "questions", []), _not_saved(moved)
            self._moved_on(str(moved))
            return False
        return True

    @property
    def answers(self):
        """Those that are as they should be: saved even while another on the page is not."""
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if name in self.questions}


def _not_saved(moved):
    if isinstance(moved, InAnotherWindow):
        return _("Not saved: you changed this page in another window.")
    return moved


class DangerForm(Step):
    questions = ("danger",)
    heading = "danger"

    danger = forms.ChoiceField(
        label=_("Is anyone in danger right now?"),
        choices=Report.Danger.choices,
        widget=Radios(hints={"unsure": _("Then treat it as yes.")}),
        error_messages={"required": _("Choose yes, I’m not sure, or no.")},
    )


class AboutUsForm(Step):
    questions = ("about_us",)
    heading = "about_us"

    about_us = YesOrNo(
        label=_("Is it about someone who works or volunteers here?"),
        help_text=_(
            "A message sent in private to a young person counts. Your answer decides who can open this report."
        ),
        hints={"yes": _("On the next page you say who. They will not see this report.")},
        error_messages={"required": _("Choose yes or no.")},
    )


class BeginForm(Step):
    """One answer to both, so that three are a whole report (decision 0180). Each has a page of its own to change it.

    Whoever answers danger has not said whether it is about one of us: that is asked after the page with 999.
    """

    means = {  # danger, about one of us
        "danger": (Report.Danger.YES, None),
        "unsure": (Report.Danger.UNSURE, None),
        "us": (Report.Danger.NO, True),
        "both": (Report.Danger.YES, True),
        "neither": (Report.Danger.NO, False),
    }

    first = forms.ChoiceField(
        label=_("Before you write: is somebody in danger, or is it about one of us?"),
        choices=[
            ("danger", _("Someone is in danger right now")),
            ("unsure", _("Someone may be in danger, I’m not sure")),
            ("us", _("It is about someone who works or volunteers here")),
            ("both", _("Both: someone is or may be in danger, and it is about one of us")),
            ("neither", _("Neither of these")),
        ],
        widget=Radios(
            hints={
                "unsure": _("Then treat it as yes."),
                "us": _(
                    "A private message to a young person counts. You say next who it is: they will not see this."
                    " Something you did yourself, or that might be misread, is welcome here too."
                ),
            }
        ),
        error_messages={"required": _("Choose one. If nothing fits, choose the last one.")},
    )
    form_key = forms.Field(required=False, widget=forms.HiddenInput)

    def clean_form_key(self):
        """The key of this blank form: posted twice, it begins one report."""
        try:
            return UUID(str(self.cleaned_data["form_key"]))
        except ValueError:
            return uuid4()

    def clean(self):
        """What the record keeps of it."""
        answers = super().clean()
        if "first" in answers:
            answers["danger"], answers["about_us"] = self.means[answers.pop("first")]
        return answers


class Call999Form(Step):
    """What is known of the call (R1). All of it may be left empty, and nothing of it is sent by itself."""

    questions = ("told_999", "told_999_at", "told_999_number")

    told_999 = ShortText(
        label=_("Who rang 999?"),
        help_text=_("You, or somebody else. Leave all three empty if nobody has rung yet."),
        rows=1,
        required=False,
    )
    told_999_at = MomentField(label=_("When did they ring?"), past=True, required=False)
    told_999_number = CharField(
        label=_("What number did 999 give you?"),
        help_text=_("The log, incident or reference number, just as they said it."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )


class WhichOfUsForm(Step):
    """Only the people chosen here, and who is close to them, are kept out."""

    questions = ("named",)
    heading = "named"

    named = forms.MultipleChoiceField(
        label=_("Who is it about?"),
        help_text=_(
            "Choose everyone it is about. They will not see this report, and nobody will tell them of it here."
        ),
        widget=Ticks,
        error_messages={"required": _("Choose at least one. If the name is not here, choose the last one.")},
    )

    def __init__(self, data=None, *, report=None, **options):
        super().__init__(data, report=report, **options)
        self.initial["named"] = report.named.split() if report else []
        people, posts = list(User.objects.active()), {}
        for held in Appointment.objects.standing():
            posts.setdefault(str(held.user_id), []).append(held.get_post_display())
        field = self.fields["named"]
        oneself = [user for user in people if report and user.pk == report.author_id]
        field.choices = [
            *((str(user.pk), _("Me: something I did, or that might be misread")) for user in oneself),
            *((str(user.pk), user.name) for user in people if user not in oneself),
            (UNLISTED, _("Somebody who is not on this list")),
        ]
        field.widget.hints = {pk: ", ".join(held) for pk, held in posts.items()} | {
            UNLISTED: _("Write their name on the next page.")
        }

    def clean_named(self):
        return " ".join(self.cleaned_data["named"])


class WhoForm(Step):
    questions = ("who",)
    heading = "who"

    who = ShortText(
        label=_("Who are you worried about?"),
        help_text=_(
            "Their names, and their ages if you know. If you do not know a name, say how we can tell who it is."
        ),
        error_messages={"required": _("Write who you are worried about. A first name is enough.")},
    )


class WhatForm(Step):
    questions = ("facts", "childs_words", "view")
    heading = "facts"

    facts = LongText(
        label=_("What happened?"),
        help_text=_("What you saw and heard, in order. Who was there. What you did."),
        rows=8,
        max_length=ROOM,
        error_messages={"required": _("Write what happened, in a sentence or two. You can add more later.")},
    )
    childs_words = LongText(
        label=_("Their own words"),
        help_text=_("As close as you can remember. Keep slang and swearing."),
        rows=4,
        max_length=ROOM,
        required=False,
    )
    view = LongText(
        label=_("What you think"),
        help_text=_("Your view, and why. If you are guessing, say so."),
        rows=3,
        max_length=ROOM,
        required=False,
    )


class StatementForm(Form):
    words = LongText(
        label=_("What do you answer?"),
        help_text=_(
            "Write what you saw and heard yourself, when and where, and who was there. "
            "Put what others said in their own words. Keep what you think apart."
        ),
        rows=8,
        max_length=ROOM,
        error_messages={"required": _("Write your answer.")},
    )


class AddForm(Form):
    words = LongText(
        label=_("What do you want to add?"),
        rows=6,
        max_length=ROOM,
        error_messages={"required": _("Write what you want to add.")},
    )
