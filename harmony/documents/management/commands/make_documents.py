"""`manage.py make_documents`: what the background worker does, now and here."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from harmony.documents import making, tasks


class Command(BaseCommand):
    help = _("Makes the documents that wait, and deletes those whose time is up.")

    def handle(self, **options):
        made = making.make_waiting()
        tasks.expire()
        self.stdout.write(_("Documents made: %(count)d.") % {"count": made})
