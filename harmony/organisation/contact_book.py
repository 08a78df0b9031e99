"""Whom to ring at which council: our own out of the help contacts, the others out of the contact book.

lines_of(council, "children")     # its front door, then who answers when that is closed; None is our own council
"""

from dataclasses import dataclass

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from .councils import LINES
from .hours import open_at
from .models import HelpContact

TITLES = {
    "children": _("Children’s services, front door"),
    "adults": _("Adult social care, front door"),
    "lado": _("Designated officer (LADO)"),
    "edt": _("Emergency duty team"),
}
OURS = {"children": "mash", "lado": "lado", "edt": "edt"}  # the codes of our own council's help contacts


@dataclass(frozen=True)
class Line:
    """A number to ring, and whether somebody answers it at this moment. `hours` may be empty: not known."""

    title: object
    phone: str
    hours: str
    is_open: bool


def lines_of(council, *wanted, at=None):
    """These lines as far as they are known, the emergency duty team last: it answers when the others are closed."""
    at = at or now()
    wanted = [one for one in LINES if one in (*wanted, "edt")]
    known = _kept(council, wanted) if council else _ours(wanted)
    return [Line(TITLES[one], phone, hours, bool(hours) and open_at(hours, at)) for one, phone, hours in known if phone]


def _kept(council, wanted):
    return [(one, getattr(council, f"{one}_phone"), getattr(council, f"{one}_hours")) for one in wanted]


def _ours(wanted):
    codes = [OURS[one] for one in wanted if one in OURS]
    found = {contact.code: contact for contact in HelpContact.objects.filter(code__in=codes)}
    known = [(one, found.get(OURS.get(one))) for one in wanted]
    return [(one, contact.phone, contact.hours) for one, contact in known if contact]
