"""`manage.py print_key_sheet master | lp`: a key on paper, for two trustees to hold. Nothing is written to a file.

The backup key is a new pair each time: the public half is kept here, the private half is on the sheet and nowhere else.
"""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now
from django.utils.translation import gettext as _

from harmony.audit.events import note, operator
from harmony.encryption import masters, sheets
from harmony.home.models import BackupKey, KeySheet, versions_in_use
from harmony.look.words import day
from harmony.organisation.models import Organisation

MASTER, BACKUP = KeySheet.Kind.MASTER, KeySheet.Kind.BACKUP


class Command(BaseCommand):
    help = _(
        "Prints a key for paper. Send it to a printer, twice, and to no file: manage.py print_key_sheet master | lp -n 2"
    )

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=[MASTER.value, BACKUP.value])
        parser.add_argument("--new", action="store_true", help=_("make another backup key, though there is one"))

    def handle(self, kind, new=False, **options):
        version, key = _master() if kind == MASTER else _backup(new)
        self.stdout.write("\n".join([_heading(kind, version), "", *sheets.lines(kind, version, key), "", _what(kind)]))


def _master():
    version = versions_in_use()[MASTER]
    if not version:
        raise CommandError(_("There is no master key. Run `make setup` first."))
    note(f"print master key {version}", by=operator())
    return version, masters.key(version)


def _backup(new):
    """The line in the book is its own: a key is made."""
    before = versions_in_use()[BACKUP]
    if before and not new:
        raise CommandError(
            _(
                "Backup key %(version)d was printed once and is not kept here. Is a sheet lost? Then add --new: what is "
                "backed up from then on opens with the new one, and older backups with the old one."
            )
            % {"version": before}
        )
    pair = X25519PrivateKey.generate()
    public = pair.public_key().public_bytes_raw().hex()
    BackupKey().make(before + 1, public, by=operator(), at=now())
    return before + 1, pair.private_bytes_raw()


def _heading(kind, version):
    told = {"organisation": Organisation.current().name, "kind": KeySheet.Kind(kind).label, "version": version}
    told["day"] = day(now())
    return _("%(organisation)s. %(kind)s, version %(version)d, printed %(day)s.") % told


def _what(kind):
    if kind == MASTER:
        return _(
            "Whoever has this and a copy of the database can read every record. Keep it in a sealed envelope, apart from\n"
            "the backups. To put it back on a new machine: manage.py restore_master_key. The last four digits of a line\n"
            "are a check. Then say in the service, under Key sheets, that you hold it."
        )
    return _(
        "This opens the backups, and is on this sheet only. Keep it in a sealed envelope, apart from the backups. The\n"
        "last four digits of a line are a check. Then say in the service, under Key sheets, that you hold it."
    )
