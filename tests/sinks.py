"""Servers to send to, on this machine alone: one that takes e-mail, one that takes what goes to phones.

Each can be told how to fail: `sink.answers = "550 nobody here"`, `sink.hangs = True`, `sink.dies = True`; and at which
step it says nothing more, or a byte now and then for ever: `sink.stops_at = "EHLO"`, `sink.dribbles = 0.1` (seconds).
"""

import json
import threading
from contextlib import suppress
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import StreamRequestHandler, ThreadingTCPServer


class Sink:
    """What came in, in `taken`; and how to answer."""

    def __init__(self, server):
        self.server, self.taken = server, []
        self.answers, self.hangs, self.dies = "", False, False
        self.stops_at, self.dribbles = None, 0
        self.over = threading.Event()
        server.sink, server.daemon_threads = self, True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def port(self):
        return self.server.server_address[1]

    def close(self):
        self.over.set()
        self.server.shutdown()
        self.server.server_close()


class Smtp(StreamRequestHandler):
    def handle(self):
        with suppress(OSError):
            self.talk()

    def talk(self):
        sink = self.server.sink
        if sink.hangs:
            sink.over.wait(30)
            return
        self.stop_at("greeting")
        self.say("220 sink")
        for line in self.rfile:
            verb = line[:4].strip().upper()
            self.stop_at(verb.decode())
            if verb == b"DATA":
                self.say("354 go on")
                words = self.words()
                self.stop_at("words")
                sink.taken.append(message_from_bytes(words, policy=policy.default))
                if sink.dies:
                    return  # it has the message, and we never hear so
            if verb == b"QUIT":
                self.say("221 bye")
                return
            self.say(sink.answers if verb == b"RCPT" and sink.answers else "250 ok")

    def stop_at(self, step):
        """Until whoever speaks has gone."""
        sink = self.server.sink
        if sink.stops_at == step:
            while not sink.over.wait(sink.dribbles or 30):
                self.wfile.write(b"2")
            raise ConnectionAbortedError

    def words(self):
        found = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            found += line
        return found

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")


class Http(BaseHTTPRequestHandler):
    def do_POST(self):
        sink = self.server.sink
        body = self.rfile.read(int(self.headers["Content-Length"]))
        sink.taken.append((dict(self.headers), json.loads(body)))
        if sink.hangs:
            sink.over.wait(30)
            return
        self.send_response(int(sink.answers or 200))
        if sink.answers.startswith("3"):
            self.send_header("Location", "http://127.0.0.1:9/")
        self.end_headers()

    def log_message(self, *args):
        """Not on the console of the tests."""


def smtp():
    return Sink(ThreadingTCPServer(("127.0.0.1", 0), Smtp))


def http():
    return Sink(ThreadingHTTPServer(("127.0.0.1", 0), Http))
