"""A flood from one place slows down and is never refused: whoever sends among it is heard as before.

Nothing is kept of who sends, not even in memory: only how many came lately to this process. A few wait at a time, so that the rest
of the website keeps its threads; the others go on at once.
"""

import time
from collections import deque
from threading import BoundedSemaphore, Lock

LATELY = 60  # seconds
FREE = 10  # within that time, before anybody waits
EACH, LONGEST = 0.1, 2.0  # seconds more for each after these, and at most
WAITING = 2  # at a time, of the threads of a process


class Pace:
    """`sleep` and `clock` are told by tests."""

    def __init__(self, *, sleep=time.sleep, clock=time.monotonic, at_least=0.0):
        self.sleep, self.clock, self.at_least = sleep, clock, at_least
        self._came, self._lock, self._waiting = deque(), Lock(), BoundedSemaphore(WAITING)

    def wait(self):
        """Call it once for each that came. How long it should take, in seconds."""
        seconds = max(self.at_least, min(LONGEST, EACH * max(0, self._lately() - FREE)))
        if seconds and self._waiting.acquire(blocking=False):
            try:
                self.sleep(seconds)
            finally:
                self._waiting.release()
        return seconds

    def _lately(self):
        at = self.clock()
        with self._lock:
            self._came.append(at)
            while self._came[0] < at - LATELY:
                self._came.popleft()
            return len(self._came)


sent = Pace()
wrong_codes = Pace(at_least=1.0)  # one a second and thread: a million a day, of 2 to the 65
