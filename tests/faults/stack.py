"""The whole product as processes of its own: database, Redis, website, worker and clock, each of which can be killed."""

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


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(true, seconds=PATIENCE, every=0.1):
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{true.__name__} is not so after {seconds} s")
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
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        self._run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", options, "start")

    def restart(self):
        """At once: whoever is connected is cut off in the middle."""
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "stop")
        self.start()

    def stop(self):
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "stop")

    def _run(self, tool, *arguments):
        command = [str(self.tools / tool) if self.tools else tool, *arguments]
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Stack:
    """`engine`: sqlite (with the broker as files) or postgresql (with a Redis of its own, behind a proxy)."""

    def __init__(self, engine, folder):
        self.engine, self.folder = engine, folder
        self.running, self.port = {}, free_port()
        self.sink, self.redis, self.database = Sink(), None, None
        self.environment = os.environ | {
            "HARMONY_VAR": str(folder / "var"),
            "MASTER_KEY_FILE": str(folder / "master.keys"),
            "SECRET_KEY": "only for faults",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.sink.port}",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "PORT": str(self.port),
            "DATABASE_URL": f"sqlite:///{folder}/harmony.sqlite3",
            "REDIS_URL": "",
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
        place = self.folder / "postgresql"
        place.mkdir()
        self.database = PostgreSQL(place)
        self.environment |= {
            "DATABASE_URL": self.database.url,
            "REDIS_URL": f"redis://127.0.0.1:{self.redis.port}/0",
        }

    def command(self, name):
        python, celery = sys.executable, [sys.executable, "-m", "celery", "--app", "harmony", "--quiet"]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "ERROR"]
        return {
            "redis": [which("redis-server") or "redis-server", "--port", self.environment.get("REDIS_PORT", "0")]
            + ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(self.folder)],
            "web": [python, "-m", "gunicorn", "harmony.wsgi", "--bind", f"127.0.0.1:{self.port}"]
            + ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "critical"],
            "worker": [*celery, "worker", "--concurrency", "2", *quiet],
            "worker an hour ahead": [*("faketime", "-f", "+1h"), *celery, "worker", "--concurrency", "1", *quiet],
            "beat": [*celery, "beat", "--schedule", str(self.folder / "beat"), "--loglevel", "ERROR"],
            "second beat": [*celery, "beat", "--schedule", str(self.folder / "beat-2"), "--loglevel", "ERROR"]
            + ["--pidfile", str(self.folder / "beat-2.pid")],
        }[name]

    def manage(self, *arguments):
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{arguments[0]}: {done.stderr[-2000:]}")
        return done.stdout

    def start(self, *names):
        for name in names:
            log = (self.folder / f"{name.replace(' ', '-')}.log").open("ab")
            self.running[name] = subprocess.Popen(
                self.command(name), cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, name):
        """With -9, and all it started."""
        program = self.running.pop(name, None)
        if program:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()

    def again(self, name):
        self.kill(name)
        self.start(name)

    def is_up(self):
        try:
            return urlopen(f"http://127.0.0.1:{self.port}/health/live/", timeout=2).status == 200
        except (URLError, OSError):
            return False

    def stop(self):
        for name in list(self.running):
            self.kill(name)
        self.sink.stop()
        if self.redis:
            self.redis.stop()
            self.database.stop()
