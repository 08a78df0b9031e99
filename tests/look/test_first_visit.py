"""What a stranger's first visit transfers without scripts, measured at the real server: a phone on a slow line, at night."""

import contextlib
import gzip
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from urllib.parse import urljoin

import pytest
from django.conf import settings

from tests.home.test_serve import free_port

ENOUGH = 70_000
BEGIN = (
    "import django; django.setup(); from harmony.organisation.beginning import begin;"
    "begin(name='HARMONY', council='Westmere Council', hours='Mon-Fri 09:00-17:00', by='setup')"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The port of a website made as `make setup` and the image make it: migrated, static files collected, gunicorn."""
    var, port = tmp_path_factory.mktemp("first-visit"), free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "HARMONY_VAR": str(var),
        "DATABASE_URL": f"sqlite:///{var}/harmony.sqlite3",
        "REDIS_URL": "",
    }
    run = {"cwd": settings.BASE, "env": environment}
    for command in (
        ["manage.py", "migrate", "--verbosity", "0"],
        ["manage.py", "collectstatic", "--no-input", "--verbosity", "0"],
        ["-c", BEGIN],
    ):
        subprocess.run([sys.executable, *command], check=True, **run)
    with (var / "log").open("w") as log:
        bind = ["--bind", f"127.0.0.1:{port}", "--workers", "1"]
        website = subprocess.Popen([sys.executable, "-m", "gunicorn", "harmony.wsgi", *bind], stderr=log, **run)
    until(lambda: answers(port))
    yield port
    website.terminate()
    website.wait(20)


def answers(port):
    with contextlib.suppress(OSError):
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    return False


def until(true, seconds=40):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.2)


class Stranger:
    """A browser without scripts and with nothing kept: the page, its styles, icon, pictures, and the fonts its words need."""

    def __init__(self, port):
        self.port, self.transferred, self.answers = port, {}, {}

    def get(self, path):
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port)) as client:
            client.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = client.getresponse()
            body = answer.read()
        assert answer.status == 200, path
        self.answers[path] = answer.headers
        self.transferred[path] = len(body) + len(str(answer.headers))
        return self.read(answer, body)

    def read(self, answer, body):
        return gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body

    def visit(self, path):
        page = self.get(path).decode()
        for address in re.findall(r'<link[^>]*href="([^"]+)"|<img[^>]*src="([^"]+)"', page):
            self.get(next(filter(None, address)))
        for styles in [name for name in self.transferred if name.endswith(".css")]:
            self.get_fonts(styles, self.get(styles).decode(), page)

    def get_fonts(self, at, css, page):
        """The upright faces that hold a character of the page: italics are drawn where a page has some, ours has none."""
        for face in re.findall(r"@font-face\{([^}]+)\}", css):
            if "font-style:normal" in face and any(in_range(face, sign) for sign in set(page)):
                self.get(urljoin(at, re.search(r"url\([\"']?([^\"')]+)", face)[1]))


def in_range(face, sign):
    spans = re.search(r"unicode-range:([^;]+)", face)[1].replace("U+", "").split(",")
    return any(int(span.split("-")[0], 16) <= ord(sign) <= int(span.split("-")[-1], 16) for span in spans)


@pytest.fixture
def stranger(server):
    return Stranger(server)


@pytest.mark.parametrize("path", ["/", "/accounts/sign-in/", "/help/", "/safe/", "/safe/tell/young/"])
def test_a_first_visit_is_light(stranger, path):
    stranger.visit(path)
    assert sum(stranger.transferred.values()) < ENOUGH, stranger.transferred
    assert any(name.endswith(".css") for name in stranger.transferred)
    assert any(name.endswith(".woff2") for name in stranger.transferred)


def test_what_has_a_fingerprint_is_kept_for_good_and_compressed(stranger):
    stranger.visit("/")
    [css] = [path for path in stranger.answers if path.endswith(".css")]
    assert re.search(r"\.[0-9a-f]{12}\.css$", css)
    assert "immutable" in stranger.answers[css]["Cache-Control"]
    assert stranger.answers[css]["Content-Encoding"] == "gzip"
    assert stranger.answers["/"]["Cache-Control"] == "no-store, private"
