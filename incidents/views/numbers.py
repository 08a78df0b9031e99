"""How long each thing may take here: the organisation's own numbers beside those we start from, and how to change them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.audit.models import Entry, load_reasons
from harmony.encryption.keys import ORGANISATION
from harmony.look.words import clock_time
from harmony.people.doors import allowed
from harmony.people.unfinished import answered, filled

from .. import access
from ..forms.numbers import NAMES, LevelTimesForm, WholeForm, said
from ..kinds import Severity
from ..levels import CLOCKS, OF_THE_WHOLE, TABLE, length
from ..models import OwnNumber
from ..models.numbers import current, own, set_numbers

CHANGES = 5


@allowed(access.may_read_times)
def times(request):
    """Every number in force, beside the one we start from."""
    numbers = current()
    levels = [(code, Severity(code).label, _rows(numbers, code), _change(code)) for code in TABLE]
    whole = [(NAMES[name], _whole(numbers, name), length(start).count) for name, start in OF_THE_WHOLE.items()]
    shown = {
        "levels": levels,
        "whole": whole,
        "change_whole": reverse("incidents:change_whole_times"),
        "may_set": access.may_set_times(request.user),
        "changes": _changes(),
    }
    return render(request, "incidents/times_here.html", shown)


def _change(level):
    return reverse("incidents:change_times", args=[level])


def _rows(numbers, level):
    """(what, how long here, what we start from)."""
    mine = numbers.levels[level]
    rows = []
    for clock in CLOCKS:
        found = getattr(mine, clock)
        here = ", ".join(one.words for one in found) if clock == "reviews" else (found.words if found else _("none"))
        rows.append((NAMES[clock], here, said(level, clock)))
    return rows


def _whole(numbers, name):
    return {"quiet": numbers.quiet, "second_look": numbers.second_look.count, "opens": numbers.opens.hour}[name]


def _changes():
    """(who, when, why) of the last changes, each once."""
    lines = Entry.objects.filter(root=ORGANISATION.hex, table_name=OwnNumber._meta.db_table, verb="set times")
    last = {line.event: line for line in reversed(load_reasons(lines.order_by("-id")[: CHANGES * len(CLOCKS) * 2]))}
    return [(line.actor_name, clock_time(line.happened), line.reason) for line in list(last.values())[::-1][:CHANGES]]


@allowed(access.may_set_times)
def change_times(request, level):
    if level not in TABLE:
        raise Http404
    before = own()
    initial = {clock: before.get((level, clock), TABLE[level][clock]) for clock in CLOCKS}
    form = filled(LevelTimesForm, request, level=level, own=before, initial=initial)
    heading = _("How long may it take: %(level)s?") % {"level": Severity(level).label}
    return _ask(request, form, level, heading)


@allowed(access.may_set_times)
def change_whole(request):
    numbers = current()
    form = filled(WholeForm, request, initial={name: _whole(numbers, name) for name in OF_THE_WHOLE})
    return _ask(request, form, "", _("Numbers for every level"))


def _ask(request, form, level, heading):
    if answered(request, form):
        set_numbers(level, form.texts, by=request.user, why=form.cleaned_data["why"])
        messages.success(request, _("The times are saved. They count from now on."))
        return redirect("incidents:times")
    shown = {"form": form, "heading": heading, "is_level": bool(level)}
    return render(request, "incidents/change_times.html", shown, status=form.status)
