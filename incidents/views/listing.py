"""The list of cases: what needs somebody now comes first, urgent before the rest, then each by its deadline."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from harmony.audit.events import note_list
from harmony.encryption.fields import load_keys
from harmony.look.once import answers
from harmony.look.words import Clock, by, clock_time, initials, short_time
from harmony.people.doors import allowed
from harmony.people.rota import Rota

from .. import access
from ..forms.listing import ListForm
from ..kinds import Track
from ..models import Case
from ..models.timing import AHEAD, NAMES
from ..queue import SHOWN, TILES, Standing, Trend, tile
from .cover import Cover
from .yours import also_yours

A_PAGE = 25
# columns that can be sorted by: their words, the order, how a screen reader is told of it
SORTS = {
    "level": (gettext_lazy("Level"), ("weight", "soonest"), "descending"),
    "due": (gettext_lazy("Deadline"), ("soonest",), "ascending"),
    "lead": (gettext_lazy("Lead"), ("owner__name", "soonest"), "ascending"),
    "filed": (gettext_lazy("Reported"), ("-filed_at",), "descending"),
}


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
    is_quiet: bool
    status: str
    owner: str
    owner_initials: str
    filed: str
    clock: Clock | None


@allowed(access.may_see_cases)
def cases(request):
    at = now()
    seen = Case.objects.visible_to(request.user)
    standing = Standing.of(seen, at)
    rota = Rota(at, at + AHEAD)
    answers(request).update(rota=rota, cases=standing.needing)  # the head, menu and foot of the page need not ask again
    chosen = ListForm(request.GET, owners=standing.owners)
    page = _page(request, seen, chosen, standing, at)
    load_keys(page.object_list)
    trend = Trend.of(seen, at)
    shown = {
        "heading": _heading(standing),
        "following": _following(standing, at),
        "told": clock_time(at),
        "tiles": [(name, label, standing.tiles[name], tone) for name, label, tone in TILES],
        "show": _shown(chosen),
        "may_try_emergency": access.may_try_emergency(request.user),
        "may_see_to_do": access.may_see_to_do(request.user),
        "may_see_trends": access.may_see_trends(request.user),
        "may_see_register": access.may_see_register(request.user),
        "chosen": chosen,
        "form": chosen,
        "columns": _columns(chosen),
        "page": page,
        "rows": [_row(case, at) for case in page.object_list],
        "query": chosen.address()[1:],
        "caption": _caption(chosen),
        "trend": trend,
        "cover": Cover.of(rota, request.user, at, at + AHEAD),
        "yours": also_yours(request.user, at),
    }
    references = [case.reference for case in page.object_list]
    note_list("list", by=request.user, page="cases", references=references)
    return render(request, "incidents/cases.html", shown)


def _page(request, seen, chosen, standing, at):
    """One page of the list. How many there are the tiles know already, as long as nothing else was chosen."""
    found = seen.filter(chosen.chosen, tile(_shown(chosen), at)).select_related("owner")
    pages = Paginator(_sorted(found, chosen.answers.get("sort"), at), A_PAGE)
    if not chosen.is_filtered and (shown := _shown(chosen) or "open") in standing.tiles:
        pages.count = standing.tiles[shown]
    page = pages.get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    return page


def _shown(chosen):
    """The tile that is chosen. Another state, or a reference, is looked for among all."""
    if {"status", "ref"} & chosen.answers.keys():
        return ""
    name = chosen.answers.get("show")
    return name if name in SHOWN else "open"


def _sorted(found, sort, at):
    if sort not in SORTS:
        return found.urgent_first(at)
    return found.with_next_due().with_weight().order_by(*SORTS[sort][1], "-filed_at", "pk")


def _columns(chosen):
    """(words, address that sorts by it, `aria-sort`) for each; the first is in the order the page came in."""
    sort = chosen.answers.get("sort")
    return [
        (label, chosen.address(sort=name), direction if name == sort else "")
        for name, (label, _order, direction) in SORTS.items()
    ]


def _heading(standing):
    if not standing.needing:
        return _("Nothing is waiting")
    said = ngettext("%(count)d case needs you now", "%(count)d cases need you now", standing.needing)
    return said % {"count": standing.needing}


def _following(standing, at):
    """What comes next, where nothing needs somebody now."""
    if standing.needing or not standing.following:
        return ""
    due, name = standing.following
    return _("Next: %(what)s, due %(when)s.") % {"what": NAMES[name][0], "when": by(due, at=at)}


def _caption(chosen):
    if chosen.is_filtered:
        return _("Cases that match")
    label = SHOWN[_shown(chosen)]
    return (
        label
        if chosen.answers.get("sort") in SORTS
        else _("%(which)s: urgent first, then what needs you now, then by deadline") % {"which": label}
    )


def _row(case, at):
    """Words ready for the page: a filter a cell is what makes long lists slow."""
    owner = case.owner.name if case.owner and case.owner.is_active else ""
    return Row(
        url=case.get_absolute_url(),
        label=case.label,
        reference=case.reference,
        initials=case.initials,
        severity=case.severity,
        is_urgent=case.is_urgent and case.status != Case.Status.CLOSED,
        is_restricted=case.track == Track.WORKER or bool(case.raised_to),
        was_added_to=bool(case.added_at),
        is_quiet=case.is_quiet(at),
        status=case.get_status_display(),
        owner=owner,
        owner_initials=initials(owner),
        filed=short_time(case.filed_at),
        clock=case.next_clock(at, brief=True),
    )
