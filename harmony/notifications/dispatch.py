"""From a waiting row to a message that is out: take one, ask the right again, send it, write that down.

Nothing is lost: what was taken by a process that died is free again when its claim runs out. Nothing is sent by two:
whoever takes a message is done with it, well or not, before the claim runs out. A message may go out twice, if we die
after the other side took it and before we wrote that down; it is the same message then.
"""

import logging
import random
from datetime import timedelta
from time import monotonic, sleep
from uuid import uuid4

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils.timezone import now

from harmony.audit.events import hour_of

from . import mail, phone
from .bounded import A_STAGE
from .models import Delivery

log = logging.getLogger(__name__)
# times EMAIL_TIMEOUT, 10 seconds unless told otherwise: how long a claim holds, and how late in it a send may begin
HOLDS, BEGINS = 6, 2
LONGEST = 2 * A_STAGE  # to be let in, and to hand it over: BEGINS + LONGEST < HOLDS, whatever the other side does
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
TRIES = 30  # about a day
A_PAUSE = 0.5  # seconds, before a database that is away is asked again
A_RUN = 200  # messages, then the next sweep goes on
MAIL, PHONE = Delivery.Channel.MAIL, Delivery.Channel.PHONE
MODULES = {MAIL: mail, PHONE: phone}


class Silent(Exception):
    """The other side is not there, or does not answer in time."""


class TooLate(Exception):
    """So little of the claim is left that another might take the message while it is sent."""


def claim():
    return timedelta(seconds=HOLDS * settings.EMAIL_TIMEOUT)


def send_waiting(at=None):
    """Send what waits, urgent first. How many went out."""
    return sum(_send_by(channel, at) for channel in MODULES)


def _send_by(channel, at):
    """A server that does not answer is left alone until the next sweep, so that it cannot hold up the rest."""
    sent, way = 0, MODULES[channel].Way()
    try:
        for _turn in range(A_RUN):
            taken = monotonic()
            if not (delivery := take(channel, at)):
                break
            sent += attempt(delivery, way, at, taken)
    except Silent:
        log.warning("A server does not answer", extra={"status": channel})
    finally:
        way.close()
    return sent


def take(channel, at=None):
    """Claim the one that is most pressing: a token of our own, until the claim runs out. None when there is none."""
    at = at or now()
    with transaction.atomic():
        waiting = Delivery.objects.to_send(at).filter(channel=channel).select_related("notice__recipient")
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True, of=("self",))  # SQLite: one writer at a time anyway
        delivery = waiting.order_by("-notice__urgent", "next_try_at").first()
        if not delivery:
            return None
        delivery.token, delivery.status, delivery.next_try_at = uuid4(), Delivery.Status.CLAIMED, at + claim()
        delivery.attempts += 1
        delivery.save(update_fields=["token", "status", "next_try_at", "attempts"])
    return delivery


def attempt(delivery, way, at=None, taken=None):
    """Whether it went out. What goes wrong is kept as the class of the error: its words may hold an address.

    `taken`: when, on the monotonic clock.
    """
    at, taken, notice = at or now(), taken or monotonic(), delivery.notice
    if not notice.is_wanted():
        finish(delivery, Delivery.Status.DROPPED)
        return False
    if quiet_until := _quiet_until(notice, at):
        finish(delivery, Delivery.Status.PENDING, next_try_at=quiet_until, attempts=delivery.attempts - 1)
        return False
    try:
        if delivery.attempts > TRIES:  # it ended whoever tried it, again and again
            raise RuntimeError
        if monotonic() > taken + BEGINS * settings.EMAIL_TIMEOUT:
            raise TooLate
        way.send(notice, at)
    except Exception as error:
        log.warning("A message could not be sent", extra={"ref": notice.pk}, exc_info=True)
        _try_later(delivery, error, at)
        if MODULES[delivery.channel].is_silent(error):
            raise Silent from None
        return False
    return _is_out(delivery, at, taken + HOLDS * settings.EMAIL_TIMEOUT)


def _is_out(delivery, at, until):
    """Written down, or it would go out again: where the database is away just now, asked again while the claim holds."""
    while True:
        try:
            return finish(delivery, Delivery.Status.SENT, sent_at=_as_told(delivery.notice, at), failure="")
        except (OperationalError, InterfaceError):
            if monotonic() > until:
                raise
            log.warning("A message is out and could not be written down yet", extra={"ref": delivery.notice_id})
            connection.close_if_unusable_or_obsolete()
            sleep(A_PAUSE)


def _as_told(notice, at):
    """Of a notice whose own time is a whole hour, that of its message is one too: else it says to the minute when it came."""
    return hour_of(at) if notice.created_at == hour_of(notice.created_at) else at


def finish(delivery, status, **more):
    """Only while it is still ours. True if it was. When it was taken is forgotten with the last try."""
    if status not in Delivery.UNDER_WAY:
        more = {"next_try_at": delivery.notice.created_at} | more
    return bool(Delivery.objects.filter(pk=delivery.pk, token=delivery.token).update(status=status, token=None, **more))


def _quiet_until(notice, at):
    """Until when what can wait waits: its reader sleeps. No number is given out for what can wait."""
    quiet = getattr(notice.recipient, "quiet_hours", None)
    return quiet.end_at(at) if quiet and not notice.urgent else None


def _try_later(delivery, error, at):
    given_up = delivery.attempts >= TRIES or MODULES[delivery.channel].is_final(error)
    status = Delivery.Status.DEAD if given_up else Delivery.Status.FAILED
    finish(delivery, status, next_try_at=at + wait(delivery.attempts), failure=type(error).__name__)


def wait(attempts):
    """Twice as long each time, and never all at the same moment."""
    longest = min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)
    return longest * random.uniform(0.7, 1.3)
