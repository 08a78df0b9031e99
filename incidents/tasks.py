"""The room's clock: asks what waits too long, and raises notices. Any of it may run any number of times."""

from celery import shared_task
from django.utils.timezone import now

from .ladders import A_DAY, STILL_UNSENT, UNREAD, UNSENT, UNWEIGHED
from .models import Case, Report


@shared_task
def escalate(at=None):
    """Cases that nobody has read in time, and those that nobody has weighed."""
    at = at or now()
    for case in Case.objects.unread_too_long(at).select_related("owner"):
        _climb(UNREAD, case, "acknowledge", at)
    for case in Case.objects.unweighed_too_long(at).select_related("owner"):
        _climb(UNWEIGHED, case, "triage", at)


def _climb(ladder, case, clock, at):
    due, later = case.breach(clock)
    ladder.climb(case, started=case.filed_at, due=due, at=at, when=later)


@shared_task
def remind_of_drafts(at=None):
    """Its author first; after a day whoever may ask them. Nothing here throws a draft away."""
    at = at or now()
    for draft in Report.objects.left_lying(at).select_related("author"):
        UNSENT.remind(draft, at=at)
        STILL_UNSENT.climb(draft, started=draft.started_at, due=draft.started_at + A_DAY, at=at)
