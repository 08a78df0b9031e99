"""`manage.py demo`: fill an empty database with the invented organisation."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from harmony.audit import book
from harmony.audit.tasks import check_book
from harmony.home.demo.cast import PASSWORD
from harmony.home.demo.making import make
from harmony.people.models import User


class Command(BaseCommand):
    help = _("Make the invented organisation with a year behind it. Only into an empty database, never in production.")

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help=_("Do nothing, quietly, when anyone is here already.")
        )

    def handle(self, *, if_empty, **options):
        somebody = User.objects.exists()
        if if_empty and somebody:
            return
        if settings.PRODUCTION:
            raise CommandError(_("This is production. The demo is never made here. To begin, run: make begin"))
        if somebody:
            raise CommandError(_("There are people here already. The demo is only made in an empty database."))
        self.stdout.write(_("Making the demo, which takes half a minute …"))
        make(say=lambda line: self.stdout.write(f"  {line}"))
        book.seal()
        check_book()  # as each night
        self.stdout.write(_("Everybody signs in with the password %(password)s") % {"password": PASSWORD})
