"""The clock of this room."""

from celery import shared_task
from django.utils.timezone import now

from . import reminding


@shared_task
def settle(at=None):
    reminding.settle(at or now())
