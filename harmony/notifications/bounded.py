"""Talks with other servers that end in time, however slowly the other side answers.

The time-out of a socket bounds one read: a server that says a byte a second passes it for ever. So each stage of a talk
is bounded as a whole too. When its time is up the line is cut from another thread, and whatever waits on it fails at once.
"""

import socket
from contextlib import contextmanager, suppress
from functools import partial
from http.client import HTTPConnection, HTTPSConnection
from smtplib import SMTP, SMTP_SSL
from threading import Timer
from time import monotonic
from urllib.request import HTTPHandler, HTTPSHandler

from django.conf import settings
from django.core.mail.backends import smtp

A_STAGE = 1.5  # times EMAIL_TIMEOUT, which is for one answer


class Line:
    """The way to one server: made within a stage, cut when the stage has lasted too long, or when it is not needed any more."""

    def __init__(self):
        self.ends, self._handle = None, None

    @contextmanager
    def stage(self):
        """What is done in here ends within `A_STAGE`, well or with an OSError. Looking up a name alone cannot be cut short."""
        longest = A_STAGE * settings.EMAIL_TIMEOUT
        self.ends, timer = monotonic() + longest, Timer(longest, self.cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def connect(self, address, timeout, source_address=None):
        """As socket.create_connection; but the time that is left is shared among all addresses of that name."""
        addresses = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)
        left = max(self.ends - monotonic(), 0.001)  # nought would mean: do not wait
        made = socket.create_connection(address, min(timeout, left / len(addresses)), source_address)
        made.settimeout(timeout)
        self._handle = made.dup()  # stays ours when TLS takes the socket over
        if monotonic() >= self.ends:  # the timer may have gone off before there was anything to cut
            self.cut()
        return made

    def cut(self):
        handle, self._handle = self._handle, None
        if handle:
            with handle, suppress(OSError):  # the other side may have been faster
                handle.shutdown(socket.SHUT_RDWR)


# e-mail


class _Lined(SMTP):
    def __init__(self, *args, line, **kwargs):
        self.line = line
        super().__init__(*args, **kwargs)

    def _get_socket(self, host, port, timeout):
        return self.line.connect((host, port), timeout, self.source_address)


class _LinedAndSealed(SMTP_SSL, _Lined):
    """TLS from the first byte: SMTP_SSL wraps the socket that _Lined has made."""

    def __init__(self, *args, line, **kwargs):
        self.line = line
        super().__init__(*args, **kwargs)


class EmailBackend(smtp.EmailBackend):
    """Django's, whose stages are bounded: being let in, each message, and saying goodbye."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.line = Line()

    @property
    def connection_class(self):
        return partial(_LinedAndSealed if self.use_ssl else _Lined, line=self.line)

    def open(self):
        try:
            with self.line.stage():
                return super().open()
        except BaseException:
            self.line.cut()
            self.close()
            raise

    def _send(self, email_message):
        with self.line.stage():
            return super()._send(email_message)

    def close(self):
        try:
            with self.line.stage():
                super().close()
        finally:
            self.line.cut()


# HTTP


class _LinedHTTP(HTTPConnection):
    def __init__(self, *args, line, **kwargs):
        super().__init__(*args, **kwargs)
        self._create_connection = line.connect


class _LinedHTTPS(_LinedHTTP, HTTPSConnection):
    """The socket is made as in HTTPConnection, and then wrapped."""


class HTTP(HTTPHandler, HTTPSHandler):
    """For urllib's openers: every request goes over this line."""

    def __init__(self, line):
        super().__init__()
        self.line = line

    def http_open(self, request):
        return self.do_open(_LinedHTTP, request, line=self.line)

    def https_open(self, request):
        return self.do_open(_LinedHTTPS, request, line=self.line)
