"""Is this paper, or this file, one that we made? Asked by whoever holds it, years later.

The printed fingerprint is that of the record's facts as they were; the file's hash is that of its bytes. The book's row keeps
both. A document that is unknown and one that its reader must not know of are the same: nothing.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.utils.translation import gettext as _

from harmony.audit.events import plain
from harmony.audit.models import Entry
from harmony.look.words import clock_time

from . import access
from .models import Export

NUMBER, FINGERPRINT = re.compile(r"[0-9a-f]{8}"), re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Checked:
    """What is told of a document that was found. No word of its record, nor which one it is."""

    export: Export
    has_changed: bool | None  # None: its figures are of the day on which it was made


def digits(typed):
    """As it is printed, in fours, or read over the phone in any other way."""
    return re.sub(r"[\s-]", "", typed).lower()


def by_print(number, fingerprint, exports):
    """By the number and the fingerprint on the paper. Both must be right."""
    if not NUMBER.fullmatch(number) or not FINGERPRINT.fullmatch(fingerprint):
        return None
    first, last = UUID(number + "0" * 24), UUID(number + "f" * 24)
    return _checked(exports.filter(pk__gte=first, pk__lte=last, fingerprint=fingerprint).first())


def by_file(file_hash, exports):
    """By the file itself, as it was downloaded: one changed byte makes it another."""
    return _checked(exports.filter(file_hash=file_hash).first() if file_hash else None)


def hash_of(content):
    return sha256(content).hexdigest()


def _checked(export):
    if not export:
        return None
    asked = Entry.objects.filter(root=export.root.hex, table_name=Export._meta.db_table, row_id=plain(export.pk))
    first = asked.order_by("seq").first()
    kind = export.kind_of
    can_tell = first and kind and kind.changed_since
    return Checked(export, kind.changed_since(export.about, first.recorded_at) if can_tell else None)


def checkable_by(user):
    return Export.objects.filter(access.exports_checkable_by(user)).exclude(fingerprint="")


def facts(checked):
    """(what, says): the same words on the page and from `manage.py check_document`."""
    export = checked.export
    changed = {
        True: _("Yes. The record says more, or something else, by now."),
        False: _("No. The record stands as it was printed."),
        None: _("Its figures are those of the day on which it was made."),
    }
    return [
        (_("Document"), str(export.kind_of.title if export.kind_of else export.kind)),
        (_("Number"), export.number),
        (_("Made"), clock_time(export.made_at)),
        (_("By"), export.requested_by.name),
        (_("What for"), str(export.get_purpose_display())),
        (_("Has the record changed since it was asked for?"), changed[checked.has_changed]),
    ]
