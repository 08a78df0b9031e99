"""The clock of this room."""

from celery import shared_task
from django.utils.timezone import now

from . import sweeping


@shared_task
def settle(at=None):
    sweeping.settle(at or now())
