"""How long something may stay out that nobody agrees to any more, and who hears of it."""

from datetime import timedelta

from harmony.notifications.ladders import Ladder, Reminder, Rung
from harmony.notifications.sweeps import Here
from harmony.notifications.telling import tell

from . import access

TAKE_DOWN = "take_down"  # the kind, the clock and the sentence
CAMPAIGN = "asking"  # so too
BEFORE, AFTER = timedelta(days=3), timedelta(days=7)  # its day, when those who keep permission are reminded


def begin(task, at):
    """In the transaction that opens it: whoever keeps permission for pictures. It is no emergency, so no phone rings."""
    tell(TAKE_DOWN, task, _keepers(task, Here(at)), clock=TAKE_DOWN, sentence=TAKE_DOWN, due=task.due_at, at=at)


def _keepers(task, here):
    return here.present(here.holding(access.Post.CONSENT)) or here.present(here.holding(*access.KEEPERS))


def _who_does_it(task, here):
    return here.present([task.owner]) if task.owner and task.owner.is_active else _keepers(task, here)


LATE = Ladder(
    TAKE_DOWN,
    TAKE_DOWN,
    "take_down_late",
    Rung(after=0.0, tell=_who_does_it),
    Rung(after=0.0, tell=_keepers),
    Rung(after=0.5, tell=lambda task, here: here.holding(*access.DSO_LINE)),
    urgent=False,
    runs=lambda task: type(task).objects.open().filter(pk=task.pk).exists(),
)
UNANSWERED = Reminder(
    CAMPAIGN,
    CAMPAIGN,
    CAMPAIGN,
    times=lambda campaign: [campaign.due_at - BEFORE, campaign.due_at, campaign.due_at + AFTER],
    people=_keepers,
)
