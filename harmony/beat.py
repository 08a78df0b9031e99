"""The clock's own clock: celery's beat, which goes on when the machine's time is set back.

Celery's own would wait until its last run is in the past again: set back by an hour, it sends nothing for an hour.
"""

from celery.beat import PersistentScheduler


class Scheduler(PersistentScheduler):
    def tick(self, *args, **kwargs):
        self.forget_the_future()
        return super().tick(*args, **kwargs)

    def forget_the_future(self):
        """What ran at a time that has not come yet ran just now; when each is due is worked out afresh."""
        at = self.app.now()
        ahead = [entry for entry in self.schedule.values() if entry.last_run_at > at]
        for entry in ahead:
            entry.last_run_at = at
        if ahead:
            self._heap = None
