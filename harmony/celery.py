"""The clock: which sweep runs, how often.

No message is the truth. Each task asks the database what is due and may run any number of times, so
whatever the broker loses, the next sweep finds. No view sends one: a view writes a row.
"""

import logging
import os

from celery import Celery, Task
from celery.schedules import crontab
from django.db import Error
from django.utils.timezone import now
from django.utils.translation import gettext_noop as _

log = logging.getLogger(__name__)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "harmony.settings")


class Sweep(Task):
    """Each run is written down: when it began, and how it ended. That this fails stops no sweep."""

    def before_start(self, task_id, args, kwargs):
        self._note(started_at=now())

    def on_success(self, retval, task_id, args, kwargs):
        self._note(good_at=now())

    def on_failure(self, exc, task_id, args, kwargs, einfo):
        self._note(failed_at=now(), failure=type(exc).__name__)

    def _note(self, **facts):
        from harmony.home.models import Run  # tables come after the app

        try:
            Run.objects.note(self.name, **facts)
        except Error as error:
            log.error("A run could not be written down", extra={"task": self.name, "kind": type(error).__name__})


app = Celery("harmony", task_cls=Sweep)
app.config_from_object("django.conf:settings", namespace="CELERY")  # the broker
app.conf.update(
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,  # nobody waits for an answer; the row is the answer
    task_acks_late=True,  # a worker that dies gives its task back …
    task_reject_on_worker_lost=True,
    # It always listens. With a limit, tasks that ended while Redis was away count as unfinished for ever: once they fill it
    # the worker asks for nothing more, so that it never hears that its line is dead, nor that Redis is back (0096).
    worker_prefetch_multiplier=0,
    task_time_limit=15 * 60,  # … and one that hangs is ended
    worker_max_memory_per_child=400_000,  # KB: a long document leaves no fat worker behind
    worker_enable_remote_control=False,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,  # for ever, at most half a minute apart
    beat_scheduler="harmony.beat:Scheduler",
)


def sweep(task, every):
    """A sweep that nobody took in time is dropped: the next one finds the same rows."""
    return {"task": task, "schedule": every, "options": {"expires": every if isinstance(every, int) else 3600}}


# what each is called on the page of those who look after it
app.conf.beat_schedule = {
    _("Documents that wait"): sweep("harmony.documents.tasks.make_waiting", 5),
    _("Messages that wait"): sweep("harmony.notifications.tasks.send_waiting", 5),
    _("What waits too long"): sweep("harmony.notifications.tasks.climb", 60),
    _("Documents past their time"): sweep("harmony.documents.tasks.expire", 10 * 60),
    _("What is lacking here"): sweep("harmony.home.tasks.look_for_lacks", 5 * 60),
    _("A sign of life"): sweep("harmony.home.tasks.live", 30),
    _("The seal of the book"): sweep("harmony.audit.tasks.seal_book", 60),
    _("The check of the book"): sweep("harmony.audit.tasks.check_book", crontab(hour=3, minute=10)),
    _("Files that a stopped machine left behind"): sweep("harmony.files.tasks.sweep", crontab(hour=4, minute=20)),
    _("Lost phones and keys"): sweep("harmony.home.tasks.reset_lost_devices", 5 * 60),
    _("The review of who may do what"): sweep("harmony.home.tasks.open_access_review", crontab(hour=8, minute=5)),
    _("Accounts that nobody uses"): sweep("harmony.home.tasks.suspend_dormant", crontab(hour=3, minute=40)),
    _("The pages of the guidance we follow"): sweep(
        "harmony.home.tasks.look_up_guidance", crontab(day_of_week=1, hour=4, minute=40)
    ),
    _("Permission for pictures that has run out"): sweep("consent.tasks.settle", crontab(hour=0, minute=20)),
    _("Training that falls due"): sweep("training.tasks.settle", 15 * 60),
    _("Letters to families about pictures"): sweep("consent.tasks.write_letters", 10 * 60),
    _("Records past their time"): sweep("harmony.retention.tasks.propose", crontab(hour=1, minute=40)),
    _("The backup"): sweep("harmony.home.tasks.back_up", crontab(hour=2, minute=30)),
    _("The list of what was erased"): sweep("harmony.home.tasks.keep_list_of_erasures", 5 * 60),
    _("Sessions past their time"): sweep("harmony.home.tasks.clear_sessions", crontab(hour=3, minute=30)),
}
app.autodiscover_tasks()
