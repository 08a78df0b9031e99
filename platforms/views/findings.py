"""What a security review found lacking, for whoever sees to it: what it is, by when, and that it is done."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.look.words import clock_time, day
from harmony.people.asking import ask
from harmony.people.doors import opens
from harmony.people.unfinished import filled

from .. import access
from ..forms import GiveForm
from ..ladders import is_late
from ..models import Finding
from ..security_forms import MendedForm


@opens(Finding, joined=("owner", "review"))
def finding(request, finding):
    is_open = finding.status == Finding.Status.OPEN
    shown = {
        "finding": finding,
        "due": day(finding.due_on),
        "done": finding.done_at and clock_time(finding.done_at),
        "late": is_open and is_late(finding),
        "reads_review": access.may_read_assessments(request.user),
        "may_do": is_open and access.may_mend(request.user, finding),
        "may_give": is_open and access.may_hand_over(request.user, finding),
    }
    return render(request, "platforms/finding.html", shown)


def _page(finding):
    return reverse("platforms:finding", args=[finding.pk])


@opens(Finding, may=access.may_mend)
def mended(request, finding):
    return ask(
        request,
        filled(MendedForm, request),
        finding.done,
        heading=_("Is it done?"),
        says=finding.words,
        button=_("Yes, it is done"),
        then=_page(finding),
    )


@opens(Finding, may=access.may_hand_over)
def give_finding(request, finding):
    return ask(
        request,
        filled(GiveForm, request, control=finding),
        finding.give,
        heading=_("Who sees to it from now on?"),
        says=finding.words,
        button=_("Give it to them"),
        then=_page(finding),
    )
