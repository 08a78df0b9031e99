"""Whether everything runs that nobody sees: asked by /health/ready, `manage.py health` and the page for admins.

Each fact is a sentence about the machine. None names anybody, and none tells of a case.
"""

import logging
import shutil
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import checks
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from kombu import Connection
from kombu.exceptions import OperationalError

from harmony.audit import book
from harmony.documents.models import Export
from harmony.look.words import clock_time, span
from harmony.notifications.models import Delivery

from .models import Heartbeat

log = logging.getLogger(__name__)
SILENT = timedelta(minutes=3)  # the worker writes down that it lives every half minute
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
        return [_database(), _worker(at), _messages(at), _documents(at), _broker(), _storage(), _disk(), _seal()]
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
    last = Heartbeat.objects.order_by("-beaten_at").values_list("beaten_at", flat=True).first()
    if not last:
        return Fact("worker", False, _("The background worker has never run."))
    when = {"when": clock_time(last)}
    if at - last > SILENT:
        return Fact("worker", False, _("The background worker was last seen on %(when)s.") % when)
    return Fact("worker", True, _("The background worker runs: last seen on %(when)s.") % when)


def _messages(at):
    """Urgent ones that are late or given up; and any that were given up. (Who was not told is on another page.)"""
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
    oldest = Delivery.objects.to_send(at).order_by("notice__created_at").first()
    if oldest:
        waits = {"time": span(at - oldest.notice.created_at)}
        return Fact("messages", True, _("The oldest message that is still to be sent has waited for %(time)s.") % waits)
    return Fact("messages", True, _("No message waits to be sent."))


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
            connection.default_channel.close()
    except (OperationalError, OSError) as error:
        log.error("the broker does not answer", extra={"kind": type(error).__name__})
        return Fact("broker", False, _("The queue between website and worker does not answer."))
    return Fact("broker", True, _("The queue between website and worker answers."))


def _patience():
    limits = {"socket_timeout": ANSWER_WITHIN, "socket_connect_timeout": ANSWER_WITHIN}
    return settings.CELERY_BROKER_TRANSPORT_OPTIONS | limits


def _storage():
    try:
        default_storage.delete(default_storage.save("health", ContentFile(b"well")))
    except OSError as error:
        log.error("files cannot be kept", extra={"kind": type(error).__name__})
        return Fact("storage", False, _("Files cannot be written."))
    return Fact("storage", True, _("Files can be written."))


def _disk():
    free = shutil.disk_usage(settings.VAR).free
    says = _("%(free)d MB are free on the disk.") % {"free": free // 1_000_000}
    return Fact("disk", free > ROOM, says)


def _seal():
    """The book is sealed every day, and after every 500 lines."""
    newest = book.newest_seal()
    if not newest:
        return Fact("seal", True, _("The book has not been sealed yet."))
    return Fact("seal", True, _("The newest seal of the book ends in %(digits)s.") % {"digits": newest.digest[-8:]})
