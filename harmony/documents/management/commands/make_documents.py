"""`manage.py make_documents`: what the background worker does, now and here."""

from django.core.management.base import BaseCommand

from harmony.documents import making, tasks


class Command(BaseCommand):
    help = "Makes the documents that wait, and deletes those whose time is up."

    def handle(self, **options):
        made = making.make_waiting()
        tasks.expire()
        self.stdout.write(f"Documents made: {made}.")
