"""The clock: which sweep runs, how often.

No message is the truth. Each task asks the database what is due and may run any number of times, so
whatever the broker loses, the next sweep finds. No view sends one: a view writes a row.
"""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "harmony.settings")

app = Celery("harmony")
app.config_from_object("django.conf:settings", namespace="CELERY")  # the broker
app.conf.update(
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,  # nobody waits for an answer; the row is the answer
    task_acks_late=True,  # a worker that dies gives its task back …
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
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


app.conf.beat_schedule = {
    "documents that wait": sweep("harmony.documents.tasks.make_waiting", 5),
    "messages that wait": sweep("harmony.notifications.tasks.send_waiting", 5),
    "what waits too long": sweep("harmony.notifications.tasks.climb", 60),
    "documents past their time": sweep("harmony.documents.tasks.expire", 10 * 60),
    "what the ground lacks": sweep("harmony.home.tasks.remind_of_lacks", 15 * 60),
    "a sign of life": sweep("harmony.home.tasks.live", 30),
    "the seal of the book": sweep("harmony.audit.tasks.seal_book", 60),
    "the check of the book": sweep("harmony.audit.tasks.check_book", crontab(hour=3, minute=10)),
    "sessions past their time": sweep("harmony.home.tasks.clear_sessions", crontab(hour=3, minute=30)),
}
app.autodiscover_tasks()
