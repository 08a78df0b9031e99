"""`manage.py serve`: the website and the background worker under one roof, for one machine. Ctrl-C ends both."""

import os
import socket
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from harmony.home import demo
from harmony.home.supervisor import Supervisor


class Command(BaseCommand):
    help = _("Serves the website and does the background work, until Ctrl-C.")

    def handle(self, **options):
        port = os.environ.get("PORT") or "8000"
        refuse_a_busy(port)
        self.say(_("Open http://localhost:%(port)s in your browser. Ctrl-C ends it.") % {"port": port})
        for line in where_things_go():
            self.say(line)
        sys.exit(Supervisor({_("website"): website(port), _("background worker"): worker()}, self.say).run())

    def say(self, sentence):
        self.stdout.write(sentence)
        self.stdout.flush()


def refuse_a_busy(port):
    """Said before anything starts, in words."""
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise CommandError(_("PORT is “%(port)s”. Give it a number, for example: make run PORT=8001") % {"port": port})
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except PermissionError:
            told = {"port": port}
            raise CommandError(_("Only root may use port %(port)s. Try: make run PORT=8000") % told) from None
        except OSError:
            refusal = _("Something else already uses port %(port)s. Stop it, or choose another: make run PORT=%(next)d")
            raise CommandError(refusal % {"port": port, "next": int(port) + 1}) from None


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
        yield _("No e-mail is sent: each one becomes a file in %(folder)s") % {"folder": settings.EMAIL_FILE_PATH}
    else:
        yield _("E-mail goes to %(host)s.") % {"host": settings.EMAIL_HOST}
    if cast := demo.sign_ins():
        told = {"password": cast[0].password}
        yield _("This is the demo. Sign in as anybody here, with the password %(password)s:") % told
        yield from (f"  {role.email:28}{role.what}" for role in cast)
