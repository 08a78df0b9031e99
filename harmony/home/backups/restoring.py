"""A backup is put back: proved whole, into a place that is nobody's, and what was erased since is erased again."""

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import now
from django.utils.translation import gettext as _

from harmony import private
from harmony.audit.events import event, note, operator
from harmony.encryption import erasures, keys, masters
from harmony.encryption.models import RootKey
from harmony.files.backups import not_restored
from harmony.retention import destroying
from harmony.retention.models import Hold

from . import archive, databases
from .taking import FILES

ROOM = 2  # times the archive, on the disk
ERASE_AGAIN = "erase again after a restore"


class Refused(Exception):
    """Nothing was changed; its words say why, and what to do."""


class NotTheSame(Exception):
    """What lies in the database now is not what was copied."""


@dataclass
class Restored:
    taken_at: datetime
    head: str  # of the book, as the backup has it and as it stood in the database that was put back
    erased: int = 0  # roots
    files: int = 0
    in_no_backup: list = field(default_factory=list)  # numbers of files that had been locked away


@contextmanager
def proved(path, private_key):
    """The archive, opened: all that can be refused is refused here."""
    if databases.is_somebodys():
        raise Refused(
            _(
                "An organisation lives in this database. Nothing is put over it: name an empty one, or move this one "
                "away. Nothing was changed."
            )
        )
    private.from_now_on(Path(settings.BACKUP_FOLDER))
    _refuse_without_room(Path(path))
    with TemporaryDirectory(dir=settings.BACKUP_FOLDER, prefix=".restoring-") as aside:
        try:
            with archive.opened(Path(path), private_key, aside) as found:
                _refuse_what_does_not_fit(found.facts)
                yield found
        except archive.WrongKey:
            raise Refused(_("This key does not open this archive, or its beginning was altered.")) from None
        except archive.Unusable:
            raise Refused(_("This archive was altered or cut short. Nothing was changed: take another one.")) from None


def _refuse_without_room(path):
    """It lies there twice for a while: unlocked, and where it belongs."""
    needed = ROOM * path.stat().st_size
    if shutil.disk_usage(settings.BACKUP_FOLDER).free < needed:
        told = {"folder": settings.BACKUP_FOLDER, "size": needed // 1_000_000 + 1}
        raise Refused(_("%(folder)s needs %(size)d MB of free room to unlock this archive.") % told)


def _refuse_what_does_not_fit(facts):
    if facts["engine"] != connection.vendor:
        told = {"theirs": facts["engine"], "ours": connection.vendor}
        raise Refused(_("This backup is of %(theirs)s, and this database is %(ours)s.") % told)
    if lacking := sorted(set(facts["master_keys"]) - set(masters.known())):
        said = {"version": lacking[0]}
        raise Refused(_("Master key %(version)d is missing. First: manage.py restore_master_key %(version)d") % said)
    known = MigrationExecutor(connection).loader.disk_migrations
    replaced = {one for migration in known.values() for one in migration.replaces}
    if set(facts["migrations"]) - {".".join(one) for one in (*known, *replaced)}:
        raise Refused(_("This backup was made by a newer HARMONY. Install that one first."))


def list_of_erasures(found, path, named=None, without=False):
    """{root: when} of the newest list there is. Raises Refused where there is none but the archive's own."""
    with found.open(erasures.NAME) as file:
        own = erasures.parsed(file.read().decode())
    places = [Path(named)] if named else [Path(path).parent / erasures.NAME, erasures.path()]
    lists = [] if without else [_read(place) for place in places if place.exists()]
    if not lists and not without:
        raise Refused(
            _(
                "The list of erasures (%(name)s) is missing: what was erased since this backup would come back. It lies "
                "beside the newest backup; say where with --erasures. If it is lost for good: --without-erasures, and "
                "then erase again by hand what the certificates name."
            )
            % {"name": erasures.NAME}
        )
    newest = max(lists, key=len, default=own)
    if own.keys() - newest.keys():
        raise Refused(_("The list of erasures is older than the backup, which knows of more. Find the newest one."))
    return newest


def _read(place):
    try:
        return erasures.parsed(place.read_text())
    except (erasures.NotOurs, UnicodeDecodeError):
        raise Refused(_("%(file)s was altered or cut short, or is not ours.") % {"file": place}) from None


def put_back(found, erased):
    """Database, files, erasures, search. What is wrong from here on is not hidden: it raises."""
    with found.open("database") as database:
        databases.put_back(database)
    head = databases.told_here()["head"]
    if head != found.facts["head"]:
        raise NotTheSame
    done = Restored(datetime.fromisoformat(found.facts["taken_at"]), head)
    done.files = put_files_back(found)
    call_command("migrate", verbosity=0)
    done.erased = erase_again(erased)
    call_command("reindex", verbosity=0)
    with event("restore a backup", by=operator()):
        done.in_no_backup = [file.pk.hex for file in not_restored(now())]
    note("restore a backup", by=operator(), why=_("Taken at %(time)s.") % {"time": found.facts["taken_at"]})
    return done


def put_files_back(found):
    names = [name for name in found.names if name.startswith(FILES)]
    for name in names:
        path = name.removeprefix(FILES)
        default_storage.delete(path)
        with found.open(name) as member:
            default_storage.save(path, File(member, name=path))
    return len(names)


def erase_again(erased):
    """The keys of what was erased since, and what went with them. How many roots.

    What was made and erased after the backup is marked as erased too: a later backup may hold it, and the list goes on.
    """
    RootKey.objects.bulk_create(
        [RootKey(root=root, version=0, erased_at=at) for root, at in erased.items()], ignore_conflicts=True
    )
    back = RootKey.objects.filter(erased_at=None).values_list("root", flat=True)
    again = sorted(set(back) & erased.keys())
    with event(ERASE_AGAIN, by=operator()):
        Hold.objects.overtake({*again, *destroying.roots_of_files(again)})  # lifted since, or the keys would be there
    for root in again:
        with event(ERASE_AGAIN, by=operator()):
            keys.erase(root, erased[root])
            destroying.clear([root], by=operator(), at=erased[root])
    erasures.keep()
    return len(again)
