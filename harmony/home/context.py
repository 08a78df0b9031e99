"""The menu and the way to report, on every page of whoever is signed in; the foot and the colours of every page."""

from functools import cache

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from harmony.look.colours import worn
from harmony.look.once import once
from harmony.organisation.models import Organisation

from .navigation import REPORT, counts, entries

FOOT = [
    (_("What to do when a child tells you something"), "home:help"),
    (_("After something hard"), "home:after"),
    (_("Our policies"), "policies:public_list"),
    (_("Apps and systems we use"), "platforms:public"),
    (_("Words we use"), "home:words"),
    (_("Privacy: who can see what"), "home:privacy"),
    (_("Accessibility"), "home:accessibility"),
]


def navigation(request):
    user = getattr(request, "user", None)
    if not user or not user.is_authenticated:
        return {}
    return {
        "navigation": cache(lambda: entries(user, request.path, counts(request))),
        "report_bar": "" if leads_there_itself(request.path) else reverse(REPORT),
    }


def leads_there_itself(path):
    """The front page has the big button, and whoever is in a report is there already."""
    return path == reverse("home:front") or path.startswith(reverse(REPORT))


def footer(request):
    return {"footer_links": [(label, reverse(name)) for label, name in FOOT]}


def colours(request):
    """(main, dark) of the organisation, or nothing for our own."""
    here = once(request, "organisation", Organisation.current)
    return {"colours": lambda: worn(here().main_colour, here().dark_colour)}
