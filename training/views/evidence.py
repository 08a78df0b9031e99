"""What shows that something was done: a file, added by whose it is or by those who keep training, and only ever downloaded."""

from functools import partial

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.files.downloading import download as as_download
from harmony.files.models import Gone
from harmony.files.taking import takes_files
from harmony.look.forms import Form
from harmony.people.asking import ask
from harmony.people.doors import opens
from harmony.people.unfinished import answered, filled

from .. import access
from ..forms.lists import EvidenceForm
from ..models import Completion, Evidence


@opens(Completion, may=lambda user, one: access.may_add_evidence(user, Evidence(completion=one)))
@takes_files
def add_evidence(request, completion):
    form = EvidenceForm(request.POST, files=request.FILES) if request.method == "POST" else EvidenceForm()
    if answered(request, form) and form.take(partial(Evidence.take, completion), by=request.user):
        return redirect(_page(request, completion))
    shown = {"form": form, "completion": completion, "back": _page(request, completion)}
    return render(request, "training/add_evidence.html", shown, status=form.status)


@opens(Evidence)
def evidence(request, file):
    try:
        return as_download(file)
    except Gone:
        raise Http404 from None


@opens(Evidence, may=access.may_lock_away)
def lock_evidence(request, file):
    return ask(
        request,
        filled(Form, request),
        file.lock_away,
        heading=_("Lock this file away?"),
        says=_(
            "For a wrong file, or one with more in it than it should have. Nobody can open it after that, and there is no step back."
        ),
        button=_("Lock it away"),
        then=_page(request, file.completion),
    )


def _page(request, completion):
    own = completion.user_id == request.user.pk
    return reverse("training:mine") if own else reverse("training:person", args=[completion.user_id])
