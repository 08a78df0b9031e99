"""Runs a few programs as one: they start together and end together; one that falls is started again.

What never stood stops everything, for starting it again would not help: a port that is taken, a package that is not
there. What has stood is started again for as long as it takes, at most a minute apart, while the others go on.
"""

import contextlib
import os
import signal
import subprocess
import time

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

PATIENCE = 20  # seconds for a program to finish what it is doing
STANDS = 10  # seconds after which a program counts as running
FIRST_PAUSE, LONGEST_PAUSE = 1, 60  # seconds before it is started again: twice as long each time that it did not stand


class Program:
    """One of them, and how it has fared."""

    def __init__(self, name, command):
        self.name, self.command = name, command
        self.process, self.has_stood, self.pause, self.again_at = None, False, FIRST_PAUSE, 0.0

    def start(self):
        self.started = time.monotonic()
        # a session of its own: Ctrl-C reaches the supervisor alone, which ends them in order
        self.process = subprocess.Popen(self.command, start_new_session=True)

    def is_to_be_started(self):
        return not self.process and time.monotonic() >= self.again_at

    def has_fallen(self):
        return self.process and self.process.poll() is not None

    def bury(self, stands):
        """With all it started. How long to wait before it is started again."""
        stood = time.monotonic() - self.started >= stands
        self.has_stood |= stood
        pause = FIRST_PAUSE if stood else self.pause
        self.pause, self.again_at = min(2 * pause, LONGEST_PAUSE), time.monotonic() + pause
        self.kill()
        return pause

    def kill(self):
        """It and its children, if any are left."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None


class Supervisor:
    """`programs`: {name: command line}. `say` takes a sentence."""

    def __init__(self, programs, say, stands=STANDS):
        self.programs, self.say, self.stands = [Program(*one) for one in programs.items()], say, stands
        self.told_to_end = False

    def run(self):
        """Until somebody says so, or one cannot even begin. The exit code: 0 if it was asked for."""
        before = {number: signal.signal(number, self._end) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            unable = self._watch()
        finally:
            self._stop_all()
            for number, handler in before.items():
                signal.signal(number, handler)
        if unable:
            told = _("The %(program)s stopped by itself, so everything was stopped. Its last words are above.")
            self.say(told % {"program": unable.name})
        return 1 if unable else 0

    def _end(self, number, frame):
        self.told_to_end = True

    def _watch(self):
        """The program that never stood; None when we were told to end."""
        while not self.told_to_end:
            for program in self.programs:
                if program.is_to_be_started():
                    program.start()
                elif program.has_fallen():
                    pause = program.bury(self.stands)
                    if not program.has_stood:
                        return program
                    self._say_that_it_fell(program, pause)
            time.sleep(0.2)
        return None

    def _say_that_it_fell(self, program, pause):
        told = ngettext(
            "The %(program)s stopped by itself. It is started again in %(count)d second. Its last words are above.",
            "The %(program)s stopped by itself. It is started again in %(count)d seconds. Its last words are above.",
            pause,
        )
        self.say(told % {"program": program.name, "count": pause})

    def _stop_all(self):
        """Asked first, all at once; what has not ended in time is killed with all it started."""
        running = [program for program in self.programs if program.process]
        for program in running:
            if program.process.poll() is None:
                program.process.terminate()
        deadline = time.monotonic() + PATIENCE
        for program in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                program.process.wait(max(deadline - time.monotonic(), 0.1))
            program.kill()
