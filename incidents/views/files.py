"""The files of a case: what is kept here, what was made of it, what is kept elsewhere; and why nothing can be added."""

from contextlib import suppress
from functools import partial

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from harmony.audit.transitions import StateMoved
from harmony.documents.making import in_fours
from harmony.encryption.fields import load_keys
from harmony.files.downloading import download as as_download
from harmony.files.models import Gone
from harmony.files.taking import takes_files
from harmony.people.doors import opens
from harmony.people.unfinished import answered, filled

from .. import access, steps
from ..files import Kept, documents_of, kept_elsewhere, kept_here, times_of
from ..forms.files import AddFileForm, DestroyForm, KeepLockedForm, KeptFileForm, UnseenForm
from ..forms.working import NoAnswers
from ..models import CaseFile, Report
from ..who import described
from .cases import drawn
from .door import works_case


@works_case
def files(request, case):
    """Where there may be images, the questions about a file give way to what is known without looking (R24)."""
    form = filled(UnseenForm if case.imagery else KeptFileForm, request)
    if answered(request, form) and form.take(case.write, by=request.user):
        return redirect("incidents:files", case.pk)
    shown = {"here": kept_here(case), "made": documents_of(case, request.user), "kept": kept_elsewhere(case)}
    return drawn(request, "files", case, tab="files", form=form, **shown)


@works_case
@takes_files
def add_file(request, case):
    """Whatever is sent, by whatever form: in a case with images it is refused."""
    if case.imagery:
        refused = drawn(request, "no_files", case, tab="files")
        refused.status_code = 409 if request.method == "POST" else 200
        return refused
    form = _sent(request)
    if answered(request, form) and form.take(partial(CaseFile.take, case), by=request.user):
        return redirect("incidents:files", case.pk)
    return drawn(request, "add_file", case, tab="files", form=form)


@opens(Report, joined=("case",))
@takes_files
def add_to_report(request, report):
    """Their own, once it is sent: it goes to whoever works on it. They learn no more of the case than that it takes none."""
    if report.status == Report.Status.DRAFT:
        return redirect(steps.to_finish(report))
    request.kept_out = access.kept_out(report.about)
    form = None if report.case.imagery else _sent(request)
    take = partial(CaseFile.take, report.case, report=report)
    if form and answered(request, form) and form.take(take, by=request.user):
        return redirect(f"{report.get_absolute_url()}#added")
    refused = request.method == "POST" and not form
    shown = {"report": report, "form": form, "reference": report.case.reference}
    return render(
        request, "incidents/add_to_report.html", shown, status=409 if refused else form.status if form else 200
    )


def _sent(request):
    return AddFileForm(request.POST, files=request.FILES) if request.method == "POST" else AddFileForm()


_file = partial(opens, CaseFile, joined=("case__owner", "added_by", "locked_by", "asked_by", "destroyed_by"))


@_file()
def file(request, file):
    """What is known of one; and the button that locks it away for everybody."""
    return _drawn(request, "file", file)


@_file()
def download(request, file):
    try:
        return as_download(file)
    except Gone:
        raise Http404 from None


@require_POST
@_file(may=access.may_lock_away)
def lock_away(request, file):
    """At once, and asking nothing: twice is as good as once."""
    with suppress(StateMoved):
        file.lock_away(by=request.user)
    return redirect(file)


@_file(may=access.may_lock_away)
def ask_to_destroy(request, file):
    return _step(request, file, DestroyForm, "ask_to_destroy")


@_file(may=access.may_keep_locked)
def keep_locked(request, file):
    return _step(request, file, KeepLockedForm, "keep_locked")


@require_POST
@_file(may=access.may_destroy)
def destroy(request, file):
    form = NoAnswers(request.POST)
    if form.is_valid() and form.take(file.destroy, by=request.user):
        return redirect(file)
    return _drawn(request, "file", file, form=form)


def _step(request, file, form, step):
    form = filled(form, request)
    if answered(request, form) and form.take(getattr(file, step), by=request.user):
        return redirect(file)
    return _drawn(request, step, file, form=form)


def _drawn(request, template, file, form=None):
    load_keys([file.case, file])
    shown = {"file": file, "is": Kept.of(file), "hash": in_fours(file.digest), "when": times_of(file)}
    shown["is_second"] = access.may_destroy(request.user, file)
    asked = file.asked_by_id and not shown["is_second"]
    shown["seconds"] = described(file.case.seconds(lambda user, _case: access.may_destroy(user, file))) if asked else []
    shown["may_ask_in"] = asked and not shown["seconds"] and access.may_ask_in(request.user, file.case)
    return drawn(request, template, file.case, tab="files", form=form, **shown)
