"""From a waiting row to a sealed PDF: take one, gather, set the pages, seal.

Two workers never make the same one: taking it is one conditional update, and finishing asks whether it is
still ours. A worker that dies loses its lease, and the next sweep takes over.
"""

import json
import logging
from datetime import UTC
from hashlib import sha256
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit import book
from harmony.audit.transitions import StateMoved
from harmony.look import colours
from harmony.look.words import clock_time
from harmony.organisation.models import Organisation

from . import pdf, vault
from .access import WORKER, may_have
from .models import LEASE, TRIES, Export

log = logging.getLogger(__name__)


def make_waiting(at=None):
    """Make what waits, oldest first, one at a time. How many were made."""
    made = 0
    while export := take(at):
        made += attempt(export, at)
    return made


def take(at=None):
    """Claim the oldest that is free: a token of our own and a lease. None when there is none."""
    at = at or now()
    with transaction.atomic():
        waiting = Export.objects.waiting(at).order_by("requested_at")
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)  # SQLite: one writer at a time anyway
        export = waiting.first()
        if not export:
            return None
        vault.throw_away(export.token)  # of whoever fell silent
        export.token, export.leased_until, export.tries = uuid4(), at + LEASE, export.tries + 1
        export.step, export.pages_set = Export.Step.QUEUED, 0
        export.save(update_fields=["token", "leased_until", "tries", "step", "pages_set"])
    return export


def attempt(export, at=None):
    """Make it. What goes wrong is kept as the class of the error, for its words may hold a child's name."""
    try:
        if export.tries > TRIES:
            raise TimeoutError
        finish(export, at)
    except StateMoved:
        return False  # someone else has it now, or had it already
    except Exception as error:
        log.exception("A document could not be made", extra={"ref": export.pk})
        export.give_up(type(error).__name__, by=WORKER)
        return False
    return True


def finish(export, at=None):
    """Acting as the person who asked, with the rights they have now."""
    at, person = at or now(), export.requested_by
    if not may_have(person, export):
        raise PermissionDenied
    say(export, Export.Step.GATHERING)
    book.seal_if_due()
    kind, record = export.kind_of, export.record_for(person)
    shown = kind.gather(record, export, at)
    seal = book.newest_seal()
    page = sheet(export, kind, shown, seal, at)
    say(export, Export.Step.SETTING)
    content, pages = pdf.write(page, identifier=export.pk.bytes, progress=lambda page: say_page(export, page))
    if kind.finish:
        content = kind.finish(record, content)
    say(export, Export.Step.SEALING)
    sealed = seal.digest if seal else ""
    export.make(export.token, content, pages, fingerprint(shown, kind.passing), sealed, by=person, at=at)


def sheet(export, kind, shown, seal, at):
    """The pages as HTML. The template sees what was gathered and the cover's facts, and no record."""
    here = Organisation.current()
    worn = colours.worn(here.main_colour, here.dark_colour)
    cover = {
        "title": kind.title,
        "classification": kind.classification,
        "organisation": here.name,
        "colours": colours.stylesheet(*worn) if worn else "",
        "exporter": export.requested_by.name,
        "purpose": export.get_purpose_display(),
        "purpose_words": export.purpose_words,
        "made": clock_time(at),
        "created": at.astimezone(UTC).isoformat(timespec="seconds"),
        "fingerprint_words": in_fours(fingerprint(shown, kind.passing)),
        "seal_words": in_fours(seal.digest) if seal else "",
        "number": export.number,
        "check_at": f"{settings.SITE_URL}{reverse('documents:check')}",
    }
    return render_to_string(kind.template, {"shown": shown, "cover": cover})


def fingerprint(shown, passing=()):
    """Of what is shown of the record, in one way of writing: anyone with the same facts gets the same print."""
    shown = {name: part for name, part in shown.items() if name not in passing}
    return sha256(json.dumps(shown, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def in_fours(digest):
    """A hash that two people can compare over the phone."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def say(export, step):
    _still_ours(export).update(step=step, leased_until=now() + LEASE)


def say_page(export, page):
    _still_ours(export).update(pages_set=page, leased_until=now() + LEASE)


def _still_ours(export):
    return Export.objects.filter(pk=export.pk, token=export.token)
