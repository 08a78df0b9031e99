"""The clock of messages. `manage.py dispatch` does the same without a worker."""

from celery import shared_task

from . import dispatch


@shared_task
def send_waiting():
    dispatch.send_waiting()
