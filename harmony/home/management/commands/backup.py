"""`manage.py backup`: everything into one archive, locked with the backup key. People go on working."""

from time import monotonic

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from harmony.home.backups import archive, databases, taking


class Command(BaseCommand):
    help = _("Copies database and files into one archive that only the backup key on paper opens.")

    def add_arguments(self, parser):
        parser.add_argument("--to", metavar="FOLDER", help=_("another folder than BACKUP_FOLDER"))

    def handle(self, to=None, **options):
        begun = monotonic()
        try:
            path = taking.take(to)
        except taking.NoKey:
            raise CommandError(
                _("There is no backup key. Print one first: manage.py print_key_sheet backup | lp -n 2")
            ) from None
        except archive.Changed as error:
            raise CommandError(_("%(name)s changed while it was copied. Try again.") % {"name": error}) from error
        except databases.CannotCopy as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(_("The backup could not be written: %(why)s") % {"why": error.strerror}) from error
        told = {"path": path, "size": path.stat().st_size / 1_000_000, "seconds": monotonic() - begun}
        self.stdout.write(_("%(path)s: %(size).1f MB in %(seconds).1f s. Copy it off this machine.") % told)
