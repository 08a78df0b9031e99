"""The register of law and guidance: what we follow, who looked it up, who cites it, and what follows from a new edition."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from harmony.look.words import clock_time, day
from harmony.organisation.access import may_see_guidance, may_set_up
from harmony.organisation.models import GuidanceSource
from harmony.people.asking import ask
from harmony.people.doors import allowed, keeps
from harmony.people.models import User
from harmony.people.unfinished import filled

from ..commitments import TONES
from ..guidance import cited
from ..guidance_forms import AgainForm, EditionForm, GuidanceForm


@allowed(may_see_guidance)
def guidance(request):
    """Everything that we follow; what somebody has to look at comes first."""
    sources, today = list(GuidanceSource.objects.prefetch_related("editions")), localdate()
    cites, names = cited(sources, request.user), _names(sources)
    rows = [_row(source, cites[source], names, today) for source in sources]
    rows.sort(key=lambda row: TONES.index(row["pill"][0]))
    page = {"rows": rows, "may_set_up": may_set_up(request.user)}
    return render(request, "organisation/guidance.html", page)


def _names(sources):
    return dict(User.objects.filter(pk__in={one.checked_by for one in sources}).values_list("pk", "name"))


def _row(source, cites, names, today):
    return {
        "source": source,
        "cites": len(cites),
        "pill": _pill(source, today),
        "checked": source.checked_on and day(source.checked_on),
        "by": names.get(source.checked_by, ""),
        "again": source.next_check_on and day(source.next_check_on),
        "in_force": source.in_force_on and day(source.in_force_on),
    }


def _pill(source, today):
    if source.trouble:
        return "red", _("Look at its page"), "alert"
    if source.is_due(today):
        return "amber", _("To be checked"), "clock"
    return "green", _("Checked"), "check"


@keeps(GuidanceSource, may_see_guidance)
def source(request, source):
    """One source: who rests on it, and which editions it had."""
    page = _row(source, cites := cited([source], request.user)[source], _names([source]), localdate()) | {
        "cited": cites,
        "editions": [(one, clock_time(one.replaced_at)) for one in source.editions.all()],
        "host": urlsplit(source.url).hostname,
        "looked": source.looked_at and clock_time(source.looked_at),
        "may_set_up": may_set_up(request.user),
    }
    return render(request, "organisation/source.html", page)


def _page(source):
    return reverse("home:source", args=[source.pk])


@allowed(may_set_up)
def add_guidance(request):
    return ask(
        request,
        filled(GuidanceForm, request),
        GuidanceSource().add,
        heading=_("Add guidance that you follow"),
        button=_("Add this guidance"),
        then=reverse("home:guidance"),
    )


@keeps(GuidanceSource, may_set_up)
def change_guidance(request, source):
    known = {name: getattr(source, name) for name in GuidanceForm.base_fields}
    return ask(
        request,
        filled(GuidanceForm, request, initial=known),
        source.change,
        heading=source.name,
        says=_("To put something right. A new edition has a page of its own."),
        button=_("Save this guidance"),
        then=_page(source),
    )


@keeps(GuidanceSource, may_set_up)
def replace_guidance(request, source):
    """Afterwards its page lists what rests on it, to be looked at one by one."""
    return ask(
        request,
        filled(EditionForm, request, initial={"url": source.url}),
        source.replace,
        heading=_("There is a new edition"),
        says=_("“%(name)s”: the edition that stands there now is kept. The next page lists what rests on it.")
        % {"name": source.name},
        button=_("Follow the new edition"),
        then=_page(source),
        done=_("The new edition stands in the register. Look at each rule and policy below: is it still right?"),
    )


@keeps(GuidanceSource, may_set_up)
def again_guidance(request, source):
    return ask(
        request,
        filled(AgainForm, request),
        source.confirm,
        heading=_("You have looked it up today"),
        says=_("“%(name)s”: this is the edition in force, and its page is right.") % {"name": source.name},
        button=_("Keep this"),
        then=_page(source),
    )


@require_POST
@keeps(GuidanceSource, may_set_up)
def check_guidance(request, source):
    source.confirm(by=request.user)
    messages.success(request, _("Checked today."))
    return redirect("home:guidance")
