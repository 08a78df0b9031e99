"""`manage.py verify_audit`: does the book still hold? A break is named and exits with 1, so cron can tell."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from harmony.audit import book
from harmony.audit.events import operator
from harmony.audit.models import Entry


class Command(BaseCommand):
    help = "Walks every chain and every seal, compares every row with its lines, and names the first break."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="name every break, not only the first")
        parser.add_argument("--seal", metavar="DIGEST", help="also look for this seal, as printed on a PDF or a mail")

    def handle(self, **options):
        breaks, first = 0, ""
        with book.at_one_moment():
            for found in book.breaks():
                breaks, first = breaks + 1, first or found
                if not options["all"]:
                    break
                self.stderr.write(found)
            known = not options["seal"] or book.holds_seal(options["seal"])
            newest = book.newest_seal()
            lines = Entry.objects.count()
        self._write_down(breaks)
        if breaks:
            raise CommandError(f"Places where the book does not hold: {breaks}" if options["all"] else first)
        if not known:
            raise CommandError(f"No seal begins with {options['seal']}: it is not of this book")
        self.stdout.write(f"{lines} lines hold. Newest seal: {newest.digest if newest else 'none'}")

    def _write_down(self, breaks):
        """A line of the book says that it was read. One so broken that it takes no line is read all the same."""
        try:
            book.write_down_check(operator(), breaks)
        except DatabaseError:
            self.stderr.write("This check could not be written into the book.")
