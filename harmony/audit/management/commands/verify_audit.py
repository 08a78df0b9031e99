"""`manage.py verify_audit`: does the book still hold? A break is named and exits with 1, so cron can tell."""

from django.core.management.base import BaseCommand, CommandError

from harmony.audit import book
from harmony.audit.models import Entry


class Command(BaseCommand):
    help = "Walks every chain and every seal, compares every row with its lines, and names the first break."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="name every break, not only the first")
        parser.add_argument("--seal", metavar="DIGEST", help="also look for this seal, as printed on a PDF or a mail")

    def handle(self, **options):
        with book.at_one_moment():
            breaks = 0
            for found in book.breaks():
                if not options["all"]:
                    raise CommandError(found)
                self.stderr.write(found)
                breaks += 1
            if options["seal"] and not book.holds_seal(options["seal"]):
                raise CommandError(f"No seal begins with {options['seal']}: it is not of this book")
            newest = book.newest_seal()
            lines = Entry.objects.count()
        if breaks:
            raise CommandError(f"Places where the book does not hold: {breaks}")
        self.stdout.write(f"{lines} lines hold. Newest seal: {newest.digest if newest else 'none'}")
