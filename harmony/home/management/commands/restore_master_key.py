"""`manage.py restore_master_key 1`: the master key as it stands on paper, back in its file. Asks for the four lines."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from harmony.encryption import masters, sheets


class Command(BaseCommand):
    help = _(
        "Puts a master key back from its sheet. Asks for the four lines; nothing typed stays on the screen’s command line."
    )
    requires_system_checks = []  # they ask for the key

    def add_arguments(self, parser):
        parser.add_argument("version", type=int, help=_("the version that stands on the sheet"))

    def handle(self, version, **options):
        if sys.stdin.isatty():
            self.stdout.write(_("Type the four lines of the sheet, then an empty line:"))
        try:
            masters.put_back(version, sheets.read("master", version, list(iter(_line, ""))))
        except sheets.Misread as misread:
            raise CommandError(_wrong(misread.line)) from None
        except masters.AnotherKey:
            raise CommandError(
                _("%(file)s has another key of version %(version)d. Nothing was changed.")
                % {"file": settings.MASTER_KEY_FILE, "version": version}
            ) from None
        self.stdout.write(
            _("Master key %(version)d is in %(file)s.") % {"version": version, "file": settings.MASTER_KEY_FILE}
        )


def _line():
    return sys.stdin.readline().strip()


def _wrong(line):
    if not line:
        return _("A sheet has four lines. Nothing was changed.")
    return _("Line %(line)d is not as it stands on this sheet: compare it, and the version. Nothing was changed.") % {
        "line": line
    }
