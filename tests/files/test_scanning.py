"""Asking ClamAV, over a real socket: what it finds is refused, and so is everything while it does not answer."""

import socket
import socketserver
import struct
import threading

import pytest

from harmony.audit.transitions import Refused
from harmony.files.scanning import scan
from harmony.files.taking import Taken

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clam(socketserver.StreamRequestHandler):
    """As clamd answers INSTREAM."""

    def handle(self):
        if self.rfile.read(10) != b"zINSTREAM\0":
            return
        content = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
        self.server.met.append(content)
        if self.server.answers:
            self.wfile.write(b"stream: Eicar-Test FOUND\0" if EICAR[:20] in content else b"stream: OK\0")


@pytest.fixture
def clam(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clam) as server:
        server.met, server.answers = [], True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.CLAMAV = f"127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


def file(content):
    return Taken.of("a.txt", content)


def test_what_it_finds_is_refused_and_what_it_does_not_is_scanned(clam):
    whole = b"words" * 30_000
    good = file(whole)
    good.examine()
    assert good.scanned and clam.met == [whole]
    with pytest.raises(Refused, match="found something"):
        file(b"see " + EICAR).examine()


def test_while_it_does_not_answer_no_file_is_taken(clam, settings):
    clam.answers = False
    with pytest.raises(Refused, match="does not answer"):
        scan(file(b"words").file)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.CLAMAV = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(Refused, match="does not answer"):
            scan(file(b"words").file)


def test_without_one_nothing_is_scanned():
    good = file(b"words")
    good.examine()
    assert (good.kind, good.scanned) == ("txt", False)
