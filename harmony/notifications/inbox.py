"""What the menu and the pages ask: how many messages wait, and who could not be told."""

from dataclasses import dataclass, field

from harmony.people.models import User

from . import access, sources
from .models import Delivery, Notice

AT_MOST = 99  # what a badge has room for


def unread(user):
    """How many wait for this person. Two queries, where the database can answer alone: on every page, so a cheap one first."""
    own = Notice.objects.waiting().filter(recipient=user).order_by()
    if not (kinds := set(own.values_list("kind", flat=True).distinct())):
        return 0
    found = list(own.filter(access.notices_visible_to(user, kinds)).only("kind", "about")[:AT_MOST])
    asked = [notice for notice in found if sources.get(notice.kind).may]
    return len(found) - len(access.hidden_from(user, asked))


def unanswered_reminders():
    """How many things people were reminded of, about no case, and nobody has answered. Each once, whoever was told."""
    kinds = [source.code for source in sources.every() if source.reminds]
    return Notice.objects.filter(kind__in=kinds, stopped_at=None).order_by().values("about", "clock").distinct().count()


@dataclass(frozen=True)
class NotTold:
    """Somebody to ring, because no message reaches them."""

    user: User
    urgent: int


@dataclass(frozen=True)
class Trouble:
    """What the head of the page says of urgent messages that did not get out: nothing, most of the time."""

    people: list = field(default_factory=list)  # whom to ring, for those who may know what it is about
    nameless: bool = False  # that somebody was not reached, for those who see to the machine
    oneself: bool = False


def trouble(user, at=None):
    """Urgent messages that did not get out, as far as this person may know. One cheap query, unless there are any."""
    stuck = Delivery.objects.trouble(at)
    kinds, others = set(), set()
    for kind, recipient in stuck.order_by().values_list("notice__kind", "notice__recipient").distinct():
        (kinds if recipient == user.pk else others).add(kind)
    return Trouble(
        people=not_told(user, at, others) if others else [],
        nameless=bool(others) and access.may_hear_of_unsent(user),
        oneself=bool(kinds)
        and stuck.filter(notice__in=Notice.objects.filter(access.notices_visible_to(user, kinds))).exists(),
    )


def not_told(user, at=None, kinds=None):
    """Whom an urgent message has not reached, as far as this person may know what it is about. `kinds`: only of these."""
    if not access.may_see_unsent(user):
        return []
    stuck = unsent_visible_to(user, at, kinds).select_related("notice__recipient")
    people = {}
    for delivery in stuck:
        people.setdefault(delivery.notice.recipient, set()).add(delivery.notice_id)
    return [NotTold(person, len(notices)) for person, notices in people.items()]


def unsent_visible_to(user, at=None, kinds=None):
    """Deliveries in trouble: other people's, of records that this person may see too. (Of one's own one is told apart.)"""
    seen = Notice.objects.filter(access.about_what_they_see(user, kinds)).exclude(recipient=user)
    return Delivery.objects.trouble(at).filter(notice__in=seen)


def given_up_visible_to(user):
    """Dead letters that this person may see to, oldest first."""
    seen = Notice.objects.filter(access.given_up_visible_to(user))
    return Delivery.objects.given_up().filter(notice__in=seen).order_by("notice__created_at")
