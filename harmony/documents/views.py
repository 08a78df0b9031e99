"""Pages: ask for a document, watch it being made, fetch it, all for whoever asked; and check one that somebody shows."""

from contextlib import suppress
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmony.audit.events import note, note_list
from harmony.audit.transitions import StateMoved
from harmony.look.words import by, clock_time
from harmony.people.doors import confirmed, is_a_door
from harmony.people.unfinished import answered, filled

from . import access, kinds, vault
from .checking import by_file, by_print, checkable_by, facts
from .forms import ExportForm, FileForm, PrintedForm
from .models import Export

A_PAGE = 25
SLOW = 2 * 60  # seconds after which waiting is no longer usual


def own_export(view):
    """Hand the view an export that its reader asked for and may still know of.

    Not noted in the book: its page shows no word of a record, and is asked for every two seconds.
    """

    @is_a_door
    @login_required
    @wraps(view)
    def door(request, pk):
        return view(request, get_object_or_404(Export.objects.visible_to(request.user), pk=pk))

    return door


@login_required
def mine(request):
    """What one has asked for, newest first, and what one may ask for here."""
    page = Paginator(Export.objects.visible_to(request.user), A_PAGE).get_page(request.GET.get("page"))
    exports = list(page)
    labels = _labels(exports, request.user)
    note_list("list documents", by=request.user, page="documents", references=set(labels.values()))
    shown = {
        "page": page,
        "rows": [(export, labels[export.pk], clock_time(export.requested_at)) for export in exports],
        "may_check": access.may_check(request.user),
        "offered": [(kind, record) for kind in kinds.every() if kind.offered for record in kind.records(request.user)],
    }
    return render(request, "documents/mine.html", shown)


def _labels(exports, user):
    """{export: which record}, one query a kind."""
    found = {}
    for kind in kinds.every():
        of_this_kind = [export for export in exports if export.kind == kind.code]
        records = kind.records(user).in_bulk([export.about for export in of_this_kind]) if of_this_kind else {}
        found |= {export.pk: kind.label(records[export.about]) for export in of_this_kind}
    return found


@login_required
@confirmed
def ask(request, code, pk):
    """What for. Nothing is made here: a sweep takes what is written down."""
    kind = kinds.get(code)
    if not kind:
        raise Http404
    record = get_object_or_404(kind.records(request.user), pk=pk)
    if not kind.may(request.user, record):
        raise PermissionDenied(_("You can see this, but you may not take it out on paper."))
    form = filled(kind.asks or ExportForm, request)
    if answered(request, form):
        return redirect(Export.of(kind, record, **form.cleaned_data, by=request.user))
    shown = {"form": form, "kind": kind, "label": kind.label(record)}
    return render(request, "documents/ask.html", shown, status=form.status)


@own_export
def export(request, export):
    """How far it is. The page asks for itself again until the document is there, with or without scripts."""
    template = "documents/progress.html" if "HX-Request" in request.headers else "documents/export.html"
    waited = (now() - export.requested_at).total_seconds()
    shown = {
        "export": export,
        "title": export.kind_of.title,
        "label": export.kind_of.label(export.record_for(request.user)),
        "asked": clock_time(export.requested_at),
        "kept_until": export.expires_at and by(export.expires_at),
        "slow": export.status == Export.Status.WAITING and not export.token and waited > SLOW,
        "failure": failure_in_words(export.failure),
        "again": reverse("documents:ask", args=[export.kind, export.about]),
    }
    return render(request, template, shown)


def failure_in_words(failure):
    return {
        "PermissionDenied": _("You may not have this document any more."),
        "KeyErased": _("The record it was about has been destroyed."),
        "TimeoutError": _("It took too long. Ask for a shorter period."),
    }.get(failure, _("Something went wrong on our side. Ask for it again."))


@own_export
@require_GET
def download(request, export):
    """The file, as often as its maker wants within its day; each time is a line in the record's chain."""
    if not access.may_have(request.user, export):
        raise PermissionDenied(_("You may not have this document any more."))
    try:
        content = export.file
    except vault.Gone:
        return redirect(export)
    note("download", by=request.user, about=export)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{export.kind}-{export.number}.pdf"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


@own_export
@require_POST
def delete(request, export):
    """Done with it before its day is over. Twice is as good as once."""
    with suppress(StateMoved):
        export.delete_file(by=request.user)
    return redirect("documents:mine")


@login_required
@require_http_methods(["GET", "POST"])
def check(request):
    """Whether a paper or a file is one that we made. Not a word of what it is about."""
    if not access.may_check(request.user):
        raise PermissionDenied(_("This page is for those who are asked whether a document is true."))
    is_file = request.method == "POST" and "by_file" in request.POST
    printed = PrintedForm(request.POST if request.method == "POST" and not is_file else None)
    chosen = FileForm(request.POST if is_file else None, request.FILES if is_file else None)
    asked = chosen if is_file else printed
    shown = {"printed": printed, "chosen": chosen, "form": asked}
    if asked.is_bound and asked.is_valid():
        shown |= _answer(request.user, asked, is_file)
    return render(request, "documents/check.html", shown, status=asked.status)


def _answer(user, form, is_file):
    exports = checkable_by(user)
    if is_file:
        checked = by_file(form.cleaned_data["file"].file_hash, exports)
    else:
        checked = by_print(form.cleaned_data["number"], form.cleaned_data["fingerprint"], exports)
    if not checked:
        return {"answered": True}
    note("check", by=user, about=checked.export)
    return {"answered": True, "checked": checked, "is_file": is_file, "facts": facts(checked)}
