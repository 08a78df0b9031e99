"""Who can see a case and why, with whom it is shared, and who is kept out of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from harmony.people.unfinished import answered, filled

from ..forms.working import ColleagueForm, NoAnswers
from ..record import seen_by
from .cases import drawn
from .door import onward, works_case


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


@works_case
def step_aside(request, case):
    """Somebody in it is close to whoever reads it, and no record says so yet."""
    form = filled(NoAnswers, request)
    if answered(request, form) and form.take(case.step_aside, by=request.user):
        messages.success(request, _("You have no part in that case any more. Whoever works it now is told."))
        return redirect("incidents:cases")
    return drawn(request, "step_aside", case, tab="case", form=form)


def _who_can_see_it(request, case, form):
    return drawn(request, "sharing", case, tab="sharing", form=form, **seen_by(case, request.user))
