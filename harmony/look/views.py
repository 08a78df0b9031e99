"""Every component on one page, with a form that can be got wrong."""

from datetime import timedelta

from django import forms
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from .forms import CharField, DateField, Form, LongText, MomentField, Radios, Ticks
from .words import Clock


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


def components(request):
    form = SampleForm(request.POST or None)
    at = now()
    return render(
        request,
        "look/components.html",
        {
            "form": form,
            "navigation": [(_("Cases"), "#", True, 3), (_("Training"), "#", False, 0), (_("Policies"), "#", False, 0)],
            "at": at,
            "clocks": [
                Clock.of(
                    at + timedelta(hours=2, minutes=10), started=at - timedelta(hours=6), label=_("Referral"), at=at
                ),
                Clock.of(at - timedelta(hours=3), label=_("First read"), at=at),
                Clock.of(at + timedelta(days=3), started=at - timedelta(days=1), label=_("Review"), at=at),
            ],
            "rows": [(_("Kind"), _("Contact online")), (_("Where"), _("In a game’s chat"), "#"), (_("When"), at)],
            "steps": [
                (_("By 5:52pm today"), _("The DSO or the deputy reads your report.")),
                (_("By 9:30am tomorrow"), _("They decide what to do, and contact you if they need more.")),
            ],
        },
    )


def public(request):
    return render(request, "look/public.html")
