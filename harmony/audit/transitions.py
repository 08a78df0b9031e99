"""Transitions: the only way a record changes state."""

import inspect
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import wraps

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.utils import formats
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _

from harmony.encryption.fields import as_stored

from .events import actor_id, event, plain
from .models import Entry

NEW = frozenset()  # `source=NEW`: the step that makes the record
GONE = "(gone)"  # `to=GONE`: the step that removes it; the book keeps what it was
ANY = None  # `source=ANY`: whatever the state, or a record without one


class Refused(Exception):
    """Not done, and nothing changed. Its words are a sentence for the page."""


class StateMoved(Refused):
    """Somebody was quicker."""


class ReasonOwed(Refused):
    """This step is not taken without saying why."""


@dataclass(frozen=True)
class Transition:
    """One row of a model's state table."""

    verb: str
    source: frozenset | None
    to: str | None  # None: the state stays as it is; GONE: the record does not
    may: object
    reason: bool
    done: str  # "acknowledged this", for whoever comes second


def transition(*, source, to, may, reason=False, done=""):
    """Turn a method into a step: locked, read afresh, allowed, recorded, saved.

        @transition(source={Status.NEW}, to=Status.TRIAGED, may=access.may_triage, reason=True, done=_("triaged this"))
        def triage(self, severity, *, by, at=None): …

    Called with `by=`, with `why=` where a reason is owed, and with `at=` when it happened earlier
    than now. The body gets `by`, and `at` and `why` if it names them; its `at` is never None, and
    is the moment the book gives the event.

    The row is re-read whole and only what the body changed is saved: nobody's work is lost,
    neither what a colleague saved meanwhile nor by a stale page writing old values back.
    """

    def decorate(body):
        step = Transition(body.__name__, source if source is ANY else frozenset(source), to, may, reason, done)
        wanted = inspect.signature(body).parameters

        @wraps(body)
        def take(record, *args, by, why="", at=None, **kwargs):
            if reason and not why.strip():
                raise ReasonOwed(_("Say why, before you take this step."))
            at = at or now()
            told = {name: value for name, value in {"by": by, "at": at, "why": why}.items() if name in wanted}
            with event(step.verb, by=by, why=why, about=record, at=at), _alone(record, step):
                _read_afresh(record, step, by)
                held = _stored(record)
                try:
                    body(record, *args, **told, **kwargs)
                    _save(record, step, held)
                except BaseException:
                    _put_back(record, step, held)
                    raise

        take.transition = step
        return take

    return decorate


def table(model):
    """The steps of a model, in the order they are written down."""
    named = {name: value for parent in reversed(model.__mro__) for name, value in vars(parent).items()}
    return [value.transition for value in named.values() if hasattr(value, "transition")]


@contextmanager
def _alone(record, step):
    """A step inside a step of the same record would re-read it, and lose what the outer one has set."""
    if taking := getattr(record._state, "taking", ""):
        raise RuntimeError(f"{step.verb} is called within {taking}, on the same record")
    record._state.taking = step.verb
    try:
        yield
    finally:
        record._state.taking = ""


def _read_afresh(record, step, by):
    """Lock, re-read, permission, state: in this order."""
    if step.source is not NEW:
        try:
            record.refresh_from_db(from_queryset=type(record)._base_manager.select_for_update())
        except ObjectDoesNotExist:
            raise StateMoved(_("This is not here any more.")) from None
    if not step.may(by, record):
        raise PermissionDenied(_("You can see this, but this step is not yours to take."))
    if step.source is NEW and not record._state.adding:
        raise StateMoved(_("This is here already."))
    if step.source and record.status not in step.source:
        raise StateMoved(_who_was_quicker(record, by))


def _stored(record):
    """{column attribute: value as it lies in the database}, copied: a body may change a list in place."""
    held = record.__dict__
    return {
        field.attname: deepcopy(as_stored(held[field.attname]))
        for field in record._meta.concrete_fields
        if field.attname in held
    }


def _save(record, step, held):
    if step.to is GONE:
        record.delete()
        return
    if step.to is not None:
        record.status = step.to
    if step.source is NEW:
        record.save(force_insert=True)
        return
    now_held = _stored(record)
    changed = [name for name, value in now_held.items() if name not in held or held[name] != value]
    record.save(update_fields=changed)


def _put_back(record, step, held):
    """A step that failed leaves the record as the database has it."""
    for name, value in held.items():
        setattr(record, name, value)
    record._state.adding = step.source is NEW


def _who_was_quicker(record, by):
    """Tom Ellery acknowledged this at 10:42am."""
    lines = Entry.objects.filter(table_name=record._meta.db_table, row_id=plain(record.pk))
    last = lines.filter(changes__contains='"status":').last()
    if not last:
        return _("This has moved on meanwhile.")
    said = {step.verb: step.done for step in table(type(record))}
    did = said.get(last.verb) or _("changed this")
    sentence = _("You %(did)s %(when)s.") if last.actor_id == actor_id(by) else _("%(who)s %(did)s %(when)s.")
    return sentence % {"who": last.actor_name, "did": did, "when": _clock(last.happened)}


def _clock(moment):
    """at 10:42am; on another day, with its date."""
    local = localtime(moment)
    said = {"time": formats.date_format(local, "fA").lower(), "day": formats.date_format(local, "l j F Y")}
    return (_("at %(time)s") if local.date() == localdate() else _("on %(day)s at %(time)s")) % said
