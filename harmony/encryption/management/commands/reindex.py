"""`manage.py reindex`: the search index made again from the words, in pieces."""

from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony.encryption import engines, index, search, tokens
from harmony.encryption.fields import load_keys

A_PIECE = 200  # rows a transaction, and in memory at once


class Command(BaseCommand):
    help = _("Makes the search index again. People can go on working; until it ends not everything is found.")

    def handle(self, **options):
        with transaction.atomic():
            index.empty()
        rows = sum(_rows(model) for model in search.searched_models())
        engines.tidy(connection)
        done = ngettext("%(count)d row is in the search.", "%(count)d rows are in the search.", rows)
        self.stdout.write(done % {"count": rows})


def _rows(model):
    """In the order of their keys; what is written meanwhile puts itself into the index."""
    rows, last = model._base_manager.order_by("pk"), None
    count = 0
    while piece := list((rows.filter(pk__gt=last) if last else rows).values_list("pk", flat=True)[:A_PIECE]):
        count, last = count + len(piece), piece[-1]
        with transaction.atomic():
            _put(model, piece)
    return count


def _put(model, piece):
    """Read again once nobody else can put an older or newer text there."""
    key, how = tokens.own_key(), model.searched
    for subject in sorted({how.subject(record) for record in _read(model, piece)} - {None}):
        index.lock(subject)
    records = _read(model, piece)
    load_keys(records)
    for record in records:
        search.keep(record, key=key)


def _read(model, piece):
    way = model.searched.of.split(".")[:-1]
    records = model._base_manager.filter(pk__in=piece).order_by("pk")
    return list(records.select_related("__".join(way)) if way else records)
