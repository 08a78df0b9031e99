"""Whether everything runs that nobody sees: asked by /health/ready, `manage.py health` and the page for admins.

Each fact is a sentence about the machine. None names anybody, and none tells of a case.
"""

import logging
import shutil
from dataclasses import dataclass
from datetime import timedelta

from celery import current_app
from django.conf import settings
from django.core import checks
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError
from django.db.models import Min
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from kombu import Connection
from kombu.exceptions import ChannelError, OperationalError

from harmony.audit import book
from harmony.documents.models import Export
from harmony.encryption import search
from harmony.encryption.checks import the_master_keys_are_there_and_secret as masters_are_wrong
from harmony.look.words import clock_time, span
from harmony.notifications.models import Delivery
from harmony.people.models import YoungPerson
from incidents.models import Case

from .ladders import BACKUP_EVERY
from .models import Backup, BackupKey
from .runs import last_seen, sweeps

log = logging.getLogger(__name__)
SILENT = timedelta(minutes=3)  # the worker runs a sign of life every half minute
LONG = timedelta(minutes=10)  # for a document to wait
ROOM = 500_000_000  # bytes on the disk
ANSWER_WITHIN = 2  # seconds, for the broker


@dataclass(frozen=True)
class Fact:
    name: str
    is_well: bool
    says: str


def facts(at=None):
    """Each part, well or not. Without a database there is nothing more to ask."""
    at = at or now()
    try:
        machine = [_broker(), _storage(), _disk(), _keys(), _seal(), _search(), _backup(at)]
        return [_database(), _worker(at), _sweeps(at), _messages(at), _documents(at), *machine]
    except DatabaseError as error:
        log.error("the database does not answer", extra={"kind": type(error).__name__})
        return [Fact("database", False, _("The database does not answer."))]


def _database():
    """Answers, and no table lacks the triggers that write the book."""
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    wrong = [one for one in found if one.level >= checks.WARNING and not one.is_silenced()]
    says = _("The database answers, and every table writes the book.")
    return Fact("database", not wrong, " ".join(one.msg for one in wrong) or says)


def _worker(at):
    last = last_seen()
    if not last:
        return Fact("worker", False, _("The background worker has never run."))
    when = {"when": clock_time(last)}
    if at - last > SILENT:
        return Fact("worker", False, _("The background worker was last seen on %(when)s.") % when)
    return Fact("worker", True, _("The background worker runs: last seen on %(when)s.") % when)


def _sweeps(at):
    """Each as often as it should. (With no worker none runs; that is a sentence of its own.)"""
    behind = [sweep.label for sweep in sweeps() if not sweep.is_well(at)]
    if not behind:
        return Fact("sweeps", True, _("The background work is done as often as it should be."))
    says = _("Background work was not done as often as it should be: %(names)s.")
    return Fact("sweeps", False, says % {"names": ", ".join(name.lower() for name in behind)})


def _messages(at):
    """Urgent ones that are late or given up; any that were given up, or cannot get out. (Who was not told is on another page.)"""
    if Delivery.objects.trouble(at).exists():
        return Fact(
            "messages",
            False,
            _(
                "An urgent message could not be sent. Ring the designated safeguarding officer (DSO), or whoever is on call."
            ),
        )
    if dead := Delivery.objects.given_up().count():
        says = ngettext("%(count)d message was given up.", "%(count)d messages were given up.", dead)
        return Fact("messages", False, says % {"count": dead})
    # what waits as it should is left out: that something waits at all, just now, would tell whoever a concern is about
    # that somebody is being told of it (decision 0153)
    oldest = Delivery.objects.stuck(at).aggregate(oldest=Min("notice__created_at"))["oldest"]
    if oldest is None:
        return Fact("messages", True, _("Messages go out when they should."))
    says = _("Messages cannot get out. The oldest has waited for %(time)s.")
    return Fact("messages", False, says % {"time": span(max(at - oldest, timedelta(0)))})


def _documents(at):
    oldest = Export.objects.waiting(at).order_by("requested_at").values_list("requested_at", flat=True).first()
    if oldest and at - oldest > LONG:
        return Fact("documents", False, _("A document has waited for %(time)s.") % {"time": span(at - oldest)})
    return Fact("documents", True, _("No document waits for long."))


def _broker():
    """Nothing is lost without it: every sweep asks the database. But nothing is told in time either."""
    try:
        with Connection(settings.CELERY_BROKER_URL, transport_options=_patience()) as connection:
            connection.ensure_connection(max_retries=1, timeout=ANSWER_WITHIN)
            waiting = _waiting_in(connection.default_channel)
    except (OperationalError, OSError) as error:
        log.error("the broker does not answer", extra={"kind": type(error).__name__})
        return Fact("broker", False, _("The queue of the worker does not answer."))
    says = ngettext(
        "The queue of the worker answers. %(count)d task waits in it.",
        "The queue of the worker answers. %(count)d tasks wait in it.",
        waiting,
    )
    return Fact("broker", True, says % {"count": waiting})


def _waiting_in(channel):
    """How many tasks nobody has taken yet. A queue that nobody has used yet does not exist."""
    try:
        return channel.queue_declare(current_app.conf.task_default_queue, passive=True).message_count
    except ChannelError:
        return 0
    finally:
        channel.close()


def _patience():
    limits = {"socket_timeout": ANSWER_WITHIN, "socket_connect_timeout": ANSWER_WITHIN}
    return settings.CELERY_BROKER_TRANSPORT_OPTIONS | limits


def _storage():
    try:
        default_storage.delete(default_storage.save("health", ContentFile(b"well")))
    except Exception as error:  # noqa: BLE001 (a storage elsewhere has errors of its own)
        log.error("files cannot be kept", extra={"kind": type(error).__name__})
        return Fact("storage", False, _("Files cannot be written."))
    return Fact("storage", True, _("Files can be written."))


def _disk():
    free = shutil.disk_usage(settings.VAR).free
    says = _("%(free)d MB are free on the disk.") % {"free": free // 1_000_000}
    return Fact("disk", free > ROOM, says)


def _keys():
    """Without them no word opens, and none is taken; what comes in is refused, and nothing that was kept is lost."""
    if masters_are_wrong(None):
        return Fact("keys", False, _("The master key cannot be read, or others can read it. Run manage.py check."))
    return Fact("keys", True, _("The master key is there, and nobody else can read it."))


def _seal():
    """The book is sealed every day, and after every 500 lines."""
    newest = book.newest_seal()
    if not newest:
        return Fact("seal", True, _("The book has not been sealed yet."))
    return Fact("seal", True, _("The newest seal of the book ends in %(digits)s.") % {"digits": newest.digest[-8:]})


def _search():
    """Empty though there is something to find: as after a restore, when it was not made anew."""
    if search.is_empty() and (Case.objects.exists() or YoungPerson.objects.exists()):
        return Fact("search", False, _("The search finds nothing: its index is empty. Run manage.py reindex."))
    return Fact("search", True, _("The index of the search is there."))


def _backup(at):
    """Its age. Before the backup key is printed nothing can be locked: that is one of the first steps, and told of there."""
    newest = Backup.objects.first()
    if not newest:
        key = BackupKey.objects.first()
        is_new = not key or at - key.made_at <= BACKUP_EVERY
        return Fact("backup", is_new, _("No backup was ever written down."))
    says = _("The last backup was written down on %(when)s, %(time)s ago.")
    told = {"when": clock_time(newest.taken_at), "time": span(max(at - newest.taken_at, timedelta(0)))}
    return Fact("backup", at - newest.taken_at <= BACKUP_EVERY, says % told)
