"""A mail server that keeps what it is given, and breaks as it is told."""

import contextlib
import select
import socket
import socketserver
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from email import message_from_bytes

HANGS_FOR = 60  # seconds, at most: until whoever sends has gone
DRIBBLES = 1  # seconds between two bytes
SLOW = 1  # seconds between taking a mail and saying so


@dataclass
class Take:
    """One mail, taken once: when; whether whoever sent it was still there to hear so; and whether we fell silent."""

    at: float
    answered: bool = False
    silent: bool = False


class Sink:
    """`mode`: well, later (451), dies (takes it, and says nothing), slow; deaf (never greets), mute (says nothing to
    EHLO), hangs (after the words), dribbles (a byte a second after the words, for ever).

    `nobody` is an address that it refuses for good (550). `shut()` and `open()`: nobody listens at all.
    """

    def __init__(self):
        self.mode, self.nobody = "well", None
        self.taken = defaultdict(list)  # {Message-ID: [Take, …]}
        self.met = Counter()  # {mode: how often somebody ran into it}
        self.refused = Counter()  # {address: how often}
        self.lock, self.port = threading.Lock(), 0
        self.open()

    def open(self):
        self.server = _Server(("127.0.0.1", self.port), _Talk)
        self.server.sink, self.port = self, self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def shut(self):
        self.server.shutdown()
        self.server.server_close()

    stop = shut

    def count(self):
        return sum(len(takes) for takes in list(self.taken.values()))

    def keep(self, raw, mode):
        take = Take(time.time(), silent=mode == "dies")
        with self.lock:
            self.taken[message_from_bytes(raw)["Message-ID"]].append(take)
        return take


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


class _Talk(socketserver.StreamRequestHandler):
    timeout = 60

    def handle(self):
        with contextlib.suppress(OSError):
            self._talk(self.server.sink)

    def _talk(self, sink):
        if sink.mode == "deaf":
            self._hang(sink, "deaf")
        self._say("220 sink")
        while line := self.rfile.readline():
            command = line[:4].upper().strip()
            if command == b"EHLO" and sink.mode == "mute":
                self._hang(sink, "mute")
            elif command == b"DATA":
                self._say("354 go on")
                if not self._take(sink, self._words()):
                    return
            elif command == b"RCPT" and sink.nobody and sink.nobody.encode() in line:
                sink.refused[sink.nobody] += 1
                self._say("550 nobody of that name")
            elif command == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 well")

    def _hang(self, sink, mode):
        """Says nothing, or nothing that ends, until whoever speaks has gone."""
        sink.met[mode] += 1
        until = time.monotonic() + HANGS_FOR
        while time.monotonic() < until and not self._is_gone():
            time.sleep(DRIBBLES if mode == "dribbles" else 0.1)
            if mode == "dribbles":
                self.wfile.write(b"2")
        raise ConnectionAbortedError

    def _words(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise ConnectionError("whoever spoke was cut off")
            lines.append(line)
        return b"".join(lines)

    def _take(self, sink, raw):
        """Whether to go on talking."""
        mode = sink.mode
        if mode in ("hangs", "dribbles"):
            self._hang(sink, mode)
        sink.met[mode] += 1
        if mode == "later":
            self._say("451 not now")
            return True
        take = sink.keep(raw, mode)
        if mode == "dies":
            return False
        if mode == "slow":
            time.sleep(SLOW)
        if self._is_gone():
            return False
        self._say("250 taken")
        take.answered = True
        return True

    def _is_gone(self):
        """Killed while it waited for our answer."""
        ready, _w, _x = select.select([self.connection], [], [], 0)
        return bool(ready) and not self.connection.recv(1, socket.MSG_PEEK)

    def _say(self, line):
        self.wfile.write(f"{line}\r\n".encode())
