"""What every page shows of the organisation. Each query runs at most once a page, and only if the page asks."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.utils.timezone import now

from harmony.organisation.hours import opens_next
from harmony.organisation.models import HelpContact, Organisation
from harmony.organisation.national import NATIONAL

from .once import once

ELSEWHERE = {"999", "101", "samaritans"}  # the first two stand above the list, the third on the page for oneself

WORRIED = ("mash", "edt", "nspcc")  # for an adult worried about a child, best first


@dataclass(frozen=True)
class Line:
    """A help line at one moment: open, or when it opens and whom to ring until then."""

    contact: HelpContact
    opens_at: datetime | None = None
    instead: HelpContact | None = None


def organisation(request):
    return {
        "organisation": once(request, "organisation", Organisation.current),
        "national": NATIONAL,  # what stands in for help contacts until there are some
        "help_contacts": (contacts := once(request, "help contacts", HelpContact.objects.joined)),
        "help_lines": cache(lambda: help_lines(contacts() or national())),
    }


def help_lines(contacts, at=None):
    """Whom to ring outside: who answers now, those with a number first, and who does not; one for any worry."""
    at, lines = at or now(), {"open": [], "closed": []}
    for contact in contacts:
        if contact.code in ELSEWHERE:
            continue
        if contact.open_at(at):
            lines["open"].append(Line(contact))
        else:
            other = contact.now_or_otherwise(at)
            instead = other if other is not contact else None
            lines["closed"].append(Line(contact, opens_next(contact.hours, at), instead))
    lines["open"].sort(key=lambda line: not line.contact.phone)
    answering = {line.contact.code: line.contact for line in lines["open"]}
    lines["worried"] = next((answering[code] for code in WORRIED if code in answering), None)
    return lines


def national():
    """The national lines as contacts, for as long as an organisation has none of its own."""
    made = {line["code"]: HelpContact(**line | {"otherwise": None}) for line in NATIONAL}
    for line in NATIONAL:
        made[line["code"]].otherwise = made.get(line.get("otherwise"))
    return list(made.values())
