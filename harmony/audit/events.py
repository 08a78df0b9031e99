"""Say who, what and why; the database writes it down beside each change, or refuses the change."""

import getpass
import uuid
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, timedelta

from django.db import connection, models, transaction
from django.utils.timezone import now

from harmony.encryption.fields import root_of
from harmony.encryption.keys import ORGANISATION
from harmony.encryption.sealing import seal

from . import dialects
from .models import Entry, load_reasons


@dataclass(frozen=True)
class Event:
    id: str
    verb: str
    actor_id: str
    actor_name: str
    why: str
    happened_at: str
    to_the_hour: bool = False  # the database writes its own time down to the hour too


current = ContextVar("event", default=None)
said_in_this_response = ContextVar("said_in_this_response", default=None)
rounding = ContextVar("rounding", default=False)
FRESH = timedelta(minutes=15)  # how long a list, once noted, stays noted


@contextmanager
def event(verb, *, by, why="", about=(), at=None, atomic=True):
    """Name what is being done. `by` is a user, or words for one; `about` the record or records.

    Nothing is written until something changes. `atomic=False` is for code that hashes passwords:
    SQLite would hold its one write lock meanwhile. (PostgreSQL keeps the event in the transaction,
    and an idle one locks nobody.) The chains of the records in `about` are locked first, in sorted
    order, then rows: so events that name their records wait for one another and never deadlock.
    """
    records = (about,) if isinstance(about, models.Model) else about
    roots = [root_of(record) for record in records]
    dialect = dialects.of(connection)
    together = atomic or connection.vendor == "postgresql"
    within = connection.in_atomic_block
    with transaction.atomic() if together else nullcontext():
        happening = _event(verb, by, why, (roots or [ORGANISATION])[0], at)
        before = current.set(happening)
        try:
            dialect.tell(connection, happening, lock=sorted(root.hex for root in roots))
            yield happening
        finally:
            current.reset(before)
        # not after an error, nor before a commit: the end of the transaction takes it back by itself
        if within:
            dialect.tell(connection, current.get())


@contextmanager
def to_the_hour():
    """What happens inside is written down with the hour alone, the database's own time too: whoever does it is anonymous.

    An exact time beside the log of a school's network, or somebody's memory of who held a phone, says who it was.
    """
    before = rounding.set(True)
    try:
        yield
    finally:
        rounding.reset(before)


def hour_of(moment):
    """The hour that it fell in, by its beginning."""
    return moment.replace(minute=0, second=0, microsecond=0)


def note(verb, *, by, about=None, why="", at=None):
    """A line without changes: somebody read this record, or signed in, or tried to. `at`: where that was earlier.

    One response reads a record once, however many of its parts ask for it (see `once_a_response`).
    """
    place = ORGANISATION.hex, "", ""
    if about:
        place = root_of(about).hex, about._meta.db_table, plain(about.pk)
    said, this = said_in_this_response.get(), (verb, actor_id(by), place, why)
    if said is not None and this in said:
        return
    _write_down(verb, by=by, about=about, why=why, place=place, at=at)
    if said is not None:
        said.add(this)


def note_list(verb, *, by, page, references, at=None):
    """A list or search was shown: one line on the reader's own root, with the references that stood on it.

    Asked again within 15 minutes, the same page adds a line only for references it has not named to
    this reader yet; nothing new, no line. The references are sealed like a reason: who saw what in a
    list is nobody's business but an auditor's. `page` is the list's name, never what was searched for.
    """
    lines = Entry.objects.filter(table_name=page, row_id=plain(by.pk), changes=None)
    since = (at or now()) - FRESH
    recent = load_reasons(lines.filter(recorded_at__gt=stamp(since)))
    named = {reference for line in recent for reference in line.reason.split()}
    if fresh := sorted({str(reference) for reference in references} - named):
        place = root_of(by).hex, page, plain(by.pk)
        _write_down(verb, by=by, about=by, why=" ".join(fresh), place=place)


def once_a_response(get_response):
    """Middleware: what a response has noted, it does not note again."""

    def middleware(request):
        before = said_in_this_response.set(set())
        try:
            return get_response(request)
        finally:
            said_in_this_response.reset(before)

    return middleware


def plain(key):
    """A key as the book writes it, the same on both engines."""
    return key.hex if isinstance(key, uuid.UUID) else str(key)


def actor_id(by):
    return plain(by.pk) if isinstance(by, models.Model) else ""


def operator():
    """Whoever runs a command on the server: no user of ours, but somebody."""
    try:
        return f"{getpass.getuser()}, on the server"
    except (KeyError, OSError):  # a container may run as nobody in particular
        return "somebody on the server"


def stamp(moment):
    """A moment as the book writes it: UTC text, so that it sorts as time and digests alike everywhere."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _write_down(verb, *, by, about, why, place, at=None):
    with event(verb, by=by, why=why, about=about or (), at=at):
        dialects.of(connection).note(connection, *place)


def _event(verb, by, why, root, at):
    id, rounded, at = uuid.uuid4().hex, rounding.get(), at or now()
    return Event(
        id=id,
        verb=verb,
        actor_id=actor_id(by),
        actor_name=str(by),
        why=why and seal(why, root=root, place=("audit_entry", id, "why")),
        happened_at=stamp(hour_of(at) if rounded else at),
        to_the_hour=rounded,
    )
