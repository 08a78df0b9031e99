"""Who can see a case and why, with whom it is shared, and who is kept out of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from harmony.people.unfinished import answered, filled

from .. import access
from ..forms.disclosures import DisclosureForm
from ..forms.sharing import AdviserForm, DecideForm, LetInForm, WhoIsItForm
from ..forms.working import ColleagueForm, NoAnswers
from ..golden import shared_outside
from ..models import Disclosure
from ..record import seen_by
from .cases import drawn, overview
from .door import asked_to_let_in, asks_in, onward, works_case
from .phrases import described


@works_case
def sharing(request, case):
    """Who can see the case and who is kept out; share it with one more."""
    form = filled(ColleagueForm, request, case=case)
    if answered(request, form) and form.take(case.share, by=request.user):
        return redirect("incidents:sharing", case.pk)
    return _who_can_see_it(request, case, form)


@require_POST
@works_case
def unshare(request, case, user):
    form = NoAnswers(request.POST)
    grant = get_object_or_404(case.grants.select_related("user"), user=user)
    if form.is_valid() and form.take(case.unshare, colleague=grant.user, by=request.user):
        return redirect("incidents:sharing", case.pk)
    return _who_can_see_it(request, case, form)


@works_case
def recuse(request, case):
    form = filled(ColleagueForm, request, case=case)
    if answered(request, form) and form.take(case.recuse, by=request.user):
        return onward(request, case)
    return drawn(request, "recuse", case, tab="sharing", form=form)


@asks_in
def ask_in(request, case):
    """An adviser from outside, for this case alone, as nobody of its line is left to agree."""
    form = filled(AdviserForm, request, case=case)
    if answered(request, form) and form.take(case.ask_in, by=request.user):
        return redirect("incidents:sharing", case.pk)
    return drawn(request, "ask_in", case, tab="sharing", form=form)


@asked_to_let_in
def let_in(request, case, user):
    """They are kept out by mistake: one asks, and another agrees. Nothing of this reaches whoever is kept out."""
    works = access.works_on(request.user, case)
    recusals = case.recusals.select_related("user", "asked_by")
    if not works:
        recusals = recusals.exclude(asked_at=None)  # an adviser is there for what is asked
    recusal = get_object_or_404(recusals, user=user)
    agreeing = case.seconds(access.may_be_second)
    may_agree = [one for one in agreeing if one != recusal.asked_by and access.is_prepared(one)]
    is_second = recusal.asked_by != request.user  # whoever was let in here and did not ask
    who = {"is_second": is_second, "is_prepared": access.is_prepared(request.user)}
    form = filled(DecideForm, request, **who) if recusal.asked_at else filled(LetInForm, request)
    if answered(request, form) and form.take(_step_of(case, recusal, form), colleague=recusal.user, by=request.user):
        return redirect("incidents:sharing", case.pk) if works else onward(request, case)
    shown = {"recusal": recusal, "seconds": described(may_agree)} | who
    shown["may_ask_in"] = bool(recusal.asked_at) and not may_agree and access.may_ask_in(request.user, case)
    return drawn(request, "let_in", case, tab="sharing", form=form, **shown)


def _step_of(case, recusal, form):
    if not recusal.asked_at:
        return case.ask_to_let_in
    return case.let_in if form.agrees else case.leave_out


@require_POST
@works_case
def say_of_name(request, case, user):
    """Is a name in it that of somebody who works here? Asked of whoever works it, never of that person."""
    colleague = next((one for one in case.names_to_ask(request.user) if one.pk == user), None)
    if colleague is None:
        return onward(request, case)  # somebody has answered meanwhile
    form = WhoIsItForm(request.POST)
    if form.is_valid() and form.take(case.say_of_name, colleague=colleague, by=request.user):
        return onward(request, case)
    return overview(request, case, form=form)


@works_case
def step_aside(request, case):
    """Somebody in it is close to whoever reads it, and no record says so yet."""
    form = filled(NoAnswers, request)
    if answered(request, form) and form.take(case.step_aside, by=request.user):
        messages.success(request, _("You have no part in that case any more. Whoever works it now is told."))
        return redirect("incidents:cases")
    return drawn(request, "step_aside", case, tab="case", form=form)


@works_case
def share_outside(request, case):
    """By the seven golden rules: what was shared with whom, or why it was not."""
    form, line = filled(DisclosureForm, request), Disclosure(case=case)
    if answered(request, form) and form.take(line.log, by=request.user):
        return redirect("incidents:sharing", case.pk)
    return drawn(request, "share_outside", case, tab="sharing", form=form)


def _who_can_see_it(request, case, form):
    shown = seen_by(case, request.user) | {"outside": shared_outside(case)}
    shown["may_ask_in"] = access.may_ask_in(request.user, case)
    return drawn(request, "sharing", case, tab="sharing", form=form, **shown)
