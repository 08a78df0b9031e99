"""The room's clock: asks what waits too long, and raises notices. Any of it may run any number of times."""

from celery import shared_task
from django.utils.timezone import now

from .ladders import A_DAY, STILL_UNSENT, UNSENT
from .models import Report


@shared_task
def remind_of_drafts(at=None):
    """Its author first; after a day whoever may ask them. Nothing here throws a draft away."""
    at = at or now()
    for draft in Report.objects.left_lying(at).select_related("author"):
        UNSENT.remind(draft, at=at)
        STILL_UNSENT.climb(draft, started=draft.started_at, due=draft.started_at + A_DAY, at=at)
