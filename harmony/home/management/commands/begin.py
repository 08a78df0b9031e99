"""`manage.py begin`: a real start. Makes the organisation, and invites its chair and its DSO."""

import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from harmony.audit.events import event
from harmony.look.characters import keepable
from harmony.organisation.beginning import begin
from harmony.organisation.models import Organisation
from harmony.people.inviting import invite
from harmony.people.models import Membership, Post, User

BY = "manage.py begin"
QUESTIONS = {
    "organisation": _lazy("What is your organisation called?"),
    "chair": _lazy("Who chairs the trustees? Their name:"),
    "chair_email": _lazy("The chair’s e-mail address:"),
    "dso": _lazy("Who is the designated safeguarding officer (DSO)? Their name:"),
    "dso_email": _lazy("The DSO’s e-mail address:"),
}
ROOM = {"organisation": 100, "chair": 150, "dso": 150, "chair_email": 254, "dso_email": 254}


class Command(BaseCommand):
    help = _("Begin: make your organisation and invite its chair and its DSO. Asks what it is not told.")

    def add_arguments(self, parser):
        for name in QUESTIONS:
            parser.add_argument(f"--{name.replace('_', '-')}", default="")

    def handle(self, **options):
        _refuse_unless_empty()
        told = {name: self._answer(name, options[name]) for name in QUESTIONS}
        if told["chair_email"] == told["dso_email"]:
            raise CommandError(_("The chair and the DSO must be two people, with an e-mail address each."))
        with event("begin", by=BY):
            begin(name=told["organisation"], by=BY)
            links = {
                told["chair"]: self._invite(told, "chair", Membership.Kind.TRUSTEE, Post.CHAIR),
                told["dso"]: self._invite(told, "dso", Membership.Kind.STAFF, Post.DSO),
            }
        self._say(links)

    def _answer(self, name, answer):
        """What the option says, or what is typed; asked again until it makes sense, where somebody can answer."""
        asks = not answer and sys.stdin.isatty()
        while True:
            text = (input(f"{QUESTIONS[name]} ") if asks else answer).strip()
            wrong = _wrong_with(name, text)
            if not wrong:
                return text.lower() if name.endswith("email") else text
            if not asks:
                raise CommandError(f"--{name.replace('_', '-')}: {wrong}")
            self.stdout.write(wrong)

    def _invite(self, told, who, kind, post):
        _user, link = invite(name=told[who], email=told[f"{who}_email"], kind=kind, posts=[post], by=BY)
        return link

    def _say(self, links):
        self.stdout.write(_("\nGive each their own link, and nobody else’s. Each works once, for a week:\n"))
        for name, link in links.items():
            self.stdout.write(f"  {name}: {link}\n")
        self.stdout.write(_("\nOnce they have come in, their front page says what is still missing."))


def _refuse_unless_empty():
    if Organisation.current().is_demo:
        raise CommandError(
            _(
                "This database holds the demo. A real start needs an empty one: stop the service, move the folder var/ "
                "away (or name another database in .env), then run this again."
            )
        )
    if User.objects.exists() or Organisation.objects.exists():
        raise CommandError(_("Somebody has begun here already. Whoever looks after accounts can invite you."))


def _wrong_with(name, text):
    """A sentence, or nothing."""
    if not text:
        return _("This is missing.")
    if len(text) > ROOM[name] or not keepable(text) or not text.isprintable():
        return _("Write it in one line of at most %(room)d letters.") % {"room": ROOM[name]}
    if name.endswith("email"):
        try:
            validate_email(text)
        except ValidationError:
            return _("Write an e-mail address, like name@example.org.")
    return ""
