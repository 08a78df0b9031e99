"""Help in place: what to do when a child tells you something, words, what is kept about whom. Open to strangers too.

Every sentence on these pages is true of what the software does: whoever changes that changes the page.
"""

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from harmony.people import devices, idle
from harmony.people.doors import open_to_all
from harmony.people.unfinished import KEPT_FOR

# one meaning each (practice.md 2.1), in alphabetical order
WORDS = [
    (_("Allegation"), _("A claim that an adult who works with children harmed a child, or may not be safe with them.")),
    (_("Bystander"), _("Somebody who saw it or was sent it, and was not its target.")),
    (_("Case"), _("All that we know and do about one concern, in one place.")),
    (_("CEOP"), _("Child Exploitation and Online Protection: police who deal with adults who harm children online.")),
    (_("Child-on-child"), _("Harm done by one child to another.")),
    (_("Chronology"), _("What happened and what was decided, in order, with dates. Nobody can change it afterwards.")),
    (_("Concern"), _("Any worry about a child’s safety. You need not be sure.")),
    (
        _("DSO"),
        _("Designated safeguarding officer: decides what happens with each concern. Others say DSL, with L for lead."),
    ),
    (_("Early help"), _("Support for a family before things get worse. Also called family help.")),
    (_("Incident"), _("One thing that happened, at one time.")),
    (
        _("LADO"),
        _(
            "Local authority designated officer: who deals at the council with concerns about people working with children."
        ),
    ),
    (_("Low-level concern"), _("Something an adult did that is not right but not an allegation. We want to know it.")),
    (_("MASH"), _("Multi-agency safeguarding hub: the council’s front door, when a child may be at risk.")),
    (_("Person who caused harm"), _("The child or adult who did it. We do not use harder words about a child.")),
    (_("Recusal"), _("Keeping somebody out of a case, because it is about them or somebody close to them.")),
    (_("Referral"), _("Asking police or children’s services to step in.")),
    (_("Section 17, section 47"), _("Parts of the Children Act 1989: a child in need, and a child who may be harmed.")),
    (_("Shared with"), _("Another body was told something, with a reason. We write down what and why.")),
    (_("Strategy discussion"), _("Police, children’s services and health decide together what to look into.")),
    (_("Told us"), _("A child or adult said that something happened. Others call this a disclosure.")),
    (_("Triage"), _("The first decision: how serious it is, what kind it is, and whom to tell.")),
]


@open_to_all
def guide(request):
    return render(request, "home/help/guide.html")


@open_to_all
def words(request):
    return render(request, "home/help/words.html", {"words": WORDS})


@open_to_all
def after(request):
    return render(request, "home/help/after.html")


@open_to_all
def privacy(request):
    told = {
        "idle": settings.SESSION_IDLE_AGE // 60,
        "whole": settings.SESSION_COOKIE_AGE // 3600,
        "kept_for": KEPT_FOR // 60,
        "cookies": cookies(),
    }
    return render(request, "home/help/privacy.html", told)


@open_to_all
def accessibility(request):
    return render(request, "home/help/accessibility.html")


def cookies():
    """(name, what for) of every cookie there is; a test walks the pages and finds no other."""
    return [
        (settings.SESSION_COOKIE_NAME, _("Says that you are signed in. It ends when you sign out.")),
        (idle.cookie(), _("Says when you last used this site, so that we can sign you out in time.")),
        (
            devices.cookie(),
            _("Says that you came in with this browser before. If not, we send you a mail. It lasts a year."),
        ),
        (settings.CSRF_COOKIE_NAME, _("Proves that a form you send came from this site. It lasts a year.")),
        (settings.MESSAGE_COOKIE_NAME, _("Carries a line like “The details are saved” to the next page.")),
    ]
