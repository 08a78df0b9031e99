"""`manage.py check_document`: whether a paper or a file is one that we made."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from harmony.documents.checking import by_file, by_print, digits, facts, hash_of
from harmony.documents.models import Export


class Command(BaseCommand):
    help = _(
        "Checks a PDF (give the file), or a paper (give its number and its fingerprint). Fails when it is not ours."
    )

    def add_arguments(self, parser):
        parser.add_argument("what", help=_("a PDF, or the number of a document"))
        parser.add_argument("fingerprint", nargs="*", help=_("as it is printed, with or without spaces"))

    def handle(self, what, fingerprint, **options):
        made = Export.objects.exclude(fingerprint="")
        if fingerprint:
            checked = by_print(digits(what), digits("".join(fingerprint)), made)
        else:
            checked = by_file(hash_of(_read(what)), made)
        if not checked:
            raise CommandError(
                _("This is not a document that was made here, or a digit is wrong, or the file was changed.")
            )
        self.stdout.write(_("This document was made here."))
        for term, says in facts(checked):
            self.stdout.write(f"{term}: {says}")


def _read(name):
    try:
        return Path(name).read_bytes()
    except OSError as error:
        told = {"name": name}
        raise CommandError(_("There is no such file, and no fingerprint was given: %(name)s") % told) from error
