"""`manage.py reset_second_proof EMAIL --why …`: for somebody whose phone or passkey is gone, where no two who lead are left.

While two are, they do it on a page, with a day of notice (lost.py), and this refuses. Whoever runs it is known to the book
as somebody on the server, and why is asked. Everybody else who leads is told.
"""

from smtplib import SMTPException

from allauth.mfa.models import Authenticator
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony.audit.events import event, note, operator
from harmony.home.lost import ON_THE_SERVER
from harmony.notifications.models import Notice
from harmony.notifications.telling import tell
from harmony.organisation.models import Organisation
from harmony.people import sessions
from harmony.people.access import who_leads, who_vouches
from harmony.people.models import User


class Command(BaseCommand):
    help = _(
        "Takes away somebody’s app, passkeys and recovery codes, and signs them out everywhere. They sign in with their "
        "password and set up a new second proof. Ring them first: be sure that it is them."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--why", required=True, help=_("goes in the book: who asked, and how you knew them"))
        parser.add_argument(
            "--cannot",
            action="append",
            default=[],
            metavar="EMAIL",
            help=_(
                "somebody who leads and cannot sign in either: say it once for each. They are told that you said so"
            ),
        )

    def handle(self, email, why, cannot=(), **options):
        user = User.objects.active().filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(_("Nobody who can sign in has this e-mail address."))
        if not why.strip():
            raise CommandError(_("Say why. It goes in the book."))
        _refuse_while_two_are_left(user, {one.strip().lower() for one in cannot})
        why = " ".join([why, *(_("Cannot sign in either: %(email)s.") % {"email": one} for one in cannot)])
        with event(ON_THE_SERVER, by=operator(), about=user, why=why):
            note(ON_THE_SERVER, by=operator(), about=user)
            count = Authenticator.objects.filter(user=user).count()
            Authenticator.objects.filter(user=user).delete()
            sessions.end_all(user)
            count_before = Notice.objects.of(user, "lost_server").values("rung").distinct().count()
            said = {"clock": "lost_server", "sentence": "lost_server", "rung": count_before + 1, "urgent": True}
            tell("lost_server", user, who_leads(user), **said)
        try:
            _tell(user)
        except (OSError, SMTPException):
            self.stderr.write(_("The mail to them could not be sent. Tell them yourself that it is done."))
        said = ngettext("%(count)d proof was taken away.", "%(count)d proofs were taken away.", count)
        self.stdout.write(said % {"count": count})
        self.stdout.write(_("Their next sign-in, with their password, asks for a new one. It is in the book."))


def _refuse_while_two_are_left(user, cannot):
    left = [one for one in who_vouches(user) if one.email not in cannot]
    if len(left) >= 2:
        names = ", ".join(f"{one.name} ({one.email})" for one in left)
        raise CommandError(
            _(
                "Two who lead can do this without you: %(names)s. One of them opens the page of %(who)s under People, "
                "and a second one confirms it. Only if one or none of them can sign in: name those who cannot with "
                "--cannot EMAIL."
            )
            % {"names": names, "who": user.name}
        )


def _tell(user):
    """As neutral as every mail about an account."""
    mail = "account/email/second_proof_reset"
    words = render_to_string(f"{mail}_message.txt", {"organisation": Organisation.current()})
    send_mail(render_to_string(f"{mail}_subject.txt").strip(), words, None, [user.email])
