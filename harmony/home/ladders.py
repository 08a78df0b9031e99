"""What the ground itself may lack, how soon it should be mended, and who hears of it, rung by rung.

A lack is a record from when the sweep finds it until the sweep finds it mended (models.py): its ladder is climbed like
that of any other wait. Whoever can see to it hears at once, who leads after half of its time, and the chair after all.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import IntegrityError
from django.utils.timezone import get_current_timezone, localdate, localtime

from harmony.notifications.access import WORKER
from harmony.notifications.ladders import Ladder, Rung
from harmony.notifications.models import Delivery
from harmony.notifications.sweeps import Sweep
from harmony.notifications.waits import Wait, each
from harmony.organisation.access import may_set_up
from harmony.organisation.models import GuidanceSource, Organisation
from harmony.people import rota
from harmony.people.access import may_see_people, may_see_rota
from harmony.people.models import OnCall, Post, User

from .access import may_see_keys
from .models import Backup, KeySheet, Lack

MORNING, AFTERNOON = time(8), time(16)  # not before; and when we ask who answers tonight
EVENING, A_NIGHT = time(20), timedelta(hours=12)  # until eight
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
NIGHTS = 14  # if any of so many had cover, nights are covered here
BACKUP_EVERY = 3 * A_DAY


@dataclass(frozen=True)
class Kind:
    """One thing that may be lacking. Its code is that of its clock and its sentence too."""

    code: str
    within: timedelta  # it should be mended; what share of it has passed says who hears
    asked: tuple  # posts that can see to it
    is_so: Callable  # (organisation, at) -> bool
    page: str = ""  # where it is mended …
    may_open: Callable | None = None  # … and by whom
    urgent: bool = False

    @property
    def ladder(self):
        return Ladder(
            "lack",
            self.code,
            self.code,
            Rung(after=0.0, tell=_all(self.asked)),
            Rung(after=0.5, tell=_lead),
            Rung(after=1.0, tell=_first_of(Post.CHAIR, Post.VICE, Post.TRUSTEE)),
            urgent=self.urgent,
            runs=lambda lack: Lack.objects.standing().filter(pk=lack.pk).exists(),
        )

    @property
    def wait(self):
        return Wait(
            self.ladder, lambda at: Lack.objects.standing().filter(code=self.code), "since", each(self._counted)
        )

    def _counted(self, lack):
        when = {"when": lambda share: lack.since + share * self.within}
        return {"started": lack.since, "due": lack.since} | when


def _all(posts):
    return lambda lack, here: here.holding(*posts)


def _first_of(*posts):
    """Where a post is empty, or whoever holds it is away, the next one."""
    return lambda lack, here: next(filter(None, (here.present(here.holding(post)) for post in posts)), [])


def _lead(lack, here):
    """Whoever leads; and the DSO line, which hears of what is no case in its weekly summary before."""
    return [*_first_of(Post.LEAD, Post.TRUSTEE)(lack, here), *here.holding(Post.DSO, Post.DEPUTY)]


def _nobody_leads(organisation, at):
    return not User.objects.holding(Post.DSO, Post.DEPUTY, on=localdate(at)).exists()


def _nobody_answers(organisation, at):
    """In hours in which we are open, from now to the same time tomorrow."""
    return any(gap.while_open for gap in rota.gaps(at, at + A_DAY, organisation.hours))


def _nobody_tonight(organisation, at):
    """Asked from the afternoon until the night is over, where nights are covered at all (decision 0170)."""
    local = localtime(at)
    if MORNING <= local.time() < AFTERNOON:
        return False
    tonight = _evening(local.date() - A_DAY * (local.time() < MORNING))
    return not _has_cover(tonight) and any(_has_cover(tonight - A_DAY * back) for back in range(1, NIGHTS + 1))


def _evening(day):
    return datetime.combine(day, EVENING, get_current_timezone())


def _has_cover(evening):
    return OnCall.objects.between(evening, evening + A_NIGHT).filter(user__status=User.Status.ACTIVE).exists()


def _no_key_sheet(organisation, at):
    """Not printed, not held by two trustees, or not confirmed for a year."""
    return bool(KeySheet.objects.lacking(at))


def _no_backup(organisation, at):
    return not Backup.objects.filter(taken_at__gt=at - BACKUP_EVERY).exists()


def _given_up(organisation, at):
    return Delivery.objects.given_up().exists()


def _guidance_is_old(organisation, at):
    """Not looked up again in time, or its page cannot be reached or has changed."""
    return GuidanceSource.objects.lapsed(localdate(at)).exists()


ROTA = (Post.DSO, Post.DEPUTY, Post.OFFICE)
ADMINS = (Post.OFFICE, Post.IT)
KINDS = (
    # nobody reads what is reported now: those who can appoint somebody hear with the office
    Kind(
        "lack_dso", 4 * AN_HOUR, (Post.OFFICE, Post.LEAD), _nobody_leads, "people:people", may_see_people, urgent=True
    ),
    Kind("lack_cover", 4 * AN_HOUR, ROTA, _nobody_answers, "people:rota", may_see_rota),
    Kind("lack_tonight", 4 * AN_HOUR, ROTA, _nobody_tonight, "people:rota", may_see_rota),
    Kind("lack_keys", 7 * A_DAY, (*ADMINS, Post.TRUSTEE), _no_key_sheet, "home:keys", may_see_keys),
    Kind("lack_backup", 4 * A_DAY, ADMINS, _no_backup),
    Kind("lack_guidance", 30 * A_DAY, (Post.DSO, Post.OFFICE), _guidance_is_old, "home:guidance", may_set_up),
    Kind("lack_mail", A_DAY, ADMINS, _given_up),
)
WAITS = [kind.wait for kind in KINDS]


def look(at):
    """Write down what is lacking now, and what is mended. Nobody is told before eight in the morning."""
    organisation, standing = Organisation.current(), {lack.code: lack for lack in Lack.objects.standing()}
    with Sweep("look for lacks") as sweep:
        for kind in KINDS if organisation.pk else ():
            with sweep.one(kind.code):
                _look(kind, standing.get(kind.code), kind.is_so(organisation, at), at)


def _look(kind, lack, is_so, at):
    if lack and not is_so:
        lack.mend(by=WORKER, at=at)
    elif is_so and not lack and localtime(at).time() >= MORNING:
        with suppress(IntegrityError):  # another beat has just found it
            Lack(code=kind.code).find(by=WORKER, at=at)
