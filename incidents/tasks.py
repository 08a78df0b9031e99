"""The room's clock: asks what waits too long, and raises notices. Any of it may run any number of times."""

from celery import shared_task
from django.utils.timezone import now

from harmony.notifications.sweeps import Here, Sweep, pieces

from .ladders import A_DAY, LATE, STILL_UNSENT, UNSENT, hand_on
from .models import Case, Report
from .models.breaches import Breaches


@shared_task
def escalate(at=None):
    """Cases that nobody has read, weighed, or moved on in time."""
    here = Here(at or now())
    with Sweep("cases that wait") as sweep:
        for name in LATE:
            cases = Case.objects.unread() if name == "acknowledge" else Case.objects.waiting(name, here.at)
            for piece in pieces(cases.select_related("owner").prefetch_related("recusals"), "since"):
                _climb(name, piece, here, sweep)


def _climb(name, cases, here, sweep):
    """What has been told, and the numbers, closures and rota, are read once for all of them."""
    ladder, breaches = LATE[name], Breaches(name, cases, here)
    told = ladder.told(cases)
    for case in cases:
        with sweep.one(case):
            if case.since > here.at:
                hand_on(case, here, {who for _rung, who, *_more in told[case.pk]})
                continue
            due, when = breaches.of(case)
            promised = case.is_promised(name)
            heard = {case.acknowledged_by_id} if name == "triage" and not promised else ()
            rungs = {"promised": promised, "heard": heard, "here": here, "told": told[case.pk]}
            ladder.climb(case, started=case.filed_at, due=due, when=when, **rungs)


@shared_task
def remind_of_drafts(at=None):
    """Its author first; after a day whoever may ask them. Nothing here throws a draft away."""
    here = Here(at or now())
    with Sweep("reports that were not sent") as sweep:
        for drafts in pieces(Report.objects.left_lying(here.at).select_related("author"), "saved_at"):
            reminded, told = UNSENT.told(drafts), STILL_UNSENT.told(drafts)
            for draft in drafts:
                with sweep.one(draft):
                    UNSENT.remind(draft, here=here, told=reminded[draft.pk])
                    due = draft.started_at + A_DAY
                    STILL_UNSENT.climb(draft, started=draft.started_at, due=due, here=here, told=told[draft.pk])
