"""`manage.py dispatch`: what the background worker does with messages, now and here."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from harmony.notifications import dispatch


class Command(BaseCommand):
    help = _("Sends the messages that wait.")

    def handle(self, **options):
        self.stdout.write(_("Messages sent: %(count)d.") % {"count": dispatch.send_waiting()})
