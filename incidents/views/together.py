"""A chronology, or a part of it: of one case, and of one young person across all their cases that the reader may open."""

from django.shortcuts import render
from django.utils.timezone import localdate

from harmony.audit.events import note
from harmony.people.doors import opens
from harmony.people.models import YoungPerson

from .. import access
from ..forms.chronology import DaysForm
from ..models import Case
from ..timeline import SHOWS, timeline


def some_of(moments, request):
    """What the template shows of these moments: the kind and the days that the address asks for."""
    days = DaysForm.of(request.GET)
    since, until = days.days
    among = [one for one in moments if _within(localdate(one.at), since, until)]
    found = {name: [moment for moment in among if shows(moment)] for name, _label, shows in SHOWS}
    show = request.GET.get("show")
    show = show if show in found else "all"
    chips = [(name, label, len(found[name])) for name, label, _shows in SHOWS if found[name]]
    return {"moments": found[show], "chips": chips, "show": show, "days": days, "query": days.query}


def _within(day, since, until):
    return (not since or day >= since) and (not until or day <= until)


@opens(YoungPerson, may=access.may_read_about)
def young_chronology(request, one):
    """All their cases in one list, newest first. Each of them is noted as read; of others nothing is said."""
    cases = list(
        Case.objects.visible_to(request.user).about(one).select_related("acknowledged_by", "triaged_by", "closed_by")
    )
    for case in cases:
        note("read", by=request.user, about=case)
    shown = {"one": one, "cases": cases, "several": True, **some_of(timeline(*cases)[::-1], request)}
    return render(request, "incidents/young_chronology.html", shown)
