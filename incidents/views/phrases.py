"""What several pages say of people, of promises, and of whom to ring outside."""

from dataclasses import dataclass

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from harmony.look.words import by, day
from harmony.people.models import User

from ..access import kept_out
from ..promises import outside, promise_for
from ..who import described

__all__ = ["described", "due_pill", "not_offered", "not_reading", "outside", "promised"]


# what is owed of a concern about one of us, as its page says it
OWED = {"lado": _lazy("Tell the LADO"), "dbs": _lazy("Decide on the DBS")}


@dataclass(frozen=True)
class Promised:
    """Who will read a report and by when, in words. What is empty is not promised."""

    people: list  # who will be able to read it …
    readers: list  # … in words
    read_by: str
    decide_by: str
    tell_by: str
    is_covered: bool  # somebody who may read it is on call at this moment
    not_before: str  # nobody who may read it is on call until then


def not_offered(report):
    """Whom no page of it may offer to ring: those it keeps out; everybody, until it is said whom of us it is about."""
    if report.awaits_names:
        return User.objects.all()
    return kept_out(report.about) if report.named else set()


def not_reading(promise):
    """Everybody but those who will be able to read it."""
    return User.objects.exclude(pk__in=[user.pk for user in promise.people])


def due_pill(due_on, today=None):
    """(tone, words, icon) for something to do by a day."""
    today = today or localdate()
    if due_on < today:
        return "red", _("Late: by %(day)s") % {"day": day(due_on)}, "alert"
    if due_on == today:
        return "amber", _("By today"), "clock"
    return "plain", _("By %(day)s") % {"day": day(due_on)}, "clock"


def promised(track, about=(), *, pressing=False, at=None):
    promise = promise_for(track, about, pressing=pressing, at=at)
    not_before = None if promise.covered_now else promise.next_cover
    words = {"read_by": promise.by, "decide_by": promise.decide_by, "tell_by": promise.tell_by}
    return Promised(
        people=promise.readers,
        readers=described(promise.readers),
        is_covered=promise.covered_now,
        not_before=by(not_before) if not_before else "",
        **{name: by(moment) if moment else "" for name, moment in words.items()},
    )
