"""Assessing a platform: what it may be used for, what could go wrong, what makes it safer and who sees to that (R32)."""

from functools import partial

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.encryption.fields import load_keys
from harmony.look.forms import Form
from harmony.look.words import clock_time, day
from harmony.people.asking import ask
from harmony.people.doors import opens
from harmony.people.unfinished import answered, filled

from .. import access, decisions
from ..answers import ages
from ..forms import ControlForm, HazardForm, WriteForm
from ..models import Assessment, Control, Hazard, Platform
from ..models.hazards import Area
from .steps import steps_of

RATED = ("area", "words", "likely_before", "bad_before", "likely_after", "bad_after")


@opens(Platform, may=access.may_assess)
def assess(request, platform):
    form = filled(Form, request)
    if answered(request, form) and form.take(platform.assess, by=request.user):
        return redirect(_page(platform.pending))
    asked = {
        "form": form,
        "heading": _("Assess %(name)s?") % {"name": platform.name},
        "says": _(
            "You write what could go wrong and what makes it safer. Somebody else decides, and it cannot be you."
        ),
        "button": _("Begin"),
        "back": reverse("platforms:platform", args=[platform.pk]),
    }
    return render(request, "people/ask.html", asked, status=form.status)


@opens(Assessment, joined=("platform", "asked_by", "assessor", "decided_by"))
def assessment(request, assessment):
    """All of it on one page: whoever decides reads what whoever wrote it wrote."""
    load_keys([assessment])
    user = request.user
    writes = assessment.status == Assessment.Status.OPEN and access.may_write(user, assessment)
    because, words, case = assessment.reason_for(user)
    hazards = assessment.hazards.prefetch_related("controls__owner")
    shown = {
        "assessment": assessment,
        "platform": assessment.platform,
        "because": because,
        "words": words,
        "case": case,
        "hazards": [_hazard(one) for one in hazards],
        "areas": [area.label for area in Area if area.value in assessment.nothing_in.split()],
        "facts": _facts(assessment) if assessment.uses or not writes else [],
        "lines": assessment.conditions.splitlines(),
        "missing": assessment.missing() if writes else [],
        "writes": writes,
        "decided": assessment.decided_at and clock_time(assessment.decided_at),
        "until": assessment.ends_on and day(assessment.ends_on),
        "steps": steps_of(assessment, user),
    }
    return render(request, "platforms/assessment.html", shown)


def _hazard(hazard):
    return {
        "hazard": hazard,
        "before": hazard.level_before,
        "after": hazard.level_after,
        "controls": [(one, day(one.due_on), one.status == one.Status.DONE) for one in hazard.controls.all()],
    }


def _facts(assessment):
    told = [
        (_("Used for"), assessment.uses),
        (_("Ages"), ages(assessment)),
        (_("Groups"), assessment.groups),
        (_("Looked after by"), assessment.get_owner_display()),
        (_("What its makers say about age"), assessment.age_terms),
        (_("What it is told about people"), assessment.data),
        (_("Data protection assessment"), assessment.dpia),
        (_("How we would leave it"), assessment.leaving),
    ]
    return [(label, words) for label, words in told if words]


def _page(assessment):
    return reverse("platforms:assessment", args=[assessment.pk])


_written = opens(Assessment, may=access.may_write, joined=("platform",))


@opens(Assessment, may=access.may_take_on, joined=("platform",))
def take_on(request, assessment):
    return ask(
        request,
        filled(Form, request),
        assessment.take_on,
        heading=_("Take this on?"),
        says=_("It begins with what was found last time. Somebody else decides, and it cannot be you."),
        button=_("Take it on"),
        then=_page(assessment),
    )


@_written
def write(request, assessment):
    known = {name: getattr(assessment, name) for name in Assessment.WRITTEN}
    known["nothing_in"] = assessment.nothing_in.split()
    return ask(
        request,
        filled(WriteForm, request, initial=known),
        assessment.write,
        heading=_("What may it be used for, and how?"),
        button=_("Save this"),
        then=_page(assessment),
    )


@_written
def add_hazard(request, assessment):
    made = Hazard(assessment=assessment)
    form = filled(HazardForm, request)
    if answered(request, form) and form.take(made.add, by=request.user):
        return (
            redirect("platforms:add_control", assessment.pk, made.pk)
            if made.needs_a_control
            else redirect(_page(assessment))
        )
    asked = {
        "form": form,
        "heading": _("What could go wrong?"),
        "says": _(
            "Rate it twice: with nothing done, and with what we do. Next you say what that is, and who sees to it."
        ),
        "button": _("Go on"),
        "back": _page(assessment),
    }
    return render(request, "people/ask.html", asked, status=form.status)


@_written
def change_hazard(request, assessment, hazard):
    one = get_object_or_404(assessment.hazards, pk=hazard)
    return ask(
        request,
        filled(HazardForm, request, hazard=one, initial={name: getattr(one, name) for name in RATED}),
        one.change,
        heading=_("What could go wrong?"),
        button=_("Save this"),
        then=_page(assessment),
    )


@_written
def remove_hazard(request, assessment, hazard):
    one = get_object_or_404(assessment.hazards, pk=hazard)
    return ask(
        request,
        filled(Form, request),
        one.remove,
        heading=_("Take this risk out?"),
        says=one.words,
        button=_("Take it out"),
        then=_page(assessment),
    )


@_written
def add_control(request, assessment, hazard):
    one = get_object_or_404(assessment.hazards, pk=hazard)
    return ask(
        request,
        filled(ControlForm, request),
        Control(hazard=one).add,
        heading=_("What makes it safer?"),
        says=one.words,
        button=_("Add this"),
        then=_page(assessment),
    )


@_written
def remove_control(request, assessment, control):
    one = get_object_or_404(assessment.controls(), pk=control)
    return ask(
        request,
        filled(Form, request),
        one.remove,
        heading=_("Take this control out?"),
        says=one.words,
        button=_("Take it out"),
        then=_page(assessment),
    )


@_written
def send(request, assessment):
    return ask(
        request,
        filled(Form, request),
        assessment.send,
        heading=_("Send it for a decision?"),
        says=_("The senior lead and the lead trustee hear of it. While it is with them, you cannot change it."),
        button=_("Send it"),
        then=_page(assessment),
    )


@opens(Assessment, may=access.may_drop, joined=("platform",))
def hand_back(request, assessment):
    return ask(
        request,
        filled(Form, request),
        partial(decisions.hand_back, assessment),
        heading=_("Let somebody else go on with it?"),
        says=_("What is written so far goes along."),
        button=_("Hand it back"),
        then=reverse("platforms:platform", args=[assessment.platform_id]),
    )
