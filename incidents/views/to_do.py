"""One page of all that is left to do, across the cases that its reader works."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony.audit.events import note_list
from harmony.people.doors import allowed
from harmony.people.models import User

from .. import access
from ..forms.to_do import ToDoForm
from ..to_do import Due, rows

A_PAGE = 25


@allowed(access.may_see_to_do)
def to_do(request):
    at = now()
    due = Due.of(request.user, at)
    chosen = ToDoForm(request.GET, people=_people({line.whose for line in due.lines}, request.user))
    page = Paginator(due.narrowed(**chosen.answers).lines, A_PAGE).get_page(request.GET.get("page"))
    shown = rows(list(page), at)
    note_list("list", by=request.user, page="to do across cases", references={row.reference for row in shown})
    return render(
        request,
        "incidents/to_do.html",
        {
            "heading": _heading(due),
            "form": chosen,
            "chosen": chosen,
            "rows": shown,
            "page": page,
            "query": chosen.query,
        },
    )


def _people(keys, reader):
    """(key, name) of whoever has something to do there; the reader first."""
    found = User.objects.filter(pk__in=keys - {None, reader.pk}).order_by("name").values_list("pk", "name")
    return [(str(reader.pk), _("Mine")), *((str(pk), name) for pk, name in found)]


def _heading(due):
    if not due.lines:
        return _("Nothing is left to do")
    if not due.late:
        return _("Nothing is late")
    return ngettext("%(count)d thing is late", "%(count)d things are late", due.late) % {"count": due.late}
