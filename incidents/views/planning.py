"""The response plan of a case: for whom what is done, since when it is under way, and its reviews."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time, day
from harmony.people.unfinished import answered, filled

from ..forms.planning import AdviceForm, NotNeededForm
from ..forms.working import NoAnswers
from ..kinds import Severity
from ..models.timing import clocks_at
from ..plans import ASKS, Lens
from .cases import drawn
from .door import opens_case, works_case
from .phrases import due_pill

ICONS = {Lens.AFFECTED: "child", Lens.BYSTANDERS: "eye", Lens.ORGANISATION: "shield", Lens.CAUSED: "people"}


@dataclass(frozen=True)
class Part:
    """What the plan says of one of them."""

    lens: Lens
    icon: str
    asks: str
    actions: list  # (action, its pill)
    because: str  # nothing is needed
    by: str


@opens_case
def plan(request, case):
    return _plan(request, case)


def _plan(request, case, form=None):
    shown = {
        "parts": parts(case),
        "left": [str(lens.label) for lens in case.lenses_left()],
        "planned": clock_time(case.planned_at) if case.planned_at else "",
        "may_be_advice": case.severity == Severity.LOW and not case.planned_at,
        "held": [(entry, clock_time(entry.written_at)) for entry in _held(case)],
        "ahead": _ahead(case, now()),
        "tested": day(case.tested_at) if case.tested_at else "",
    }
    return drawn(request, "plan", case, tab="plan", form=form, **shown)


def parts(case):
    """Each of those for whom it answers, in the order of the policy statement's words."""
    actions = list(case.actions.exclude(lens="").select_related("owner", "done_by"))
    answers = {one.lens: one for one in case.not_needed.select_related("said_by")}
    load_keys([case, *actions, *answers.values()])
    return [_part(lens, [one for one in actions if one.lens == lens], answers.get(lens)) for lens in case.lenses]


def _part(lens, actions, answer):
    shown = [(one, due_pill(one.due_on) if one.status == one.Status.OPEN else None) for one in actions]
    because, by = (answer.because, answer.said_by.name) if answer and not actions else ("", "")
    return Part(lens, ICONS[lens], ASKS[lens], shown, because, by)


def _held(case):
    return case.entries.filter(kind="review").select_related("author").order_by("written_at")


def _ahead(case, at):
    """(day, tone, words, icon) of each review that is still to come."""
    if not case.review_due or case.closed_at:
        return []
    later = [due for due in clocks_at(at).reviews(case.severity, case.reviews_from) if due > case.review_due]
    first = ("red", _("Late"), "alert") if case.review_due < at else ("amber", _("Next"), "clock")
    return [(day(case.review_due), *first), *((day(due), "plain", _("Planned"), "clock") for due in later)]


@require_POST
@works_case
def agree_plan(request, case):
    form = NoAnswers(request.POST)
    if form.is_valid() and form.take(case.agree_plan, by=request.user):
        return redirect("incidents:plan", case.pk)
    return _plan(request, case, form=form)


@works_case
def not_needed(request, case, lens):
    """Nothing is needed for one of them; or in other words than before."""
    if lens not in case.lenses:
        raise Http404
    said = case.not_needed.filter(lens=lens).first()
    form = filled(NotNeededForm, request, initial={"because": said.because} if said else {})
    if answered(request, form) and form.take(case.say_not_needed, lens=lens, by=request.user):
        return redirect("incidents:plan", case.pk)
    return drawn(request, "not_needed", case, tab="plan", form=form, lens=Lens(lens))


@works_case
def advice_only(request, case):
    form = filled(AdviceForm, request)
    if answered(request, form) and form.take(case.advise_only, by=request.user):
        return redirect("incidents:plan", case.pk)
    return drawn(request, "advice_only", case, tab="plan", form=form)
