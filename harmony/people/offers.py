"""What people offer to whoever asks: the rota slots of somebody who goes."""

from django.utils.timezone import now
from django.utils.translation import ngettext

from harmony import between
from harmony.audit.events import event

from .models import OnCall, User


@between.handover.offer
def rota_slots(user, asked_by, at=None):
    """Slots still to come. Whoever takes them answers their own work phone."""
    at = at or now()
    coming = OnCall.objects.filter(user=user).to_come(at)
    if count := coming.count():
        yield between.Work(
            key="rota",
            what=ngettext("%(count)d slot on the on-call rota", "%(count)d slots on the on-call rota", count)
            % {"count": count},
            takers=User.objects.active().exclude(phone="").exclude(pk=user.pk),
            give=lambda taker, by: _give(coming, taker, by, at),
        )


def _give(slots, taker, by, at):
    """A slot stays in the book of who held it; the taker gets one of their own for what is left of it."""
    if taker is None:
        return  # they end with whoever held them, and the rota shows the gap
    slots = list(slots)
    with event("hand over the rota", by=by, about=[taker, *slots]):
        for slot in slots:
            OnCall(user=taker).take_over(slot, by=by, at=at)
            if slot.starts_at < at:
                slot.end(by=by, at=at)
            else:
                slot.give_away(by=by, at=at)
