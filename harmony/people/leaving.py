"""Somebody leaves: their work goes to who takes it, then everything of theirs ends, in one event."""

from harmony.audit.events import event


def leave(person, *, given, last_day, why, by):
    """`given`: (between.Work, who takes it or None). Handing over comes first: what is left ends with them."""
    with event("leave", by=by, why=why, about=person):
        for work, taker in given:
            work.give(taker, by=by)
        person.leave(last_day, why=why, by=by)
