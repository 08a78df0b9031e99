"""The clock of files."""

from celery import shared_task

from . import sweeping


@shared_task
def sweep():
    sweeping.sweep()
