"""What has to be swept that belongs to no room."""

from celery import shared_task
from django.core.management import call_command
from django.utils.timezone import now

from harmony.encryption import erasures

from . import dormant, guidance, ladders, lost, reviews
from .backups import taking
from .models import BackupKey, Run
from .runs import scheduled


@shared_task
def clear_sessions():
    call_command("clearsessions")


@shared_task
def live():
    """Through the clock, the queue and a worker: when its last run is old, one of them has stopped."""
    Run.objects.wait_for([entry["task"] for _label, entry in scheduled()])


@shared_task
def back_up(at=None):
    """Each night, once there is a key to lock it with; until then the lack of one is told of (ladders.py)."""
    if BackupKey.objects.exists():
        taking.take(at=at)
        taking.throw_away_old(at=at)


@shared_task
def keep_list_of_erasures():
    """What an erasure could not write by itself, as the disk was away."""
    erasures.keep()


@shared_task
def look_for_lacks(at=None):
    """Whoever should hear of one is told by the sweep that climbs."""
    ladders.look(at or now())


@shared_task
def reset_lost_devices(at=None):
    lost.reset_due(at or now())


@shared_task
def open_access_review(at=None):
    reviews.make(at or now())


@shared_task
def suspend_dormant(at=None):
    dormant.suspend(at or now())


@shared_task
def look_up_guidance(at=None):
    guidance.look_up(at or now())
