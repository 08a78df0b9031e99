"""PDF: how it begins and ends here, what is in it by a process of its own, which may use little and ends soon."""

import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from harmony.audit.transitions import Refused

from .signs import must_begin, two_things

CHUNK, PATIENCE = 64 * 1024, 30  # bytes; seconds
INSIDE = Path(__file__).with_name("inside_a_pdf.py")


def check(file, size):
    must_begin(file, "pdf")
    file.seek(max(0, size - 2048))
    last = file.read().rpartition(b"%%EOF")
    if not last[1]:
        raise broken()
    if last[2].strip(b"\r\n\t \0"):
        raise two_things()
    answer = _look_inside(file)
    if answer == "a program":
        raise Refused(_("This PDF holds a program or another file. Print it as a new PDF, and add that."))
    if answer == "a password":
        raise Refused(_("This PDF has a password, so nobody could check it. Save it without one, and add that."))
    if answer != "nothing":
        raise broken()


def broken():
    return Refused(_("This PDF is broken, or was cut off. Print it as a new PDF, and add that."))


def _look_inside(file):
    """Through a pipe: nothing readable is on disk."""
    file.seek(0)
    started = [sys.executable, "-I", str(INSIDE)]
    with subprocess.Popen(started, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        try:
            answer, _none = child.communicate(file.read(), timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            return "too much"
        return answer.decode("ascii", "replace").strip()
