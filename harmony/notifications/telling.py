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
