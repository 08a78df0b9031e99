"""What the ground itself may lack, and who hears of it: at most one message a person for each lack and each day or week.

A lack is asked of the records each time: when it is mended, nobody hears any more, and nothing has to be cleared.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils.timezone import localdate, localtime

from harmony.audit.events import event
from harmony.notifications.access import WORKER
from harmony.notifications.models import Delivery
from harmony.notifications.telling import tell
from harmony.organisation.models import Organisation
from harmony.people import rota
from harmony.people.models import Post, User

from .models import KeySheet

FIRST_DAY = date(2026, 1, 1)  # days are counted from here: each is a rung of its own
MORNING = time(8)
A_DAY, A_WEEK = 1, 7


@dataclass(frozen=True)
class Lack:
    code: str  # of the notice's kind, clock and sentence
    page: str  # where it is mended
    posts: tuple  # who hears
    every: int  # days
    is_so: Callable  # (organisation, at) -> bool
    urgent: bool = False


def _nobody_leads(organisation, at):
    return not User.objects.holding(Post.DSO, Post.DEPUTY, on=localdate(at)).exists()


def _nobody_answers(organisation, at):
    """In hours in which we are open, from now to the same time tomorrow. (Nobody at night is a choice, not a lack.)"""
    return any(gap.while_open for gap in rota.gaps(at, at + timedelta(days=1), organisation.hours))


def _no_key_sheet(organisation, at):
    return not KeySheet.objects.of_the_key_in_use().exists()


def _given_up(organisation, at):
    return Delivery.objects.given_up().exists()


LACKS = (
    Lack("lack_dso", "people:people", (Post.CHAIR, Post.VICE, Post.LEAD), A_DAY, _nobody_leads, urgent=True),
    Lack("lack_cover", "people:rota", (Post.DSO, Post.DEPUTY, Post.LEAD), A_DAY, _nobody_answers),
    Lack("lack_keys", "home:keys", (Post.CHAIR, Post.LEAD, Post.OFFICE), A_WEEK, _no_key_sheet),
    Lack("lack_mail", "home:running", (Post.IT, Post.OFFICE, Post.DSO), A_DAY, _given_up),
)


def remind(at):
    """Tell whoever should know of what is lacking now. The new notices."""
    organisation = Organisation.current()
    local = localtime(at)
    if not organisation.pk or local.time() < MORNING:
        return []
    return [notice for lack in LACKS if lack.is_so(organisation, at) for notice in _tell(lack, organisation, local)]


def _tell(lack, organisation, at):
    people = rota.present(list(User.objects.holding(*lack.posts)), at)
    turn = (at.date() - FIRST_DAY).days // lack.every
    with event("tell", by=WORKER, about=organisation, at=at):
        return tell(
            lack.code,
            organisation,
            people,
            clock=lack.code,
            sentence=lack.code,
            rung=turn,
            urgent=lack.urgent,
            at=at,
        )
