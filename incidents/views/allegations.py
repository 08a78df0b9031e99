"""A concern about one of us: whether it is an allegation, what the LADO advised, and the register of low-level concerns."""

from functools import wraps

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import now

from harmony.audit.events import note_list
from harmony.encryption.fields import load_keys
from harmony.look.words import Clock, clock_time, day
from harmony.people.access import may_keep_rota
from harmony.people.doors import allowed
from harmony.people.unfinished import answered, filled

from .. import access
from ..forms.allegations import ConcludeForm, ConsultForm, DbsForm, MeasureForm, ScreenForm, SupportForm
from ..kinds import Track
from ..models import Allegation
from ..patterns import patterns
from .cases import drawn
from .door import works_case
from .phrases import OWED

A_PAGE = 25


def about_one_of_us(view):
    """The door to its pages: those of a case about a child are not there."""

    @works_case
    @wraps(view)
    def door(request, case, **kwargs):
        if case.track != Track.WORKER:
            raise Http404
        return view(request, case, case.concern, **kwargs)

    return door


def judged(view):
    """The same for what comes after the four questions: before that, they come first."""

    @about_one_of_us
    @wraps(view)
    def door(request, case, allegation, **kwargs):
        return view(request, case, allegation, **kwargs) if allegation else redirect("incidents:screen", case.pk)

    return door


@about_one_of_us
def allegation(request, case, allegation):
    """What was decided so far, and the next step."""
    return drawn(request, "allegation", case, tab="allegation", **_shown(case, allegation))


def _shown(case, allegation):
    load_keys([case, *filter(None, [allegation])])
    themselves = {"author__recusals__case": case, "author__recusals__because": "named"}
    shown = {"allegation": allegation, "told_by_themselves": case.reports.filter(**themselves).exists()}
    if not allegation:
        return shown
    clocks = [] if case.closed_at else list(_clocks(allegation))
    return shown | {
        "clocks": clocks,
        "screened": clock_time(allegation.screened_at),
        "concluded": clock_time(allegation.concluded_at) if allegation.concluded_at else "",
        "consulted": clock_time(allegation.consulted_at) if allegation.consulted_at else "",
    }


def _clocks(allegation):
    for clock, label in OWED.items():
        if allegation.owes(clock):
            due = getattr(allegation, f"{clock}_due")
            yield Clock.of(due, started=allegation.screened_at, label=label, at=now())


@about_one_of_us
def screen(request, case, allegation):
    """The four questions, and again when more is known."""
    form = filled(ScreenForm, request, allegation=allegation)
    step = allegation.screen_again if allegation else Allegation(case=case).screen
    if answered(request, form) and form.take(step, by=request.user):
        return redirect("incidents:allegation", case.pk)
    return drawn(request, "screen", case, tab="allegation", form=form)


@judged
def consult(request, case, allegation):
    return _asked(request, case, ConsultForm, allegation.consult, "consult")


@judged
def meanwhile(request, case, allegation):
    """What they do meanwhile; and where to say that they are not on duty, which tells nobody why."""
    named = [one.user for one in case.recusals.filter(because="named", user__is_active=True).select_related("user")]
    shown = {"named": named if may_keep_rota(request.user) else []}
    return _asked(request, case, MeasureForm, allegation.decide_measure, "meanwhile", allegation=allegation, **shown)


@judged
def support(request, case, allegation):
    return _asked(request, case, SupportForm, allegation.support, "support", allegation=allegation)


@judged
def conclude(request, case, allegation):
    return _asked(request, case, ConcludeForm, allegation.conclude, "conclude", allegation=allegation)


@judged
def dbs(request, case, allegation):
    return _asked(request, case, DbsForm, allegation.decide_dbs, "dbs", allegation=allegation)


def _asked(request, case, form, step, template, *, allegation=None, **shown):
    """A form about it, filled with what stands there, and back to its page."""
    before = {"allegation": allegation} if allegation else {}
    form = filled(form, request, **before)
    if answered(request, form) and form.take(step, by=request.user):
        return redirect("incidents:allegation", case.pk)
    return drawn(request, template, case, tab="allegation", form=form, **shown)


@allowed(access.may_see_register)
def register(request):
    """Low-level concerns, for those who are cleared for them: of each, only what its reader may open."""
    concerns = Allegation.objects.visible_to(request.user).low_level()
    page = Paginator(concerns.select_related("case__owner").order_by("-screened_at"), A_PAGE).get_page(
        request.GET.get("page")
    )
    shown = [(one, day(one.screened_at), day(one.case.filed_at)) for one in page]
    found = [
        (one.person.name, [(case.reference, case.get_absolute_url(), day(case.filed_at)) for case in one.cases])
        for one in patterns(request.user)
    ]
    references = {one.case.reference for one in page} | {case[0] for _name, cases in found for case in cases}
    note_list("list", by=request.user, page="low-level concerns", references=references)
    return render(request, "incidents/register.html", {"concerns": shown, "page": page, "patterns": found})
