"""What a security review looks at: the five themes of Cyber Essentials, and backups (S19). Our own words.

The yearly review asks about all of them; the light one of each quarter about what slips soonest.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Theme(models.TextChoices):
    FIREWALLS = "firewalls", _("Firewalls and the network")
    SETTINGS = "settings", _("Safe settings")
    UPDATES = "updates", _("Updates")
    ACCOUNTS = "accounts", _("Who gets in")
    MALWARE = "malware", _("Protection from malware")
    BACKUPS = "backups", _("Backups")


LIGHT = (Theme.UPDATES, Theme.ACCOUNTS, Theme.BACKUPS)
QUESTIONS = {
    Theme.FIREWALLS: (
        _("Each way into our network and devices goes through a firewall that is on."),
        _("Nobody can reach its settings from outside, and its first password was changed."),
        _("Guests and young people are on a network of their own."),
    ),
    Theme.SETTINGS: (
        _("Accounts and programs that nobody needs are gone."),
        _("Every device locks itself, and opens with a PIN, a finger or a face."),
        _("No password is still the one it came with."),
    ),
    Theme.UPDATES: (
        _("Devices, apps and systems are ones that their makers still keep safe."),
        _("Updates that close a serious hole are in within 14 days."),
        _("They come by themselves wherever that is possible."),
    ),
    Theme.ACCOUNTS: (
        _("Everybody has an account of their own, and nobody has more rights than they need."),
        _("Whoever left is out everywhere, not only here."),
        _("A second proof is asked wherever something is kept in the cloud."),
    ),
    Theme.MALWARE: (
        _("Each computer has protection from malware that is on and up to date."),
        _("Apps come only from the official stores."),
        _("Everybody knows whom to ring about a strange e-mail."),
    ),
    Theme.BACKUPS: (
        _("What we cannot lose is copied, and a copy is kept somewhere else."),
        _("Somebody restored one in the last year, and it worked."),
        _("The keys are kept apart from the copies."),
    ),
}


def themes(kind):
    """What a review of this kind looks at, in order."""
    return LIGHT if kind == "light" else tuple(Theme)
