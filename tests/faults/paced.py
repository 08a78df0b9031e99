"""The product's own clock and worker, with a quicker pace, so that a hundred reports take minutes: `celery --app tests.faults.paced`.

Sweeps of a minute come every ten seconds, and a message that could not be sent is tried again sooner. Nothing else differs.
(EMAIL_TIMEOUT, in which claims are counted, is a setting: stack.py sets it.)
"""

from datetime import timedelta

import django

from harmony.celery import app

django.setup()

from harmony.notifications import dispatch

MINUTE, PACED = 60, 10  # seconds

dispatch.FIRST_WAIT = timedelta(seconds=4)
for entry in app.conf.beat_schedule.values():
    if entry["schedule"] == MINUTE:
        entry["schedule"] = entry["options"]["expires"] = PACED
