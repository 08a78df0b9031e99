"""What stands in the search index: written in the transaction of the words, gone with the key of their root.

A place is one field of one row; a record is what a search finds, with the tokens of all its places. Both are derived:
`manage.py reindex` makes them again.
"""

from django.db import connection, transaction

from . import engines, tokens
from .models import IndexedPlace, IndexedRecord


def put(row, texts, *, subject, root, is_new=False, key=None):
    """These places now hold these texts ({place: text}) and lead to `subject`."""
    key = key or tokens.own_key()
    wanted = {place: found for place, text in texts.items() if (found := tokens.of(text, key))}
    with transaction.atomic(savepoint=False):
        held = {} if is_new else {one.place: one for one in IndexedPlace.objects.filter(row=row, place__in=texts)}
        if {place: (one.subject, one.tokens) for place, one in held.items()} == {
            place: (subject, found) for place, found in wanted.items()
        }:
            return
        record = lock(subject)
        IndexedPlace.objects.filter(pk__in=[one.pk for one in held.values()]).delete()
        IndexedPlace.objects.bulk_create(
            IndexedPlace(subject=subject, root=root, row=row, place=place, tokens=found)
            for place, found in wanted.items()
        )
        if held:
            _gather(subject, *(one.subject for one in held.values()))
        else:
            _keep(record, record.tokens, *wanted.values())


def drop(row):
    """A row is gone."""
    _forget(IndexedPlace.objects.filter(row=row))


def forget(root):
    """Its key is erased: neither its words nor their tokens are here any more."""
    if _forget(IndexedPlace.objects.filter(root=root)):
        engines.tidy(connection)


def empty():
    IndexedPlace.objects.all().delete()
    IndexedRecord.objects.all().delete()


def lock(subject):
    """Its line in the index, for us alone until the end of this transaction: what is there is read after this."""
    lines = IndexedRecord.objects.select_for_update().filter(subject=subject)
    if not (record := lines.first()):
        IndexedRecord.objects.bulk_create([IndexedRecord(subject=subject)], ignore_conflicts=True)
        record = lines.get()
    return record


def _forget(places):
    with transaction.atomic(savepoint=False):
        subjects = set(places.values_list("subject", flat=True))
        places.delete()
        _gather(*subjects)
    return len(subjects)


def _gather(*subjects):
    """From all the places that are left."""
    for subject in sorted(set(subjects)):
        record = lock(subject)
        _keep(record, *IndexedPlace.objects.filter(subject=subject).values_list("tokens", flat=True))


def _keep(record, *texts):
    gathered = " ".join(sorted({token for text in texts for token in text.split()}))
    if not gathered:
        record.delete()
    elif gathered != record.tokens:
        record.tokens = gathered
        record.save(update_fields=["tokens"])
