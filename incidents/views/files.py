"""The files of a case: what is kept here, what was made of it, what is kept elsewhere; and why nothing can be added."""

from functools import partial

from django.http import Http404
from django.shortcuts import redirect

from harmony.files.downloading import download as as_download
from harmony.files.models import Gone
from harmony.files.taking import takes_files
from harmony.people.doors import opens
from harmony.people.unfinished import answered, filled

from ..files import documents_of, kept_elsewhere, kept_here
from ..forms.files import AddFileForm, KeptFileForm, UnseenForm
from ..models import CaseFile
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
    form = AddFileForm(request.POST, files=request.FILES) if request.method == "POST" else AddFileForm()
    if answered(request, form) and form.take(partial(CaseFile.take, case), by=request.user):
        return redirect("incidents:files", case.pk)
    return drawn(request, "add_file", case, tab="files", form=form)


@opens(CaseFile)
def download(request, file):
    try:
        return as_download(file)
    except Gone:
        raise Http404 from None
