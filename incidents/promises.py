"""What may be promised to whoever reports a concern: who reads it, by when, and whom to ring where nobody will.

    promise = promise_for(Track.CHILD, pressing=False)
    promise.by            # read by then; None: nothing is promised
    promise.covered_now   # somebody who may read it is on call
    promise.next_cover    # None: nobody is on the rota ahead

The same clocks answer here before it is sent as at filing, so the page never says other than what is kept.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.timezone import now

from harmony.organisation.models import HelpContact

from . import lines
from .models.timing import clocks_at

OUTSIDE = ("lado", "mash", "edt", "101", "nspcc")  # whom to ring when nobody here can read it


@dataclass(frozen=True)
class Promise:
    by: datetime | None  # read by then
    decide_by: datetime | None  # what is done about it is decided
    tell_by: datetime | None  # and its author is told what can be told
    covered_now: bool
    next_cover: datetime | None  # from when somebody who may read it is on call; now, where covered_now
    readers: list = field(default_factory=list)  # who may read it, whether on call or not


def promise_for(track, about=(), *, pressing=False, at=None):
    """For a report that would be sent at this moment, about these people."""
    at = at or now()
    readers = lines.readers(track, about)
    return promised(clocks_at(at, readers), at, pressing=pressing, track=track, readers=readers)


def promised(clocks, at, *, pressing, track, readers):
    """Nothing is promised for a time in which nobody is there to keep it, however pressing it is."""
    ahead = [(max(since, at), until) for since, until in clocks.cover if until > at]
    next_cover = ahead[0][0] if ahead else None
    due = clocks.filed(at, pressing=pressing, track=track)
    is_kept = bool(next_cover and due.acknowledge and next_cover < due.acknowledge)
    return Promise(
        by=due.acknowledge if is_kept else None,
        decide_by=due.triage if is_kept else None,
        tell_by=due.tell if is_kept else None,
        covered_now=next_cover == at,
        next_cover=next_cover,
        readers=readers,
    )


def outside(at=None):
    """Whom to ring outside, now: each contact, or who stands in for it while it is closed."""
    at = at or now()
    contacts = HelpContact.objects.filter(code__in=OUTSIDE).select_related("otherwise")
    in_order = sorted(contacts, key=lambda contact: OUTSIDE.index(contact.code))
    open_now = dict.fromkeys(contact.now_or_otherwise(at) for contact in in_order)
    return [contact for contact in open_now if contact.code != "999"]  # which every page names anyway
