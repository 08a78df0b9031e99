"""Telling people something: the notice, and the messages that carry it, in the transaction that causes it.

    tell("case", case, people, clock="read", sentence="case", due=case.acknowledge_due, urgent=case.danger)

Nothing is sent here: the dispatcher finds what was written (dispatch.py). Call it inside an event.
"""

from django.utils.timezone import now

from harmony.encryption.fields import root_of
from harmony.people import rota

from . import phone, sources
from .models import Delivery, Notice

MAIL, PHONE = Delivery.Channel.MAIL, Delivery.Channel.PHONE


def tell(kind, record, people, *, clock, sentence, rung=0, due=None, urgent=False, within=None, at=None):
    """The notices that are new. Nobody hears twice of one rung, nor of a record they may not see.

    `within` is the record in whose chain it stands, where that is another: an author hears of their own
    report because of a case, whose chain is locked already.
    """
    at = at or now()
    told = set(Notice.objects.of(record, clock).filter(rung=rung).values_list("recipient", flat=True))
    fresh = {person.pk: person for person in people if person.pk not in told}
    notices = [
        Notice(
            recipient=person,
            kind=kind,
            about=record.pk,
            root=root_of(within or record),
            clock=clock,
            rung=rung,
            sentence=sentence,
            due=due,
            urgent=urgent,
            created_at=at,
        )
        for person in fresh.values()
        if sources.sees(person, kind, record.pk)
    ]
    Notice.objects.bulk_create(notices)
    Delivery.objects.bulk_create(_deliveries(notices, at))
    return notices


def _deliveries(notices, at):
    """By e-mail, always; to the phone only what is urgent, of whoever is on call."""
    on_call = set()
    if phone.is_set_up() and any(notice.urgent for notice in notices):
        on_call = {reach.user.pk for reach in rota.on_call(at)}
    for notice in notices:
        yield Delivery(notice=notice, channel=MAIL, next_try_at=at)
        if notice.urgent and notice.recipient_id in on_call:
            yield Delivery(notice=notice, channel=PHONE, next_try_at=at)


def test(user, *, at=None):
    """A message to oneself, by every way there is: whether messages go out. Call it inside an event about the user."""
    at = at or now()
    minute = int(at.timestamp()) // 60  # pressed twice in a minute, sent once
    notices = tell("test", user, [user], clock="test", sentence="test", rung=minute, urgent=True, at=at)
    if phone.is_set_up() and user.phone:
        have = set(Delivery.objects.filter(notice__in=notices, channel=PHONE).values_list("notice", flat=True))
        fresh = [notice for notice in notices if notice.pk not in have]
        Delivery.objects.bulk_create(Delivery(notice=notice, channel=PHONE, next_try_at=at) for notice in fresh)
    return notices
