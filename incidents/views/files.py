"""The files of a case: what was made of it, what is kept elsewhere, and why nothing can be uploaded."""

from django.shortcuts import redirect

from harmony.people.unfinished import answered, filled

from ..files import documents_of, kept_elsewhere, may_hold_images
from ..forms.files import KeptFileForm
from .cases import drawn
from .door import works_case


@works_case
def files(request, case):
    form = filled(KeptFileForm, request)
    if answered(request, form) and form.take(case.write, by=request.user):
        return redirect("incidents:files", case.pk)
    shown = {"made": documents_of(case, request.user), "kept": kept_elsewhere(case)}
    return drawn(request, "files", case, tab="files", form=form, may_hold_images=may_hold_images(case), **shown)
