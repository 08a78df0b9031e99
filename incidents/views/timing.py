"""Steps that meet a clock of a case, or change its times: another level, a review, a word to the reporter."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from harmony.encryption.fields import load_keys
from harmony.look.words import by, clock_time
from harmony.people.unfinished import answered, filled

from .. import access
from ..forms.planning import LastReviewForm
from ..forms.timing import KeepLevelForm, LevelForm, ReviewForm, TellForm
from ..forms.working import ChangeKindForm, NoAnswers
from ..heard import unheard
from ..models import Reply, Thread
from ..record import said_to_reporter
from ..speak.forms import OpenNameForm
from .cases import drawn
from .door import asked_to_lower, onward, works_case
from .phrases import described
from .planning import parts


@asked_to_lower
def level(request, case):
    """Another level for a case; and what somebody else has asked for, with the button to agree."""
    form = filled(LevelForm, request, case=case)
    if answered(request, form) and form.take(case.step_to(form.cleaned_data["severity"]), by=request.user):
        return redirect("incidents:level" if case.lower_to else "incidents:case", case.pk)
    return _level(request, case, form)


def _level(request, case, form):
    seconds = case.seconds(access.may_agree) if case.lower_to else []
    return drawn(
        request,
        "level",
        case,
        tab="case",
        form=form,
        seconds=described(seconds),
        may_ask_in=bool(case.lower_to) and not seconds and access.may_ask_in(request.user, case),
        is_second=request.user in seconds,
        asked=clock_time(case.lower_asked_at) if case.lower_to else "",
        owner_asked=case.lower_asked_by_id == case.owner_id,
    )


@works_case
def kind(request, case):
    """What it turned out to be, and who caused it."""
    form = filled(ChangeKindForm, request, case=case)
    if answered(request, form) and form.take(case.turn_out, by=request.user):
        return onward(request, case)
    return drawn(request, "kind", case, tab="case", form=form)


@require_POST
@asked_to_lower
def agree(request, case):
    form = NoAnswers(request.POST)
    if form.is_valid() and form.take(case.agree, by=request.user):
        return redirect(case)
    return _level(request, case, form)


@asked_to_lower
def keep_level(request, case):
    form = filled(KeepLevelForm, request)
    if answered(request, form) and form.take(case.decline, by=request.user):
        return redirect(case)
    return drawn(request, "keep_level", case, tab="case", form=form)


@works_case
def review(request, case):
    """How it is now, beside what the plan says; the last one asks whether it is over for good."""
    is_last = bool(case.planned_at) and case.next_is_last(now())
    form = filled(LastReviewForm if is_last else ReviewForm, request)
    if answered(request, form) and form.take(case.review_for_good if is_last else case.review, by=request.user):
        return redirect("incidents:plan", case.pk)
    due = by(case.review_due, at=now()) if case.review_due else ""
    shown = {"due": due, "is_last": is_last, "parts": parts(case) if case.planned_at else []}
    shown["unheard"] = unheard(case)
    return drawn(request, "review", case, tab="plan", form=form, **shown)


@works_case
def tell(request, case):
    """What the reporter may know, below what they were told before."""
    form = filled(TellForm, request, case=case)
    if answered(request, form) and form.take(case.tell_reporter, by=request.user):
        return redirect(f"{reverse('incidents:tell', args=[case.pk])}#told")
    return tell_page(request, case, form)


def tell_page(request, case, form, opening=None):
    """`opening`: the form of a sealed name that could not be opened."""
    threads = list(Thread.objects.filter(report__case=case).select_related("report", "asked_by"))
    load_keys(threads)
    told = list(Reply.objects.filter(report__case=case).select_related("author", "report__author"))
    load_keys(told)
    reports = list(case.reports.select_related("author"))
    return drawn(
        request,
        "tell",
        case,
        tab="case",
        form=opening if opening and opening.errors else form,
        message=form,
        threads=threads,
        sealed=[thread for thread in threads if thread.has_sealed_name],
        opening=opening or OpenNameForm(),
        told=[said_to_reporter(one) for one in told],
        wants_support=[(one.by_whom, clock_time(one.support_asked_at)) for one in reports if one.wants_support],
        reporters=", ".join(dict.fromkeys(report.by_whom for report in reports)),
    )
