"""A mail server that keeps what it is given, and breaks as it is told."""

import contextlib
import socketserver
import threading
import time
from collections import Counter
from email import message_from_bytes

HANGS_FOR = 15  # seconds: longer than the time-out of whoever sends


class Sink:
    """`mode`: well, refuses (451), hangs (after the words), deaf (never greets), dies (takes it, and says nothing), slow."""

    def __init__(self):
        self.mode = "well"
        self.taken = Counter()  # Message-ID: how often it was accepted, or taken without an answer
        self.unanswered = 0
        self.lock = threading.Lock()
        self.server = _Server(("127.0.0.1", 0), _Talk)
        self.server.sink = self
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def port(self):
        return self.server.server_address[1]

    def keep(self, raw, *, answered=True):
        with self.lock:
            self.taken[message_from_bytes(raw)["Message-ID"]] += 1
            self.unanswered += not answered

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


class _Talk(socketserver.StreamRequestHandler):
    timeout = 60

    def handle(self):
        with contextlib.suppress(OSError):
            self._talk(self.server.sink)

    def _talk(self, sink):
        if sink.mode == "deaf":
            time.sleep(HANGS_FOR)
            return
        self._say("220 sink")
        while line := self.rfile.readline():
            command = line[:4].upper().strip()
            if command == b"DATA":
                self._say("354 go on")
                if not self._take(sink, self._words()):
                    return
            elif command == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 well")

    def _words(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines)

    def _take(self, sink, raw):
        """Whether to go on talking."""
        if sink.mode == "refuses":
            self._say("451 not now")
            return True
        if sink.mode == "hangs":
            time.sleep(HANGS_FOR)
            return False
        if sink.mode == "dies":
            sink.keep(raw, answered=False)
            return False
        sink.keep(raw)
        if sink.mode == "slow":
            time.sleep(1)
        self._say("250 taken")
        return True

    def _say(self, line):
        self.wfile.write(f"{line}\r\n".encode())
