"""`manage.py reset_second_proof EMAIL --why …`: for somebody whose phone or passkey is gone, and who has no recovery code.

Whoever runs it is known to the book as somebody on the server, and why is asked: no page does this.
"""

from smtplib import SMTPException

from allauth.mfa.models import Authenticator
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony.audit.events import event, note, operator
from harmony.organisation.models import Organisation
from harmony.people import sessions
from harmony.people.models import User

VERB = "second proof reset on the server"


class Command(BaseCommand):
    help = _(
        "Takes away somebody’s app, passkeys and recovery codes, and signs them out everywhere. They sign in with their "
        "password and set up a new second proof. Ring them first: be sure that it is them."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--why", required=True, help=_("goes in the book: who asked, and how you knew them"))

    def handle(self, email, why, **options):
        user = User.objects.active().filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(_("Nobody who can sign in has this e-mail address."))
        if not why.strip():
            raise CommandError(_("Say why. It goes in the book."))
        with event(VERB, by=operator(), about=user, why=why):
            note(VERB, by=operator(), about=user)
            count = Authenticator.objects.filter(user=user).count()
            Authenticator.objects.filter(user=user).delete()
            sessions.end_all(user)
        try:
            _tell(user)
        except (OSError, SMTPException):
            self.stderr.write(_("The mail to them could not be sent. Tell them yourself that it is done."))
        said = ngettext("%(count)d proof was taken away.", "%(count)d proofs were taken away.", count)
        self.stdout.write(said % {"count": count})
        self.stdout.write(_("Their next sign-in, with their password, asks for a new one. It is in the book."))


def _tell(user):
    """As neutral as every mail about an account."""
    mail = "account/email/second_proof_reset"
    words = render_to_string(f"{mail}_message.txt", {"organisation": Organisation.current()})
    send_mail(render_to_string(f"{mail}_subject.txt").strip(), words, None, [user.email])
