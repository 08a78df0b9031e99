"""What stands in the menu: at most six pages, those that this person needs most."""

from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from consent import access as consent
from harmony.home import access as home
from harmony.look.once import once
from harmony.notifications.inbox import unread
from harmony.organisation import access as organisation
from harmony.people import access as people
from incidents import access as incidents
from incidents.models import Case
from platforms import access as platforms
from training import access as training

ROOM = 6
INBOX, CASES, REPORT = "notifications:inbox", "incidents:cases", "incidents:begin"


def everybody(user):
    return True


def counts_training(user):
    return training.may_see_figures(user) and not training.may_see_training(user)


def only_their_own_training(user):
    """Whoever reads everybody's finds their own there."""
    return training.may_have_training(user) and not training.may_see_figures(user)


# (label, page, whose), in the order in which they stand; what does not fit is a link on another page
ENTRIES = [
    (_("Home"), "home:front", everybody),
    (_("Inbox"), INBOX, everybody),
    (_("Report a concern"), REPORT, everybody),
    (_("Cases"), CASES, incidents.may_see_cases),
    (_("My reports"), "incidents:my_reports", everybody),
    (_("Young people"), "people:young_people", people.may_see_young_people),
    (_("Pictures"), "consent:check", consent.may_ask),
    (_("Policies"), "policies:library", everybody),
    (_("May I use it?"), "platforms:register", platforms.may_propose),
    (_("Training"), "training:matrix", training.may_see_training),
    (_("Training"), "training:topics", counts_training),
    (_("My training"), "training:mine", only_their_own_training),
    (_("On call"), "people:rota", people.may_see_rota),
    (_("People"), "people:people", people.may_see_people),
    (_("Organisation"), "home:organisation", organisation.may_set_up),
    (_("Documents"), "documents:mine", home.may_report),
    (_("Are all answered alike?"), "incidents:fairness", incidents.may_see_fairness),
    (_("Your week"), "home:week", home.may_see_week),
    (_("Is it running?"), "home:running", home.may_see_health),
]
FIRST_TO_GO = (
    "home:running",
    "home:week",
    "incidents:my_reports",
    "people:young_people",
    REPORT,
    "consent:check",
    "policies:library",
    "platforms:register",
    "documents:mine",
    "training:topics",
    "training:matrix",
    "training:mine",
    "incidents:fairness",
)  # links on the front page


def counts(request):
    """How many need this person now, by page: a cheap query each, and only for what stands in the menu."""
    user = request.user
    return {
        INBOX: once(request, "inbox", lambda: unread(user)),
        CASES: once(request, "cases", lambda: cases_needing(user)),
    }


def cases_needing(user):
    """Whoever a case is only shared with is not called to it."""
    if not user.holds(*incidents.CALLED):
        return 0
    return Case.objects.visible_to(user).needing_somebody(now()).order_by().count()


def entries(user, path, counts=None):
    """(label, address, whether it is this page, how many need one now) for each."""
    found, _rest = _sorted(user)
    here = max((address for _label, address in found if _leads_to(address, path)), key=len, default=None)
    waiting = {_address(name): count for name, count in (counts or {}).items()}
    return [(label, url, url == here, waiting[url]() if url in waiting else 0) for label, url in found]


def rest(user):
    """(label, address) of what the menu has no room for and the front page does not lead to anyway."""
    _found, rest = _sorted(user)
    there = {_address("incidents:my_reports"), _address(REPORT), _address("documents:mine")}
    return [(label, address) for label, address in rest if address not in there]


def _sorted(user):
    found = {name: (label, address) for label, name, may in ENTRIES if (address := _address(name)) and may(user)}
    gone = [name for name in FIRST_TO_GO if name in found][: max(0, len(found) - ROOM)]
    return [[found[name] for name in found if (name in gone) is left_out] for left_out in (False, True)]


def _leads_to(address, path):
    return path == address if address == "/" else path.startswith(address)


@cache
def _address(name):
    """The site map stays as it is while the process lives."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
