"""Asking a ClamAV daemon about a file, over its INSTREAM command. Without one nothing is scanned, and pages say so.

The file is told to the scanner and to nobody else: CLAMAV is the address of a machine that is trusted with it.
"""

import socket
import struct

from django.conf import settings
from django.utils.translation import gettext as _

from harmony.audit.transitions import Refused

CHUNK, PATIENCE = 64 * 1024, 30  # bytes; seconds


def scan(content):
    """Whether it was scanned. Raises Refused where something was found, or where the scanner did not answer."""
    if not settings.CLAMAV:
        return False
    try:
        answer = _ask(content)
    except OSError:
        answer = ""
    if answer.endswith(" FOUND"):
        raise Refused(_("The virus scanner found something in this file. Do not open it. Ask whoever looks after IT."))
    if answer != "stream: OK":
        raise Refused(
            _("The virus scanner does not answer, so we cannot take files now. Keep it, and try again later.")
        )
    return True


def _ask(content):
    host, _colon, port = settings.CLAMAV.rpartition(":")
    content.seek(0)
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as clam:
        clam.sendall(b"zINSTREAM\0")
        while chunk := content.read(CHUNK):
            clam.sendall(struct.pack(">I", len(chunk)) + chunk)
        clam.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := clam.recv(4096)):
            answer += more
    return answer.rstrip(b"\0").decode("ascii", "replace")
