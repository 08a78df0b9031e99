"""`manage.py restore FILE`: an archive of `manage.py backup`, back in an empty place. Asks for the four lines of the backup key's sheet."""

import sys
from pathlib import Path
from time import monotonic

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from harmony.encryption import masters, sheets
from harmony.home.backups import databases, restoring, taking
from harmony.look.words import clock_time


class Command(BaseCommand):
    help = _("Puts a backup back: checks it, erases again what was erased since, and reads the whole book.")
    requires_system_checks = []  # they ask the database, which is not there yet

    def add_arguments(self, parser):
        parser.add_argument("archive")
        parser.add_argument("--key", metavar="FILE", help=_("the four lines of the sheet, instead of being asked"))
        parser.add_argument("--key-version", type=int, help=_("of the sheet, where the archive was renamed"))
        parser.add_argument("--erasures", metavar="FILE", help=_("the newest list of what was erased"))
        parser.add_argument(
            "--without-erasures", action="store_true", help=_("the list is lost: what was erased since comes back")
        )

    def handle(self, **options):
        begun, path = monotonic(), Path(options["archive"])
        if not path.is_file():
            raise CommandError(_("There is no file %(path)s.") % {"path": path})
        private = self._key(path, options["key"], options["key_version"])
        try:
            with restoring.proved(path, private) as found:
                erased = restoring.list_of_erasures(found, path, options["erasures"], options["without_erasures"])
                done = restoring.put_back(found, erased)
        except (restoring.Refused, databases.CannotCopy, masters.MasterKeyMissing) as refusal:
            raise CommandError(str(refusal)) from refusal
        except restoring.NotTheSame:
            raise CommandError(_("What was put back is not what was copied. Do not use it.")) from None
        except OSError as error:
            raise CommandError(_("The disk refused it: %(why)s") % {"why": error.strerror or error}) from error
        call_command("verify_audit", stdout=self.stdout, stderr=self.stderr)
        for number in done.in_no_backup:
            self.stdout.write(
                _(
                    "The bytes of file %(number)s are gone: it was locked away as it may be an indecent image, and no backup "
                    "holds such a file. Tell the police, if they have asked for it."
                )
                % {"number": number}
            )
        told = {"when": clock_time(done.taken_at), "files": done.files, "seconds": monotonic() - begun}
        told |= {"head": done.head[:16], "erased": done.erased}
        self.stdout.write(
            _(
                "The backup of %(when)s is back: audit head identical (%(head)s…), %(erased)d erasures replayed, "
                "%(files)d files, %(seconds).1f s. Everybody signs in again."
            )
            % told
        )

    def _key(self, path, file, version):
        """Bytes of the private half."""
        named = taking.NAMED.fullmatch(path.name)
        version = version or (int(named[1]) if named else None)
        if not version:
            raise CommandError(_("Which version is the key? It stands on the sheet: say --key-version."))
        if file:
            try:
                typed = Path(file).read_text().splitlines()
            except (OSError, UnicodeDecodeError):
                raise CommandError(_("%(file)s cannot be read.") % {"file": file}) from None
        else:
            if sys.stdin.isatty():
                self.stdout.write(_("Type the four lines of the sheet of the backup key, then an empty line:"))
            typed = list(iter(lambda: sys.stdin.readline().strip(), ""))
        try:
            return sheets.read("backup", version, typed)
        except sheets.Misread as misread:
            if not misread.line:
                raise CommandError(_("A sheet has four lines. Nothing was changed.")) from None
            raise CommandError(
                _("Line %(line)d is not as it stands on this sheet: compare it, and the version. Nothing was changed.")
                % {"line": misread.line}
            ) from None
