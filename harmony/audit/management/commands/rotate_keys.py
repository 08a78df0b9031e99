"""`manage.py rotate_keys`: a new master key, and every data key wrapped with it. No word is encrypted again."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony.audit import dialects
from harmony.audit.events import event, note, operator
from harmony.encryption import keys, masters
from harmony.encryption.models import RootKey

TOGETHER = 100  # keys a transaction: whoever writes meanwhile waits a moment, not for all of them


class Command(BaseCommand):
    help = _("Adds a master key and wraps every data key with it. An interrupted run is finished by the next.")

    def add_arguments(self, parser):
        parser.add_argument(
            "--drop-old", action="store_true", help=_("remove the master keys that nothing uses any more")
        )

    def handle(self, **options):
        if settings.MASTER_KEYS:
            raise CommandError(_("The master keys come from the settings, not from a file: nothing to rotate."))
        if options["drop_old"]:
            self.drop_old()
        else:
            self.rotate()

    def rotate(self):
        if keys.outdated().exists():
            version = max(masters.known())
            self.stdout.write(_("Finishing the rotation to version %(version)d.") % {"version": version})
        else:
            version = masters.add()
        wrapped = 0
        while batch := list(keys.outdated()[:TOGETHER]):
            with event("rotate keys", by=operator(), about=batch):
                for key in batch:
                    keys.rewrap(key.root)
            wrapped += len(batch)
        self._say_what_to_keep(wrapped, version)

    def _say_what_to_keep(self, wrapped, version):
        done = ngettext(
            "%(count)d key is wrapped with version %(version)d. Nothing needs a restart.",
            "%(count)d keys are wrapped with version %(version)d. Nothing needs a restart.",
            wrapped,
        )
        self.stdout.write(done % {"count": wrapped, "version": version})
        self.stdout.write(
            _(
                "Now store a copy of %(file)s where the last copy is, away from the backups:\n"
                "what is written from now on opens only with it. Keep the old copy for as long as you keep backups from\n"
                "before today. If the old key leaked, run `manage.py rotate_keys --drop-old` next."
            )
            % {"file": settings.MASTER_KEY_FILE}
        )

    def drop_old(self):
        with transaction.atomic():
            dialects.of(connection).keep_writers_out(connection, RootKey._meta.db_table)
            newest = max(masters.known())
            if in_use := keys.outdated().count():
                refusal = ngettext(
                    "%(count)d key still needs an old master key: run `manage.py rotate_keys` first.",
                    "%(count)d keys still need an old master key: run `manage.py rotate_keys` first.",
                    in_use,
                )
                raise CommandError(refusal % {"count": in_use})
            old = sorted(masters.known().keys() - {newest})
            note(f"drop master keys {', '.join(map(str, old)) or '(none)'}", by=operator())
            masters.drop(old)
        told = {"versions": ", ".join(map(str, old)) or _("none"), "newest": newest}
        self.stdout.write(_("Versions dropped: %(versions)s. Left: %(newest)d.") % told)
