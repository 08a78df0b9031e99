"""Work on a case: every button is a step of the case, and what refuses it stands on the same page."""

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from harmony.people.unfinished import answered, filled

from ..forms.working import (
    HAVE_FORMS_OF_THEIR_OWN,
    ActionForm,
    EntryForm,
    FinishForm,
    NoAnswers,
    TriageForm,
    WaiveForm,
)
from .cases import drawn, overview
from .door import onward, opens_case, works_case


def _pressed(request, case, step, **answers):
    """A button without questions: the step, or the case as it stands now and who was quicker."""
    form = NoAnswers(request.POST)
    if form.is_valid() and form.take(step, by=request.user, **answers):
        return redirect(case)
    return overview(request, case, form=form)


@require_POST
@works_case
def acknowledge(request, case):
    return _pressed(request, case, case.acknowledge)


@require_POST
@works_case
def read_additions(request, case):
    return _pressed(request, case, case.read_additions)


@require_POST
@works_case
def take_on(request, case):
    return _pressed(request, case, case.hand_over, to=request.user)


@works_case
def triage(request, case):
    form = filled(TriageForm, request, case=case)
    if answered(request, form) and form.take(case.triage, by=request.user):
        return onward(request, case)
    return drawn(request, "triage", case, tab="case", form=form)


@works_case
def correct(request, case, entry):
    """Another entry that adds to one, or puts it right. Both stay."""
    entry = get_object_or_404(case.entries.select_related("author"), pk=entry, adds_to=None)
    kind = entry.Kind.NOTE if entry.kind in HAVE_FORMS_OF_THEIR_OWN else entry.kind
    form = filled(EntryForm, request, initial={"kind": kind, "happened_at": entry.happened_at})
    if answered(request, form) and form.take(case.write, adds_to=entry, by=request.user):
        return redirect("incidents:chronology", case.pk)
    return drawn(request, "correct", case, tab="chronology", form=form, entry=entry)


@works_case
def give(request, case):
    """Where it is asked from the plan, it is for one of those whom the plan is for, and leads back there."""
    form = filled(ActionForm, request, case=case, initial={"lens": request.GET.get("for", "")})
    if answered(request, form) and form.take(case.give, by=request.user):
        return redirect("incidents:plan" if form.cleaned_data["lens"] else "incidents:actions", case.pk)
    return drawn(request, "give", case, tab="actions", form=form)


@opens_case
def finish(request, case, action):
    action = get_object_or_404(case.actions, pk=action)
    form = filled(FinishForm, request)
    if answered(request, form) and form.take(action.finish, by=request.user):
        return redirect("incidents:actions", case.pk)
    return drawn(request, "finish", case, tab="actions", form=form, action=action)


@works_case
def waive(request, case, action):
    action = get_object_or_404(case.actions, pk=action)
    form = filled(WaiveForm, request)
    if answered(request, form) and form.take(action.waive, by=request.user):
        return redirect("incidents:actions", case.pk)
    return drawn(request, "waive", case, tab="actions", form=form, action=action)
