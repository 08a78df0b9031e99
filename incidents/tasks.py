"""The room's clock: asks what waits too long, and raises notices. Any of it may run any number of times."""

from celery import shared_task
from django.utils.timezone import now

from harmony.notifications.sweeps import Here, Sweep, pieces

from .ladders import A_DAY, LATE, LOOK_LATE, REMIND, REMIND_CASE, STILL_UNSENT, UNSENT, hand_on
from .models import Action, Case, Report, SecondLook
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
def remind_of_actions(at=None):
    """Whoever was asked to do something, on its day and after it; once it is late, whoever has the case too."""
    here = Here(at or now())
    with Sweep("actions to do") as sweep:
        open_ones = Action.objects.to_remind(here.at).select_related("owner", "case__owner")
        for actions in pieces(open_ones.prefetch_related("case__recusals"), "due_on"):
            reminders = [(reminder, reminder.told(actions)) for reminder in (REMIND_CASE, REMIND)]
            for action in actions:
                with sweep.one(action):
                    for reminder, told in reminders:
                        reminder.remind(action, here=here, told=told[action.pk])


@shared_task
def escalate_looks(at=None):
    """What a reporter asked somebody above to look at again, and has no answer to."""
    here = Here(at or now())
    with Sweep("second looks that wait") as sweep:
        waiting = SecondLook.objects.waiting(here.at).select_related("report__author", "report__case")
        for looks in pieces(waiting.prefetch_related("report__case__recusals"), "due_at"):
            told = LOOK_LATE.told(looks)
            for look in looks:
                with sweep.one(look):
                    when = {"started": look.asked_at, "due": look.due_at, "here": here, "told": told[look.pk]}
                    LOOK_LATE.climb(look, **when)


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
