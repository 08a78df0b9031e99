"""`manage.py serve`: the website and the background worker under one roof, for one machine. Ctrl-C ends both."""

import os
import socket
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from harmony.home import demo
from harmony.home.supervisor import Supervisor


class Command(BaseCommand):
    help = "Serves the website and does the background work, until Ctrl-C."

    def handle(self, **options):
        port = os.environ.get("PORT") or "8000"
        refuse_a_busy(port)
        self.say(f"Open http://localhost:{port} in your browser. Ctrl-C ends it.")
        for line in where_things_go():
            self.say(line)
        sys.exit(Supervisor({"website": website(port), "background worker": worker()}, self.say).run())

    def say(self, sentence):
        self.stdout.write(sentence)
        self.stdout.flush()


def refuse_a_busy(port):
    """Said before anything starts, in words."""
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise CommandError(f"PORT is “{port}”. Give it a number, for example: make run PORT=8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except PermissionError:
            raise CommandError(f"Only root may use port {port}. Try: make run PORT=8000") from None
        except OSError:
            raise CommandError(
                f"Something else already uses port {port}. Stop it, or choose another: make run PORT={int(port) + 1}"
            ) from None


def website(port):
    return [
        *(sys.executable, "-m", "gunicorn", "harmony.wsgi", "--bind", f"127.0.0.1:{port}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
        *("--graceful-timeout", "10", "--log-level", "warning"),
    ]


def worker():
    """One worker with the clock inside: there is exactly one clock."""
    return [
        *(sys.executable, "-m", "celery", "--app", "harmony", "--quiet", "worker", "--beat"),
        *("--schedule", str(settings.VAR / "celerybeat-schedule"), "--concurrency", "2", "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]


def where_things_go():
    if getattr(settings, "EMAIL_FILE_PATH", None):
        yield f"No e-mail is sent: each one becomes a file in {settings.EMAIL_FILE_PATH}"
    else:
        yield f"E-mail goes to {settings.EMAIL_HOST}."
    if cast := demo.sign_ins():
        yield f"This is the demo. Sign in as anybody here, with the password {cast[0].password}:"
        yield from (f"  {role.email:28}{role.what}" for role in cast)
