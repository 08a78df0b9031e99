"""`manage.py serve`: website and worker start together and end together; one that falls is started again."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from harmony.home.supervisor import Program, Supervisor

pytestmark = pytest.mark.once("sqlite")  # what `make run` starts is the same on every engine


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


PORT = free_port()


@pytest.fixture
def serve(tmp_path, transactional_db):
    """serve(): the command in a process of its own, once its website answers."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "HARMONY_VAR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/harmony.sqlite3",
        "PORT": str(PORT),
    }
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], cwd=settings.BASE, env=environment, check=True)
    running = []

    def start():
        command = [*manage, "serve"]
        with (tmp_path / "log").open("w") as log:
            running.append(
                subprocess.Popen(command, cwd=settings.BASE, env=environment, stdout=log, stderr=log, umask=0o022)
            )
        _until(lambda: _answers() and len(programs_in(tmp_path)) >= 6)
        return running[0]

    yield start
    for program in running:
        if program.poll() is None:
            program.kill()


def programs_in(folder):
    """Every process that was started with this var folder: none may be left."""
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                with open(f"{entry.path}/environ", "rb") as file:  # noqa: PTH123
                    if f"HARMONY_VAR={folder}".encode() in file.read().split(b"\0"):
                        found.append(int(entry.name))
            except (OSError, PermissionError):
                continue
    return found


def _runs(pid):
    """Still with a command line: one that has ended and that nobody has buried has none."""
    with contextlib.suppress(OSError):
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    return False


def _answers():
    """Any answer at all: no page has to be found."""
    with contextlib.suppress(OSError), contextlib.closing(http.client.HTTPConnection("127.0.0.1", PORT)) as client:
        client.request("GET", "/nothing-here")
        return bool(client.getresponse().status)
    return False


def _until(true, seconds=40):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.2)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_and_leaves_nothing_behind(serve, tmp_path, how):
    running = serve()
    running.send_signal(how)
    assert running.wait(40) == 0
    assert programs_in(tmp_path) == []
    assert not _answers()
    said = (tmp_path / "log").read_text()
    assert f"http://localhost:{PORT}" in said
    assert str(tmp_path / "mail") in said
    assert "Traceback" not in said
    assert [path for path in tmp_path.rglob("*") if path.name != "log" and path.stat().st_mode & 0o077] == []


def test_when_one_falls_as_it_begins_the_other_is_stopped_and_a_sentence_says_so(serve, tmp_path):
    running = serve()
    [website] = [
        int(pid)
        for pid in subprocess.check_output(["pgrep", "-P", str(running.pid), "-f", "gunicorn"], text=True).split()
    ]
    os.kill(website, signal.SIGKILL)
    assert running.wait(40) == 1
    assert "The website stopped by itself" in (tmp_path / "log").read_text()
    assert programs_in(tmp_path) == []


def test_one_that_falls_is_started_again_while_the_other_goes_on(tmp_path):
    """It writes down each start; its child, which would go on without it, is ended before the next."""
    starts, said = tmp_path / "starts", []
    falls = f"import subprocess; p = subprocess.Popen(['sleep', '60']); open({str(starts)!r}, 'a').write(f'{{p.pid}} ')"
    goes_on = f"import time; open({str(tmp_path / 'begun')!r}, 'a').write('.'); time.sleep(60)"

    def say(sentence):
        said.append(sentence)
        supervisor.told_to_end = len(said) == 3

    programs = {"worker": [sys.executable, "-c", falls], "website": [sys.executable, "-c", goes_on]}
    supervisor = Supervisor(programs, say, stands=0)
    assert supervisor.run() == 0
    assert said == ["The worker stopped by itself. It is started again in 1 second. Its last words are above."] * 3
    children = starts.read_text().split()
    assert len(children) == 3
    assert not [pid for pid in children if _runs(pid)]
    assert (tmp_path / "begun").read_text() == "."


def test_each_fall_is_followed_by_a_longer_pause_until_it_stands():
    program = Program("worker", ["true"])
    pauses = []
    for stands in (60, 60, 60, 0, 60):
        program.start()
        pauses.append(program.bury(stands))
    assert pauses == [1, 2, 4, 1, 2]


def test_a_busy_port_is_said_before_anything_starts(monkeypatch):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        monkeypatch.setenv("PORT", str(busy.getsockname()[1]))
        with pytest.raises(CommandError, match="already uses port"):
            call_command("serve")


@pytest.mark.parametrize("port", ["eight thousand", "0", "70000"])
def test_a_port_that_is_none_is_said_in_words(monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(CommandError, match="Give it a number"):
        call_command("serve")
