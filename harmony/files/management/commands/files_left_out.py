"""`manage.py files_left_out`: what a backup of the files must not hold, a path a line, as `rsync --exclude-from=-` reads it."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from harmony.files.backups import left_out


class Command(BaseCommand):
    help = _("Lists the files that no backup may hold: those that may be indecent images.")

    def handle(self, **options):
        for path in left_out():
            self.stdout.write(f"/{path}")
