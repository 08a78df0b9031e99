"""The list of cases: urgent first, then unread, then whoever waits longest."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmony.audit.events import note_list
from harmony.encryption.fields import load_keys
from harmony.look.words import short_time, span
from harmony.people.doors import allowed

from .. import access
from ..kinds import Track
from ..models import Case

A_PAGE = 50
OPEN = ~Q(status=Case.Status.CLOSED)
# each tile: its name in the address, its words, which cases, its colour
TILES = (
    ("new", gettext_lazy("New"), Q(status=Case.Status.SUBMITTED) | Q(added_at__isnull=False), "amber"),
    ("working", gettext_lazy("Being worked on"), Q(status__in=[Case.Status.ACKNOWLEDGED, Case.Status.TRIAGED]), ""),
    ("one-of-us", gettext_lazy("About one of us"), OPEN & Q(track=Track.WORKER), "plum"),
    ("open", gettext_lazy("All open"), OPEN, ""),
    ("closed", gettext_lazy("Closed"), ~OPEN, ""),
)
FILTERS = {name: which for name, _label, which, _tone in TILES}


@dataclass(frozen=True)
class Row:
    url: str
    label: str
    reference: str
    initials: str
    severity: str
    is_urgent: bool
    is_restricted: bool
    was_added_to: bool
    status: str
    owner: str
    filed: str
    waiting: str


@allowed(access.may_see_cases)
def cases(request):
    seen = Case.objects.visible_to(request.user)
    show = request.GET.get("show")
    show = show if show in FILTERS else "open"
    counts = seen.aggregate(**{name.replace("-", "_"): Count("pk", filter=which) for name, which in FILTERS.items()})
    found = seen.filter(FILTERS[show]).select_related("owner").urgent_first()
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    load_keys(page.object_list)
    at = now()
    shown = {
        "tiles": [(name, label, counts[name.replace("-", "_")], tone) for name, label, _which, tone in TILES],
        "new": counts["new"],
        "show": show,
        "heading": {name: label for name, label, _which, _tone in TILES}[show],
        "page": page,
        "rows": [_row(case, at) for case in page.object_list],
    }
    references = [case.reference for case in page.object_list]
    note_list("list", by=request.user, page="cases", references=references)
    return render(request, "incidents/cases.html", shown)


def _row(case, at):
    """Words ready for the page: a filter a cell is what makes long lists slow."""
    return Row(
        url=case.get_absolute_url(),
        label=case.label,
        reference=case.reference,
        initials=case.initials,
        severity=case.severity,
        is_urgent=case.is_urgent and case.status != Case.Status.CLOSED,
        is_restricted=case.track == Track.WORKER or bool(case.raised_to),
        was_added_to=bool(case.added_at),
        status=case.get_status_display(),
        owner=case.owner.name if case.owner and case.owner.is_active else "",
        filed=short_time(case.filed_at),
        waiting=_waiting(case, at),
    )


def _waiting(case, at):
    since = case.filed_at if case.status == Case.Status.SUBMITTED else case.added_at
    if not since:
        return ""
    return _("Waiting %(span)s") % {"span": span(at - since)}
