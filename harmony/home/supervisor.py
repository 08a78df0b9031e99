"""Runs a few programs as one: they start together, and when one ends, for whatever reason, all end."""

import contextlib
import os
import signal
import subprocess
import time

from django.utils.translation import gettext as _

PATIENCE = 20  # seconds for a program to finish what it is doing


class Supervisor:
    """`programs`: {name: command line}. `say` takes a sentence."""

    def __init__(self, programs, say):
        self.programs, self.say = programs, say
        self.running = {}
        self.told_to_end = False

    def run(self):
        """Until one ends or somebody says so. The exit code: 0 if it was asked for."""
        before = {number: signal.signal(number, self._end) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            for name, command in self.programs.items():
                # a session of its own: Ctrl-C reaches us alone, and we end them in order
                self.running[name] = subprocess.Popen(command, start_new_session=True)
            ended = self._wait()
        finally:
            self._stop_all()
            for number, handler in before.items():
                signal.signal(number, handler)
        if ended:
            told = _("The %(program)s stopped by itself, so everything was stopped. Its last words are above.")
            self.say(told % {"program": ended})
        return 1 if ended else 0

    def _end(self, number, frame):
        self.told_to_end = True

    def _wait(self):
        """The name of the program that ended by itself; None when we were told to end."""
        while not self.told_to_end:
            for name, program in self.running.items():
                if program.poll() is not None:
                    return name
            time.sleep(0.2)
        return None

    def _stop_all(self):
        """Asked first, all at once; what has not ended in time is killed with all it started."""
        for program in self.running.values():
            if program.poll() is None:
                program.terminate()
        deadline = time.monotonic() + PATIENCE
        for program in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                program.wait(max(deadline - time.monotonic(), 0.1))
            with contextlib.suppress(ProcessLookupError):  # its children too, if any are left
                os.killpg(program.pid, signal.SIGKILL)
            program.wait()
