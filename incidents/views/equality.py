"""Hate as a part of a case; who is harmed, asked and never shown; and whether all are answered alike."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from harmony.encryption.fields import load_keys
from harmony.people.doors import allowed
from harmony.people.unfinished import answered, filled

from .. import access
from ..fairness import figures
from ..forms.equality import HateForm, MonitoringForm
from ..models import Monitoring
from .cases import drawn
from .door import works_case


@works_case
def hate(request, case):
    load_keys([case])
    form = filled(HateForm, request, case=case)
    if answered(request, form) and form.take(case.say_hate, by=request.user):
        return redirect(case)
    return drawn(request, "hate", case, tab="case", form=form)


@works_case
def monitoring(request, case):
    """An empty form each time: nobody reads here what was answered."""
    form = filled(MonitoringForm, request)
    if answered(request, form) and form.take(Monitoring.of(case).take, by=request.user):
        messages.success(request, _("Saved. No page of the case shows it, to you neither."))
        return redirect(case)
    return drawn(request, "monitoring", case, tab="case", form=form)


@allowed(access.may_see_fairness)
def fairness(request):
    return render(request, "incidents/fairness.html", {"figures": figures(request.user, now())})
