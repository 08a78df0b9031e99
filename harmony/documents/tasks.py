"""The clock of documents. `manage.py make_documents` does the same without a worker."""

from celery import shared_task
from django.utils.timezone import now

from . import making
from .access import WORKER
from .models import Export


@shared_task
def make_waiting():
    making.make_waiting()


@shared_task
def expire(at=None):
    """What ran out is deleted. The row stays, and says who had what, when and why."""
    for export in Export.objects.past_their_time(at or now()):
        export.expire(by=WORKER)
