"""Security reviews in the demo: last year’s, signed off, a quarterly look, and what they found."""

from datetime import timedelta

from django.utils.timezone import localtime

from platforms import decisions
from platforms.models import Finding, SecurityCheck, SecurityReview

A_DAY = timedelta(days=1)
SCOPE = "The office network, four laptops, the club phones, the shared drive and HARMONY"
FULL = (
    ("firewalls", "well", "Opened the settings of the router with Sol. Guests have a network of their own."),
    ("settings", "well", "Went through the four laptops and three phones."),
    ("updates", "lacks", "One laptop still runs a Windows that gets no updates."),
    ("accounts", "lacks", "Compared the accounts of the shared drive with who works here."),
    ("malware", "well", "Windows Security is on, on every laptop."),
    ("backups", "well", "Restored the backup of May on a spare laptop. It took an hour."),
)
LIGHT = (
    ("updates", "well", "Looked at each device: nothing waits."),
    ("accounts", "well", "Everybody on the list works here."),
    ("backups", "lacks", "Nobody has restored one since the server was changed."),
)
FOUND = {  # theme: (what is lacking, how bad, who sees to it, days from the day it was found)
    "updates": ("One laptop gets no updates any more", "high", "piotr", 20),
    "accounts": ("Two volunteers who left can still open the shared drive", "medium", "sol", 10),
    "backups": ("Restore a backup on the new server", "medium", "piotr", None),
}


def review(cast, now):
    """The yearly one ten weeks ago; a quarterly one last week, which left one finding that is late by now."""
    for kind, told, at, who in (("full", FULL, now - 70 * A_DAY, "ruth"), ("light", LIGHT, now - 9 * A_DAY, "dev")):
        made = SecurityReview()
        made.begin(kind, SCOPE, by=cast["piotr"], at=at - 5 * A_DAY)
        for theme, outcome, words in told:
            SecurityCheck(review=made, theme=theme).answer(outcome, words, by=cast["piotr"], at=at - 2 * A_DAY)
            if outcome == "lacks":
                _find(made, theme, cast, at, now)
        decisions.sign_off(made, "We are in order but for what stands below.", by=cast[who], at=at)
    done = Finding.objects.get(theme="accounts")
    done.done("The list of the drive, 12 names, in folder 9.", by=cast["sol"], at=now - 60 * A_DAY)
    newest = Finding.objects.get(theme="updates")
    newest.done("It was replaced; the old one was wiped.", by=cast["piotr"], at=now - 50 * A_DAY)


def _find(made, theme, cast, at, now):
    words, severity, owner, days = FOUND[theme]
    due_on = localtime(at + days * A_DAY if days else now - 2 * A_DAY).date()
    Finding(review=made).add(theme, words, severity, cast[owner], due_on, by=cast["piotr"], at=at - 2 * A_DAY)
