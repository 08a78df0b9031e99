"""`manage.py record_backup`: that a backup was made, for whoever looks whether they still are."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware, now
from django.utils.translation import gettext as _

from harmony.home.access import BACKUPS
from harmony.home.models import Backup
from harmony.look.words import clock_time


class Command(BaseCommand):
    help = _("Writes down that a backup was just made, or when it was. Run it as the last line of your backup script.")

    def add_arguments(self, parser):
        parser.add_argument("--taken", metavar="TIME", help=_("when, if not now: 2026-11-26T03:00"))

    def handle(self, taken=None, **options):
        at = _moment(taken) if taken else now()
        Backup().record(by=BACKUPS, at=at)
        self.stdout.write(_("A backup of %(when)s is written down.") % {"when": clock_time(at)})


def _moment(words):
    try:
        moment = parse_datetime(words)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(_("Write the time like this: 2026-11-26T03:00"))
    moment = make_aware(moment) if is_naive(moment) else moment
    if moment > now():
        raise CommandError(_("That time is still to come."))
    return moment
