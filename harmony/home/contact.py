"""Exceptions to the contact rules, with whoever hears of them: those who may decide when one is asked for, who asked once it
is decided (S25). How young people may be reached lies in people/models/contact.py.
"""

from django.utils.timezone import now

from harmony.audit.events import event
from harmony.notifications.models import Notice
from harmony.notifications.telling import tell
from harmony.people.access import LEADS, close_to, who_vouches
from harmony.people.models import ContactException

EXCEPTION = "contact_exception"  # the kind
ASKED, DECIDED = "contact_asked", "contact_decided"  # the clocks, and what is said


def ask(exception, wanted, reason, last_day, *, by, at=None):
    at = at or now()
    with event("ask", by=by, about=exception, at=at):
        exception.ask(wanted, reason, last_day, by=by, at=at)
        tell(EXCEPTION, exception, who_vouches(exception.user), clock=ASKED, sentence=ASKED, at=at)


def allow(exception, decision, *, by, at=None):
    _decide(exception, exception.approve, "approve", decision, by, at)


def refuse(exception, decision, *, by, at=None):
    _decide(exception, exception.refuse, "refuse", decision, by, at)


def _decide(exception, step, verb, decision, by, at):
    at = at or now()
    with event(verb, by=by, about=exception, at=at):
        step(decision, by=by, at=at)
        Notice.objects.of(exception, ASKED).stop(at)
        tell(EXCEPTION, exception, [exception.user], clock=DECIDED, sentence=DECIDED, at=at)


def end(exception, *, by, at=None):
    at = at or now()
    with event("end", by=by, about=exception, at=at):
        exception.end(by=by, at=at)
        Notice.objects.of(exception, ASKED).stop(at)


def to_decide(user, on=None):
    """Those that wait for a yes or no which this person may give: as `may_decide_exception` says, in two queries."""
    if not user.holds(*LEADS):
        return ContactException.objects.none()
    waiting = ContactException.objects.visible_to(user).asked(on).exclude(user__in=[user.pk, *close_to(user)])
    return waiting.select_related("user").order_by("asked_on")
