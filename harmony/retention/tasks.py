"""The schedule's clock: it proposes, and destroys nothing."""

from celery import shared_task
from django.utils.timezone import now

from . import proposing


@shared_task
def propose(at=None):
    proposing.propose(at or now())
