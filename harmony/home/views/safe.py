"""For young people, parents and anybody else: what to do now, who can help, how to tell us. Nobody is known here (look/strangers.py)."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from harmony import between
from harmony.look.context import help_lines, national
from harmony.organisation.models import HelpContact
from harmony.people.doors import open_to_all
from incidents.kinds import Track
from incidents.speak.receiving import promise

from ..topics import NAMED, TOPICS


@open_to_all
@require_safe
def young(request):
    shown = {"topics": TOPICS, "lines": _lines("report-remove", "ceop"), "promises": between.plain("young")}
    return render(request, "home/safe/young.html", shown)


@open_to_all
@require_safe
def parents(request):
    shown = {"lines": _lines("nspcc", "report-remove", "ceop"), "promises": between.plain("parents")}
    return render(request, "home/safe/parents.html", shown)


@open_to_all
@require_safe
def topic(request, code):
    """What to do now, before the way to tell us."""
    if code not in NAMED:
        raise Http404
    shown = {"topic": NAMED[code], "lines": _lines(*NAMED[code].lines), "childline": _lines("childline")}
    return render(request, "home/safe/topic.html", shown)


@open_to_all
@require_safe
def telling(request):
    """What happens when you tell us, when we must tell someone else, who reads it and when, whom to talk to."""
    return render(request, "home/safe/telling.html", {"reads": promise(Track.CHILD, ())})


def _lines(*codes):
    """Help contacts of these codes in this order, each with whether it answers now."""
    lines = help_lines(HelpContact.objects.joined() or national())
    lines["worried"] = None
    found = {line.contact.code: line for state in ("open", "closed") for line in lines[state]}
    return [found[code] for code in codes if code in found]
