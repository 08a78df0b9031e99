"""The whole product as processes of its own: database, Redis, website, worker and clock, each of which can be killed."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from shutil import which
from urllib.error import URLError
from urllib.request import urlopen

from .proxy import Proxy
from .sink import Sink

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds, for something to come up
ANSWER = 4  # seconds, for one answer of the mail server: claims are counted in them
# what steps a clock, where it is installed
CLOCK = next(iter(Path("/usr/lib").glob("*/faketime/libfaketime.so.1")), None)
CLOCKS = ("web", "worker", "beat")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(true, seconds=PATIENCE, every=0.1):
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{getattr(true, '__name__', true)} is not so after {seconds} s")
        time.sleep(every)


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


class PostgreSQL:
    """A cluster of its own, so that it can be restarted; run by `postgres` where we are root, who may not."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.tools = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)
        if os.geteuid() == 0:
            subprocess.run(["chown", "postgres", folder], check=True)
        self._run("initdb", "--auth=trust", "--username=harmony", "--encoding=UTF8", "-D", "data")
        self.start()
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "harmony", "harmony")

    @property
    def url(self):
        return f"postgres://harmony@127.0.0.1:{self.port}/harmony"

    def start(self):
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_wal_size=64MB"
        self._run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", options, "start")

    def restart(self):
        """At once: whoever is connected is cut off in the middle."""
        self.stop()
        self.start()

    def revive(self):
        """Started again if it gave up by itself; where it mends itself, until it has."""
        if self._run("pg_ctl", "-D", "data", "status", check=False):
            self.start()
        wait_until(lambda: not self._run("pg_isready", "-h", "127.0.0.1", "-p", str(self.port), check=False))

    def stop(self):
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "stop", check=False)

    def _run(self, tool, *arguments, check=True):
        command = [str(self.tools / tool) if self.tools else tool, *arguments]
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.run(command, cwd=self.folder, check=check, **quiet).returncode


class Stack:
    """`engine`: sqlite (with the broker as files) or postgresql (with a Redis of its own, behind a proxy).

    The database lies in `folder`/small, which may be a small disk.
    """

    def __init__(self, engine, folder):
        self.engine, self.folder, self.small = engine, folder, folder / "small"
        self.small.mkdir(exist_ok=True)
        self.running, self.beside, self.port = {}, [], free_port()
        self.sink, self.redis, self.database = Sink(), None, None
        self.environment = os.environ | {
            "HARMONY_VAR": str(folder / "var"),
            "MASTER_KEY_FILE": str(folder / "master.keys"),
            "SECRET_KEY": "only for faults",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.sink.port}",
            "EMAIL_TIMEOUT": str(ANSWER),
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "PORT": str(self.port),
            "DATABASE_URL": f"sqlite:///{self.small}/harmony.sqlite3",
            "REDIS_URL": "",
            "BROKER_URL": "",
            "DJANGO_SETTINGS_MODULE": "harmony.settings",
        }
        (folder / "master.keys").write_text("1:" + "5a" * 32)
        if engine == "postgresql":
            self._servers()

    def _servers(self):
        behind = free_port()
        self.environment["REDIS_PORT"] = str(behind)
        self.start("redis")
        wait_until(lambda: answers(behind))
        self.redis = Proxy(behind)
        place = self.small / "postgresql"
        place.mkdir()
        self.database = PostgreSQL(place)
        self.environment |= {
            "DATABASE_URL": self.database.url,
            "REDIS_URL": f"redis://127.0.0.1:{self.redis.port}/0",
        }

    def command(self, name):
        python, celery = sys.executable, [sys.executable, "-m", "celery", "--app", "tests.faults.paced", "--quiet"]
        alone = [] if self.redis else ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        return {
            "redis": [which("redis-server") or "redis-server", "--port", self.environment.get("REDIS_PORT", "0")]
            + ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(self.folder)],
            "web": [python, "-m", "gunicorn", "harmony.wsgi", "--bind", f"127.0.0.1:{self.port}"]
            + ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "critical"],
            # as docker-compose.yml and `manage.py serve` start them
            "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING", *alone],
            "beat": [*celery, "beat", "--schedule", str(self.folder / "beat"), "--loglevel", "WARNING"],
            "second beat": [*celery, "beat", "--schedule", str(self.folder / "beat-2"), "--loglevel", "INFO"]
            + ["--pidfile", str(self.folder / "beat-2.pid")],
        }[name]

    def log(self, name):
        """What this program has said so far."""
        file = self.folder / f"{name.replace(' ', '-')}.log"
        return file.read_bytes() if file.exists() else b""

    def manage(self, *arguments):
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{arguments[0]}: {done.stderr[-2000:]}")
        return done.stdout

    def start(self, *names):
        for name in names:
            log = (self.folder / f"{name.replace(' ', '-')}.log").open("ab")
            environment = self.environment | self._clock(name)
            self.running[name] = subprocess.Popen(
                self.command(name), cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
            )

    def _clock(self, name):
        """Website, worker and beat read the time through a file each, so that it can be stepped while they run."""
        if not CLOCK or name not in CLOCKS:
            return {}
        file = self.folder / f"clock-of-{name}"
        if not file.exists():
            file.write_text("+0")
        true = {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}
        return true | {
            "PYTHONPATH": str(ROOT / "tests" / "faults" / "stepped"),
            "LD_PRELOAD": str(CLOCK),
            "FAKETIME_TIMESTAMP_FILE": str(file),
            "FAKETIME_CACHE_DURATION": "1",
        }

    def step(self, seconds, *names):
        """These clocks are that much ahead from now on (behind, where negative)."""
        for name in names:
            (self.folder / f"clock-of-{name}").write_text(f"{seconds:+d}")

    def kill(self, name):
        """With -9, and all it started."""
        program = self.running.pop(name, None)
        if program:
            with contextlib.suppress(ProcessLookupError):  # it had ended by itself
                os.killpg(program.pid, signal.SIGKILL)
            program.wait()

    def again(self, name):
        self.kill(name)
        self.start(name)

    def revive(self):
        """As whoever supervises them does: the names of those that had ended, started again."""
        ended = [name for name, program in self.running.items() if program.poll() is not None]
        for name in ended:
            self.again(name)
        return ended

    def is_up(self):
        try:
            return urlopen(f"http://127.0.0.1:{self.port}/health/live/", timeout=2).status == 200
        except (URLError, OSError):
            return False

    def stop(self):
        for name in list(self.running):
            self.kill(name)
        for program in self.beside:
            program.kill()
            program.wait()
        self.sink.stop()
        if self.redis:
            self.redis.stop()
            self.database.stop()
