"""The law's duty to tell of sexual abuse of a child: the record of whoever has it, and what whoever works the case sees of it.

Before the day that the organisation has set, none of these pages is there.
"""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time, day
from harmony.organisation.duty import is_in_force
from harmony.organisation.models import Organisation
from harmony.people.doors import opens
from harmony.people.unfinished import answered, filled

from .. import access
from ..forms.duties import AsideForm, AskToTellForm, DutyForm
from ..ladders import A_DAY, A_WEEK_AT_MOST
from ..models import Duty
from ..promises import outside
from .cases import drawn, duties_of
from .door import works_case


@opens(Duty)
def my_duty(request, duty):
    """What the law asks of its reader in person, and what they say to it. Nothing else of the case."""
    load_keys([duty])
    own = duty.case.reports.filter(author=request.user)
    request.kept_out = {user for report in own for user in access.kept_out(report.about)}  # as their own words have it
    form = filled(DutyForm, request, duty=duty)
    if answered(request, form) and form.take(duty.answer, by=request.user):
        return redirect(duty)
    shown = {
        "duty": duty,
        "form": form,
        "since": day(Organisation.current().duty_from),
        "arose": clock_time(duty.arose_at),
        "at_most": clock_time(duty.arose_at + A_WEEK_AT_MOST * A_DAY),
        "answered": clock_time(duty.answered_at) if duty.answered_at else "",
        "says_again": bool(request.GET.get("again")) or form.is_bound or duty.is_open,
        "outside": outside(),
    }
    return render(request, "incidents/my_duty.html", shown, status=form.status)


def _once_it_is_law(view):
    @works_case
    def door(request, case, **kwargs):
        if not is_in_force():
            raise Http404
        return view(request, case, **kwargs)

    return door


@_once_it_is_law
def duties(request, case):
    """Who may have the duty in this case, what each of them said; and somebody else may have it too."""
    form = filled(AskToTellForm, request, case=case)
    if answered(request, form) and form.take(case.ask_to_tell, by=request.user):
        return redirect("incidents:duties", case.pk)
    found = [(duty, clock_time(duty.answered_at) if duty.answered_at else "") for duty in duties_of(case)]
    return drawn(request, "duties", case, tab="case", form=form, duties=found)


@_once_it_is_law
def set_aside(request, case, duty):
    """They were told, and do not answer: whoever works the case says why, and what was done."""
    duty = get_object_or_404(case.duties.select_related("user").exclude(user=request.user), pk=duty)
    form = filled(AsideForm, request)
    if answered(request, form) and form.take(duty.set_aside, by=request.user):
        return redirect("incidents:duties", case.pk)
    leave = reverse("incidents:duties", args=[case.pk])
    return drawn(request, "set_duty_aside", case, tab="case", form=form, duty=duty, leave=leave)
