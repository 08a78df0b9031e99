"""The clock of messages. `manage.py dispatch` sends without a worker."""

from celery import shared_task

from . import dispatch, waits


@shared_task
def climb():
    waits.climb()


@shared_task
def send_waiting():
    dispatch.send_waiting()
