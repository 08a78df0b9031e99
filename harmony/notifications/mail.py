"""A notice as an e-mail: one subject for all, one sentence, the way to the inbox. Nothing a lock screen may not show."""

from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.organisation.models import Organisation

from . import sources


class Way:
    """One connection for many messages; a fresh one after anything went wrong."""

    def __init__(self):
        self.connection = None

    def send(self, notice, at):
        if self.connection is None:
            self.connection = get_connection()
            self.connection.open()
        try:
            message(notice, at, self.connection).send()
        except BaseException:
            self.close()
            raise

    def close(self):
        connection, self.connection = self.connection, None
        if connection:
            connection.close()


def message(notice, at, connection=None):
    """Sent twice after a crash it is the same message: its Message-ID is that of the notice."""
    organisation = " ".join(Organisation.current().name.split())
    source = sources.get(notice.kind)
    shown = {
        "says": notice.says(at),
        "inbox": settings.SITE_URL + reverse("notifications:inbox"),
        "organisation": organisation,
        "reference": notice.reference,
        "letter": source.letter(notice.recipient, notice, at) if source.letter else "",
    }
    host = urlsplit(settings.SITE_URL).hostname
    return EmailMessage(
        _("A message for you from %(organisation)s") % {"organisation": organisation},
        render_to_string("notifications/mail.txt", shown),
        to=[notice.recipient.email],
        headers={"Message-ID": f"<{notice.pk.hex}@{host}>", "Auto-Submitted": "auto-generated"},
        connection=connection,
    )


def is_final(error):
    """Whether trying again would end the same: this address, or this message, is refused for good."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= 500


def is_silent(error):
    """Whether the server, and not this message, is at fault. (An SMTPException is an OSError too.)"""
    return isinstance(error, SMTPServerDisconnected) or (
        isinstance(error, OSError) and not isinstance(error, SMTPException)
    )
