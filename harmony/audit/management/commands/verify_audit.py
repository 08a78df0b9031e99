"""`manage.py verify_audit`: does the book still hold? A break is named and exits with 1, so cron can tell."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from harmony.audit import book, heads
from harmony.audit.events import operator
from harmony.audit.models import Entry


class Command(BaseCommand):
    help = _("Walks every chain and every seal, compares every row with its lines, and names the first break.")

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help=_("name every break, not only the first"))
        parser.add_argument(
            "--seal", metavar="DIGEST", help=_("also look for this seal, as printed on a PDF or a mail")
        )
        parser.add_argument(
            "--heal-heads",
            action="store_true",
            help=_("first set right heads that stand behind their chain; refused where lines are missing or changed"),
        )

    def handle(self, **options):
        if options["heal_heads"]:
            self._heal()
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
            behind = heads.behind()
        self._write_down(breaks)
        if breaks and behind:
            self.stderr.write(_("A head that was wound back is set right by: manage.py verify_audit --heal-heads"))
        if breaks:
            every = _("Places where the book does not hold: %(count)d") % {"count": breaks}
            raise CommandError(every if options["all"] else first)
        if not known:
            raise CommandError(_("No seal begins with %(seal)s: it is not of this book") % {"seal": options["seal"]})
        told = {"count": lines, "seal": newest.digest if newest else _("none")}
        self.stdout.write(_("%(count)d lines hold. Newest seal: %(seal)s") % told)

    def _heal(self):
        try:
            done = heads.heal(operator(), _refuse_if_lines_are_broken)
        except DatabaseError as refusal:
            told = {"reason": refusal}
            raise CommandError(_("Only the owner of the database may set heads right: %(reason)s") % told) from refusal
        for sentence in done:
            self.stderr.write(sentence)
        if done:
            told = {"count": len(done)}
            self.stderr.write(
                _(
                    "SET RIGHT: %(count)d. Each head now stands at the last line of its chain, and the book says so. "
                    "Somebody or something changed the database by hand: find out who, and tell the lead trustee."
                )
                % told
            )
        else:
            self.stdout.write(_("No head was wound back: nothing to set right."))

    def _write_down(self, breaks):
        """A line of the book says that it was read. One so broken that it takes no line is read all the same."""
        try:
            book.write_down_check(operator(), breaks)
        except DatabaseError:
            self.stderr.write(_("This check could not be written into the book."))


def _refuse_if_lines_are_broken():
    for found in book.broken_lines():
        raise CommandError(_("No head is set right while lines do not hold. %(first)s") % {"first": found})
