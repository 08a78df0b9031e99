"""What has to be swept that belongs to no room."""

from celery import shared_task
from django.core.management import call_command
from django.utils.timezone import now

from . import ladders
from .models import Heartbeat


@shared_task
def clear_sessions():
    call_command("clearsessions")


@shared_task
def live():
    """Through the clock, the queue and a worker: when this row is old, one of them has stopped."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"beaten_at": now()})


@shared_task
def remind_of_lacks(at=None):
    ladders.remind(at or now())
