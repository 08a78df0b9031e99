"""What the components’ page is filled with: a form that can be got wrong, and one of everything else. All invented."""

from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from .charts import bars
from .forms import CharField, DateField, Form, LongText, MomentField, Radios, Ticks
from .templatetags.look import matrix_cell
from .words import Clock, clock_time


class SampleForm(Form):
    words = LongText(
        label=_("Their words"),
        help_text=_("As close as you can remember. Do not tidy up slang or swearing."),
        max_length=200,
        error_messages={"required": _("Write what they said.")},
    )
    who = CharField(label=_("Who is it about?"), max_length=100, required=False)
    danger = forms.ChoiceField(
        label=_("Is anyone in danger now?"),
        choices={"yes": _("Yes"), "no": _("No"), "unsure": _("I’m not sure")},
        widget=Radios(hints={"yes": _("Ring 999 first. This page waits.")}),
    )
    told = forms.MultipleChoiceField(
        label=_("Who knows already?"),
        choices={"parent": _("A parent or carer"), "police": _("The police")},
        widget=Ticks,
        required=False,
    )
    level = forms.ChoiceField(label=_("How serious is it?"), choices={"": _("Choose one"), "high": _("High")})
    born_on = DateField(label=_("Date of birth"), help_text=_("For example, 27 3 2012."), past=True, required=False)
    happened_at = MomentField(label=_("When did it happen?"), past=True)
    secret = forms.CharField(label=_("Your password"), widget=forms.PasswordInput, required=False)
    sure = forms.BooleanField(label=_("I have told the child that I will pass this on"), help_text=_("They may ask."))


def clocks(at):
    """One in time, one soon, one late, one done."""
    return [
        Clock.of(at + timedelta(days=3), started=at - timedelta(days=1), label=_("Review"), at=at),
        Clock.of(at + timedelta(minutes=40), started=at - timedelta(hours=6), label=_("Referral"), at=at),
        Clock.of(at - timedelta(hours=3), label=_("First read"), at=at),
        Clock("done", str(_("Read in time")), 100, ""),
    ]


def one_of_each(at):
    """{what a component asks for: a sample}, for templates/look/components.html."""
    return _of_cases(at) | _of_rooms() | {"page": Paginator(range(30), 10).page(2)}


def _of_cases(at):
    return {
        "clocks": clocks(at),
        "rows": [
            (_("Kind"), _("Contact online")),
            (_("Where"), _("In a game’s chat"), "#main"),
            (_("When"), clock_time(at)),
        ],
        "steps": [
            (_("By 5:52pm today"), _("The officer or the deputy reads your report.")),
            (_("By 9:30am tomorrow"), _("They decide what to do, and ring you if they need more.")),
        ],
        "tiles": [
            ("now", _("need you now"), 4, "red"),
            ("soon", _("due soon"), 2, "amber"),
            ("all", _("open"), 17, ""),
        ],
        "files": [(_("Screenshot of the chat"), _("Picture, 240 KB")), (_("Letter from school"), _("PDF, 80 KB"))],
        "moments": [
            ("key", _("What the child said"), at),
            ("", _("Call or talk"), at),
            ("system", _("First read"), at),
        ],
    }


def _of_rooms():
    return {
        "answers": [
            ("yes", _("Yes: our website"), _("All 3 agreed. Until 31 August.")),
            ("no", _("No: social media"), _("Not all agreed. Choose another photo.")),
            ("ask", _("Not yet: newspapers"), _("Not everybody has been asked.")),
        ],
        "code": [_("maple"), _("river"), _("candle"), _("orbit"), _("violin"), _("harbour")],
        "scores": [("hi", 16, _("High")), ("md", 8, _("Medium")), ("lo", 3, _("Low"))],
        "changes": [
            (
                _("Messages"),
                True,
                [("", _("Staff write to young people")), ("del", _("by text.")), ("ins", _("in the group."))],
            ),
            (_("Photos"), False, [("", _("Ask before each photo."))]),
        ],
        "said": [
            (True, _("There is a group chat with pictures of her."), _("You, 10:21am")),
            (False, _("Thank you for telling us. Is the chat still going?"), _("Amara, 10:48am")),
        ],
        "columns": [_("First steps"), _("Online safety")],
        "people": _people(),
        "chart": bars(
            _("Reports a week"),
            [("2 March", 3), ("9 March", 5), ("16 March", 0), ("23 March", 2)],
            label_heading=_("Week"),
            value_heading=_("Reports"),
        ),
    }


def _people():
    return [
        (
            "#main",
            _("Sam"),
            _("1 gap"),
            [
                matrix_cell("red", _("Run out"), "alert", _("on 1 Mar 2026")),
                matrix_cell("green", _("Valid"), "check", _("to 4 May 2027")),
            ],
        ),
        (
            "#main",
            _("Leah"),
            "",
            [
                matrix_cell("amber", _("Ends soon"), "clock", _("on 31 Mar 2026")),
                matrix_cell("", _("Not needed")),
            ],
        ),
    ]
