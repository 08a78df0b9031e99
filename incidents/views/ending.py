"""The end of a case: what is still in its way, who agrees, the charity's regulator, and opening it again."""

from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from harmony.look.words import clock_time, day
from harmony.people.unfinished import answered, filled

from .. import access
from ..forms.ending import BringBackForm, CharityForm, CloseForm, KeepOpenForm, RedirectForm
from ..forms.working import NoAnswers, ReopenForm
from ..record import reported
from .cases import drawn
from .door import asked_to_close, works_case
from .phrases import described


@asked_to_close
def close(request, case):
    """Closed at once, or asked of a second person: then this page shows what was asked, with the button to agree."""
    if case.status == case.Status.REDIRECTED:
        return redirect("incidents:passed_on", case.pk)
    form = filled(CloseForm, request, case=case)
    if answered(request, form) and form.take(case.step_to_close, by=request.user):
        return redirect("incidents:close" if case.close_as else "incidents:case", case.pk)
    return _close(request, case, form)


def _close(request, case, form):
    seconds = case.seconds(access.may_agree_to_close) if case.close_as else []
    return drawn(
        request,
        "close",
        case,
        tab="case",
        form=form,
        holds=case.holds_open(case.close_as) if case.status == case.Status.TRIAGED else [],
        seconds=described(seconds),
        may_ask_in=bool(case.close_as) and not seconds and access.may_ask_in(request.user, case),
        is_second=request.user in seconds,
        asked=clock_time(case.close_asked_at) if case.close_as else "",
        ends=case.end_in_words() if case.close_as else [],
    )


@require_POST
@asked_to_close
def agree_to_close(request, case):
    form = NoAnswers(request.POST)
    if form.is_valid() and form.take(case.agree_to_close, by=request.user):
        return redirect(case)
    return _close(request, case, form)


@asked_to_close
def keep_open(request, case):
    form = filled(KeepOpenForm, request)
    if answered(request, form) and form.take(case.keep_open, by=request.user):
        return redirect(case)
    return drawn(request, "keep_open", case, tab="case", form=form)


@works_case
def charity(request, case):
    form = filled(CharityForm, request, case=case)
    if answered(request, form) and form.take(case.decide_charity, by=request.user):
        return redirect(case)
    return drawn(request, "charity", case, tab="case", form=form)


@works_case
def reopen(request, case):
    form = filled(ReopenForm, request)
    if answered(request, form) and form.take(case.reopen, by=request.user):
        return redirect(case)
    return drawn(request, "reopen", case, tab="case", form=form)


@works_case
def not_about_safety(request, case):
    """Passed on, with why and to whom. It stays in the lists until somebody else has looked at it too."""
    form = filled(RedirectForm, request)
    if answered(request, form) and form.take(case.redirect, by=request.user):
        return redirect("incidents:passed_on", case.pk)
    return drawn(request, "not_about_safety", case, tab="case", form=form)


@works_case
def passed_on(request, case):
    """What was said when it was passed on. For whoever may take the second look: to agree, or to bring it back."""
    form = NoAnswers(request.POST) if request.method == "POST" else None
    if form and form.is_valid() and form.take(case.agree_to_redirect, by=request.user):
        return redirect(case)
    waits = case.status == case.Status.REDIRECTED
    seconds = [user for user in case.line() if access.may_agree_to_close(user, case)] if waits else []
    shown = {
        "waits": waits,
        "seconds": described(seconds),
        "is_second": request.user in seconds,
        "asked": clock_time(case.close_asked_at) if waits else "",
        "due": day(case.recheck_due) if waits else "",
        "holds": case.holds_open(case.close_as) if waits else [],
        "reports": reported(case) if waits else [],
    }
    return drawn(request, "passed_on", case, tab="case", form=form, **shown)


@works_case
def bring_back(request, case):
    form = filled(BringBackForm, request)
    if answered(request, form) and form.take(case.bring_back, by=request.user):
        return redirect(case)
    return drawn(request, "bring_back", case, tab="case", form=form)
