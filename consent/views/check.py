"""May I use this photo? Pick who is in it; hear yes or no for each single channel, and never why (N11)."""

from django.shortcuts import render
from django.utils.timezone import now

from harmony.audit.events import note_list
from harmony.look.words import day
from harmony.people.doors import allowed, opens
from harmony.people.models import Group, YoungPerson
from harmony.people.unfinished import answered, filled

from .. import access
from ..forms.permission import CheckForm
from ..models import Check
from ..models.checks import terms
from ..sheets import sheet


@allowed(access.may_ask)
def check(request):
    """The names of one group or of all that one may see; nothing that was asked stands in an address."""
    groups = list(Group.objects.visible_to(request.user).running())
    chosen = request.POST.get("group", request.GET.get("group"))
    group = next((group for group in groups if str(group.pk) == chosen), None)
    known = YoungPerson.objects.filter(access.asked_about_by(request.user)).here()
    if group:
        known = known.filter(pk__in=group.members.standing().values("young_person"))
    known = known.by_name()
    note_list("list", by=request.user, page="who is in a photo", references=[one.pk.hex for one in known])
    form = filled(CheckForm, request, people=known)
    page = {"form": form, "group": group, "groups": groups, "known": known}
    page["may_see"] = access.may_see_consents(request.user)
    if answered(request, form):
        page |= _answered(form.cleaned_data["people"], request.user)
    return render(request, "consent/check.html", page, status=form.status)


@opens(Group)
def event_sheet(request, group):
    """To take along: it is true for a day. Who printed it stands in the book."""
    return render(request, "consent/sheet.html", {"group": group, "sheet": sheet(group, now())})


def _answered(people, user):
    at = now()
    found = Check.ask(people, by=user, at=at)
    yes, no = ([use for use, may in found.items() if may is whether] for whether in (True, False))
    agreed = terms(people, yes)
    return {
        "asked": people,
        "yes": [{"use": use, "until": day(agreed[use.pk].until), "terms": agreed[use.pk]} for use in yes],
        "no": no,
        "on": day(at),
    }
