"""`manage.py dispatch`: what the background worker does with messages, now and here."""

from django.core.management.base import BaseCommand

from harmony.notifications import dispatch


class Command(BaseCommand):
    help = "Sends the messages that wait."

    def handle(self, **options):
        self.stdout.write(f"Messages sent: {dispatch.send_waiting()}.")
