"""Report a concern: a page a question, each answer saved on the server as it is given."""

from contextlib import suppress
from functools import wraps
from http import HTTPStatus
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from harmony import between
from harmony.audit.transitions import Refused, StateMoved
from harmony.look.forms import CharField
from harmony.look.words import clock_time, hour
from harmony.people.doors import allowed, is_a_door
from harmony.people.unfinished import answered, filled

from .. import access, coach, steps
from ..answers import every
from ..forms.reporting import BeginForm
from ..kinds import Track
from ..models import Report
from ..models.meanwhile import mark
from .answers import to_check
from .phrases import not_offered, not_reading, outside, promised


def own_report(view):
    """Hand the view a report that its reader wrote, and keep whom it is about off every page of it.

    Not noted in the book: writing one's own draft is no reading, and it would be a line every five seconds.
    """

    @is_a_door
    @login_required
    @wraps(view)
    def door(request, pk, **kwargs):
        report = get_object_or_404(Report.objects.visible_to(request.user), pk=pk)
        request.kept_out = not_offered(report)
        return view(request, report, **kwargs)

    return door


@allowed(access.may_report)
def begin(request):
    """Who will read it and whom to ring, and the first question. Nothing is kept before it is answered."""
    form = filled(BeginForm, request, initial={"form_key": uuid4()})
    brought = next(iter(between.prefill(request.GET.get("about", ""), request.user)), None)
    for_another = "for" in request.GET  # for somebody who rang or spoke to them
    if answered(request, form):
        known = (brought.answers if brought else {}) | ({"how_known": Report.Known.HEARD} if for_another else {})
        report = Report.begin(request.user, **known, **form.cleaned_data)
        return redirect(_onward(request, report, steps.NAMED["danger"]))
    unfinished = Report.objects.visible_to(request.user).drafts().exists()
    shown = {"form": form, "promise": promised(Track.CHILD), "outside": outside(), "unfinished": unfinished}
    return render(request, "incidents/report_begin.html", shown | {"brought": brought, "for_another": for_another})


@own_report
def answer(request, report, name):
    """One question. What is right is saved even while something else on the page is not."""
    step = steps.NAMED[name]
    form = filled(step.form, request, report=report)
    if request.method == "POST" and "HX-Request" in request.headers:
        return _saved_meanwhile(request, report, step, form)
    if report.status != Report.Status.DRAFT and request.method != "POST":
        return redirect("incidents:report_sent", report.pk)
    if request.method == "POST":
        is_right = form.is_valid()
        if form.save(report, by=request.user) and is_right:
            return redirect(_onward(request, report, step))
    return render(request, f"incidents/report_{name}.html", _around(request, report, step, form), status=form.status)


def _saved_meanwhile(request, report, step, form):
    """While somebody types: keep what can be kept, say when, and what would make it stronger. (An htmx part.)"""
    form.is_valid()
    saved = form.save(report, by=request.user)
    shown = {"mark": mark(report, step.form.questions) if saved else form.drawn, "form": form}
    shown |= {"saved": hour(report.saved_at) if saved else "", "notes": _notes(report, step)}
    return render(request, "incidents/report_saved.html", shown)


def _onward(request, report, step):
    """Sent already, from another tab or by a button pressed twice: then that is where to go."""
    if report.status != Report.Status.DRAFT:
        return report
    if "add" in request.POST:
        return f"{step.url(report)}?{request.GET.urlencode()}#last"
    return steps.after(report, step, to_check="check" in request.POST or _from_check(request))


def _from_check(request):
    return request.GET.get("from") == "check"


def _around(request, report, step, form):
    to_check = reverse("incidents:report_check", args=[report.pk])
    return {
        "report": report,
        "form": form,
        "step": step,
        "outside": outside,  # asked only where a page shows them
        "questions": steps.QUESTIONS,
        "page": steps.DETAILS.index(step) + 1 if step in steps.DETAILS else 0,
        "pages": len(steps.DETAILS),
        "may_check": step in steps.LEADS_ON and not _from_check(request),
        "from_check": _from_check(request),
        "back": to_check if _from_check(request) else steps.before(report, step),
        "saved": hour(report.saved_at),
        "notes": _notes(report, step),
        "mark": mark(report, step.form.questions)
        if form.status == HTTPStatus.CONFLICT or not form.drawn
        else form.drawn,
        "elsewhere": [
            (one.question, one.words) for one in every(report) if set(one.fields.split()) & set(form.elsewhere)
        ],
        "too_late": _too_late(form) if report.status != Report.Status.DRAFT else "",
    }


def _notes(report, step):
    return [note.says for note in coach.notes(report) if note.step == step.name]


def _too_late(form):
    """What was typed into a page of a report that had been sent meanwhile: one button adds it."""
    boxes = [form[name] for name, field in form.fields.items() if isinstance(field, CharField)]
    typed = [(box.label, (box.value() or "").strip()) for box in boxes]
    return "\n\n".join(f"{label}\n{words}" for label, words in typed if words)


@own_report
def check(request, report):
    """Every answer with a link to change it, and who will read it, before it is sent."""
    if report.status != Report.Status.DRAFT:
        return redirect("incidents:report_sent", report.pk)
    if report.missing():
        return redirect(steps.to_finish(report))
    first, more = to_check(report)
    shown = {
        "report": report,
        "first": first,
        "more": more,
        "what": f"{steps.NAMED['what'].url(report)}?from=check",
        "notes": [(note.says, f"{steps.NAMED[note.step].url(report)}?from=check") for note in coach.notes(report)],
        "promise": promised(report.track, report.about, pressing=report.is_pressing),
        "outside": outside(),
        "back": steps.STEPS[-1].url(report),
    }
    return render(request, "incidents/report_check.html", shown)


@require_POST
@own_report
def send(request, report):
    """Once, however often the button is pressed: the second time finds it sent, and shows the same page."""
    try:
        with suppress(StateMoved):
            report.file(by=request.user)
    except Refused:
        return redirect(steps.to_finish(report))
    return redirect("incidents:report_sent", report.pk)


@own_report
def sent(request, report):
    if report.status == Report.Status.DRAFT:
        return redirect(steps.to_finish(report))
    promise = promised(report.track, report.about, pressing=report.is_pressing, at=report.filed_at)
    request.kept_out = not_reading(promise)  # whoever is offered may talk about it
    shown = {"report": report, "reference": report.case.reference, "promise": promise, "outside": outside()}
    return render(request, "incidents/report_sent.html", shown)


@own_report
def discard(request, report):
    """Throwing a draft away asks once more, and cannot be taken back."""
    if report.status != Report.Status.DRAFT:
        return redirect(report)
    if request.method == "POST":
        with suppress(StateMoved):  # sent meanwhile: it stands in the list
            report.discard(by=request.user)
        return redirect("incidents:my_reports")
    return render(
        request, "incidents/report_discard.html", {"report": report, "started": clock_time(report.started_at)}
    )
