"""Searching the cases by their words. What was looked for stands in no address; what was shown stands in the book."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from harmony.audit.events import note_list
from harmony.encryption.fields import load_keys
from harmony.encryption.search import is_empty, where
from harmony.look.words import short_time
from harmony.people.doors import allowed

from .. import access
from ..finding import found, reference
from ..forms.search import SearchForm
from ..models import Case

A_PAGE = 25


@dataclass(frozen=True)
class Hit:
    case: Case
    filed: str
    where: str  # the names of the places, never what stands there


@allowed(access.may_see_cases)
def search(request):
    form = SearchForm(request.POST if request.method == "POST" else None)
    reader = request.user
    unready = is_empty() and Case.objects.visible_to(reader).exists()
    if not form.is_valid():
        return render(request, "incidents/search.html", {"form": form, "unready": unready}, status=form.status)
    words = form.cleaned_data["words"]
    if case := reference(words, reader):
        return redirect(case)
    keys, more, linked = found(words, reader)
    page = Paginator(keys, A_PAGE).get_page(form.cleaned_data["page"])
    hits = _hits(words, page.object_list, linked, reader)
    note_list("search", by=reader, page="search", references=[hit.case.reference for hit in hits])
    shown = {"form": form, "words": words, "hits": hits, "page": page, "more": more, "searched": True}
    shown["unready"] = unready
    return render(request, "incidents/search.html", shown)


def _hits(words, keys, linked, reader):
    """In the order of the keys; each fixed phrases, as in every list."""
    cases = {case.pk: case for case in Case.objects.visible_to(reader).filter(pk__in=keys)}
    load_keys(cases.values())
    places = where(words, keys)
    return [
        Hit(case, short_time(case.filed_at), "; ".join(_places(places.get(key, []), key in linked)))
        for key in keys
        if (case := cases.get(key))
    ]


def _places(places, is_linked):
    return places + ([_("The record of somebody in it")] if is_linked else [])
