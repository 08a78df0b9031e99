"""What the menu and the pages ask: how many messages wait, and who could not be told."""

from dataclasses import dataclass

from harmony.people.models import User

from . import access, sources
from .models import Delivery, Notice

AT_MOST = 99  # what a badge has room for


def unread(user):
    """How many wait for this person. One query, where the database can answer alone."""
    waiting = Notice.objects.waiting().filter(access.notices_visible_to(user))
    found = list(waiting.order_by().only("kind", "about")[:AT_MOST])
    asked = [notice for notice in found if sources.get(notice.kind).may]
    return len(found) - len(access.hidden_from(user, asked))


@dataclass(frozen=True)
class NotTold:
    """Somebody to ring, because no message reaches them."""

    user: User
    urgent: int


def not_told(user, at=None):
    """Whom an urgent message has not reached, as far as this person may know what it is about."""
    if not access.may_see_unsent(user):
        return []
    stuck = unsent_visible_to(user, at).select_related("notice__recipient")
    people = {}
    for delivery in stuck:
        people.setdefault(delivery.notice.recipient, set()).add(delivery.notice_id)
    return [NotTold(person, len(notices)) for person, notices in people.items()]


def unsent_visible_to(user, at=None):
    """Deliveries in trouble: other people's, of records that this person may see too. (One's own one has here.)"""
    seen = Notice.objects.filter(access.about_what_they_see(user)).exclude(recipient=user)
    return Delivery.objects.trouble(at).filter(notice__in=seen)
