"""A record's keys go, and with them what was made of it. After a restore the same is done again (home/backups)."""

from django.db import transaction
from django.db.models import Q

from harmony import between
from harmony.audit.models import Entry
from harmony.documents import vault
from harmony.documents.access import WORKER
from harmony.documents.models import Export
from harmony.encryption import keys
from harmony.files.sweeping import models_of_files
from harmony.notifications.models import Notice


def destroy(roots, *, by, at):
    """Its own root first. (how many lines its chain has, the digest of the last): where the book stood. Inside an event."""
    for root in roots:
        keys.erase(root, at)
    clear(roots, by=by, at=at)
    last = Entry.objects.filter(root=roots[0].hex).order_by("seq").last()
    return last.seq, last.digest


def with_files(roots):
    """Each file has a key of its own besides."""
    files = (model.objects.filter(root__in=roots).values_list("pk", flat=True) for model in models_of_files())
    return [*roots, *(pk for found in files for pk in found)]


def roots_of_files(numbers):
    """Where these are numbers of files: the roots that those hang on."""
    return [
        root
        for model in models_of_files()
        for root in model.objects.filter(pk__in=numbers).values_list("root", flat=True)
    ]


def clear(roots, *, by, at):
    """What no key makes unreadable: bytes, messages, documents; and in each room what would name it or open it."""
    for model in models_of_files():
        for file in model.objects.filter(Q(root__in=roots) | Q(pk__in=roots)):
            transaction.on_commit(file.throw_away)
    Notice.objects.filter(root__in=roots).delete()  # its deliveries with it: nothing is sent any more
    for export in Export.objects.filter(root__in=roots, status__in=(Export.Status.WAITING, Export.Status.READY)):
        _end(export)
    between.erased(roots, by=by, at=at)


def _end(export):
    token = export.token
    if export.status == Export.Status.READY:
        export.expire(by=WORKER)
    else:
        export.give_up("KeyErased", by=WORKER)
    transaction.on_commit(lambda: vault.throw_away(token))
