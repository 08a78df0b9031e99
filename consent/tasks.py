"""The clock of this room."""

from celery import shared_task
from django.utils.timezone import now

from . import campaigning, sweeping


@shared_task
def settle(at=None):
    sweeping.settle(at or now())


@shared_task
def write_letters(at=None):
    campaigning.write_letters(at or now())
