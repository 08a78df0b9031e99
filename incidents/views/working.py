"""Work on a case: every button is a step of the case, and what refuses it stands on the same page."""

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from harmony.people.doors import opens
from harmony.people.models import User
from harmony.people.unfinished import answered, filled

from .. import access
from ..forms.working import (
    ActionForm,
    CloseForm,
    ColleagueForm,
    EntryForm,
    FinishForm,
    NoAnswers,
    ReopenForm,
    TriageForm,
    WaiveForm,
)
from ..models import Case
from .cases import drawn, overview
from .phrases import described


def _pressed(request, case, step, **answers):
    """A button without questions: the step, or the case as it stands now and who was quicker."""
    form = NoAnswers(request.POST)
    if form.is_valid() and form.take(step, by=request.user, **answers):
        return redirect(case)
    return overview(request, case, form=form)


def _onward(request, case):
    """To the case, unless the step has just moved it out of this person's sight."""
    return redirect(case if access.may_see(request.user, case) else "incidents:cases")


@require_POST
@opens(Case)
def acknowledge(request, case):
    return _pressed(request, case, case.acknowledge)


@require_POST
@opens(Case)
def read_additions(request, case):
    return _pressed(request, case, case.read_additions)


@require_POST
@opens(Case)
def take_on(request, case):
    return _pressed(request, case, case.hand_over, to=request.user)


@opens(Case)
def triage(request, case):
    form = filled(TriageForm, request)
    if answered(request, form) and form.take(case.triage, by=request.user):
        return _onward(request, case)
    return drawn(request, "triage", case, tab="case", form=form)


@opens(Case)
def close(request, case):
    form = filled(CloseForm, request)
    if answered(request, form) and form.take(case.close, by=request.user):
        return redirect(case)
    return drawn(request, "close", case, tab="case", form=form, left=case.actions.open().count())


@opens(Case)
def reopen(request, case):
    form = filled(ReopenForm, request)
    if answered(request, form) and form.take(case.reopen, by=request.user):
        return redirect(case)
    return drawn(request, "reopen", case, tab="case", form=form)


@opens(Case)
def correct(request, case, entry):
    """Another entry that adds to one, or puts it right. Both stay."""
    entry = get_object_or_404(case.entries.select_related("author"), pk=entry, adds_to=None)
    form = filled(EntryForm, request, initial={"kind": entry.kind, "happened_at": entry.happened_at})
    if answered(request, form) and form.take(case.write, adds_to=entry, by=request.user):
        return redirect("incidents:chronology", case.pk)
    return drawn(request, "correct", case, tab="chronology", form=form, entry=entry)


@opens(Case)
def give(request, case):
    form = filled(ActionForm, request, case=case)
    if answered(request, form) and form.take(case.give, by=request.user):
        return redirect("incidents:actions", case.pk)
    return drawn(request, "give", case, tab="actions", form=form)


@opens(Case)
def finish(request, case, action):
    action = get_object_or_404(case.actions, pk=action)
    form = filled(FinishForm, request)
    if answered(request, form) and form.take(action.finish, by=request.user):
        return redirect("incidents:actions", case.pk)
    return drawn(request, "finish", case, tab="actions", form=form, action=action)


@opens(Case)
def waive(request, case, action):
    action = get_object_or_404(case.actions, pk=action)
    form = filled(WaiveForm, request)
    if answered(request, form) and form.take(action.waive, by=request.user):
        return redirect("incidents:actions", case.pk)
    return drawn(request, "waive", case, tab="actions", form=form, action=action)


@opens(Case)
def sharing(request, case):
    """Who can see the case and who is kept out; share it with one more."""
    form = filled(ColleagueForm, request, case=case)
    if answered(request, form) and form.take(case.share, by=request.user):
        return redirect("incidents:sharing", case.pk)
    return _who_can_see_it(request, case, form)


@require_POST
@opens(Case)
def unshare(request, case, user):
    form = NoAnswers(request.POST)
    colleague = get_object_or_404(User, pk=user, casegrant__content_object=case)
    if form.is_valid() and form.take(case.unshare, colleague=colleague, by=request.user):
        return redirect("incidents:sharing", case.pk)
    return _who_can_see_it(request, case, form)


@opens(Case)
def recuse(request, case):
    form = filled(ColleagueForm, request, case=case)
    if answered(request, form) and form.take(case.recuse, by=request.user):
        return _onward(request, case)
    return drawn(request, "recuse", case, tab="sharing", form=form)


def _who_can_see_it(request, case, form):
    out = case.recusals.select_related("user").order_by("user__name")
    return drawn(
        request,
        "sharing",
        case,
        tab="sharing",
        form=form,
        line=described(case.line()),
        shared=[grant.user for grant in case.grants.select_related("user").order_by("user__name")],
        out=[(recusal.user.name, recusal.get_because_display()) for recusal in out],
    )
