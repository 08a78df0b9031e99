"""Two worlds that differ by one case: for whoever it is about, every page, list, number and mail is the same in both."""

import random
from datetime import timedelta
from uuid import uuid4

from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.encryption.keys import ORGANISATION
from harmony.notifications.dispatch import send_waiting
from harmony.organisation.models import Organisation
from incidents.models import Case, Report
from tests.matrix.asking import EACH_TIME, Cell, Site, every_page
from tests.matrix.pages import PAGES, WRITTEN

from . import sequences
from .sequences import Cast, Sequence

LOOKS = sorted(
    name
    for name, pattern in every_page().items()
    if PAGES[name].relations == ("",) and PAGES[name].takes != "POST" and not pattern.pattern.converters
)
# samples, of which nothing is real and which tell the time; their own sign-in; whether this machine is well
LEFT_OUT = {*WRITTEN, "home:components", "home:ready", "home:live", "home:running", "people:session"}


class Room:
    """An organisation with an ordinary case, and a browser for each of its people."""

    def __init__(self):
        with event("seed", by="the proof"):
            Organisation.objects.create(id=ORGANISATION, name="HARMONY")
        self.cast = Cast()
        self.people = {user.name.lower(): user for user in self.cast.people}
        author = self.people["leah"]
        for number in range(3):
            report = Report(author=author, form_key=uuid4(), danger="no", about_us=False, who="Mia D", facts="So")
            report.save()
            report.file(by=author, at=now() - timedelta(days=9 + number))
        self.ordinary = Case.objects.all()[0]
        self.plots = {}
        self.site = Site(self)
        self.before = {}

    def seen_by(self, name):
        """Every page, the mails, and the figures on paper, as this person has them now."""
        seen = {}
        for page in LOOKS:
            if page in LEFT_OUT or page.startswith(("account_", "mfa_", "usersessions_")):
                continue
            answer, _lines = self.site.ask(Cell(page, "GET", name, ""), reverse(page))
            seen[page] = EACH_TIME.sub("~", f"{answer.status} {sorted(answer.headers)} {answer.body}")
        seen["mails"] = self._mails(name)
        return seen

    def _mails(self, name):
        mail.outbox.clear()
        with transaction.atomic():
            send_waiting()
            transaction.set_rollback(True)
        mine = [one for one in mail.outbox if self.people[name].email in one.to]
        return sorted(one.subject for one in mine)

    def known(self, name):
        if name not in self.before:
            self.before[name] = self.seen_by(name)
        return self.before[name]


def run(room, numbers):
    """What differs, in sentences: nothing should."""
    found = []
    for number in numbers:
        draw = random.Random(number)
        name = draw.choice(sorted(set(room.people) - {"leah"}))
        before = room.known(name)
        with transaction.atomic():
            _happens(room, name, draw, number)
            after = room.seen_by(name)
            transaction.set_rollback(True)
        found += [
            f"pair {number}: {name} sees a difference on {page}" for page in before if before[page] != after[page]
        ]
    return found


def _happens(room, name, draw, number):
    """A concern about this person, and some of what is done with it by those who may."""
    author = room.people["leah"]
    user = room.people[name]
    report = Report(author=author, form_key=uuid4(), danger=draw.choice(["no", "yes", "unsure"]), about_us=True,
                    who="Zed A (9)", facts="A bruise", named=str(user.pk), worry=draw.choice(["", "very"]))  # fmt: skip
    report.save()
    report.file(by=author, at=now() - timedelta(hours=draw.choice([0, 1, 30])))
    it = Sequence.of(room.cast, report, [user], number)
    for move in draw.sample(WITHIN, 5):
        it.move(move, *draw.sample([one for one in room.cast.people if one != user], 2))


# what is done in the case alone: posts that change hands are seen by everybody
WITHIN = [
    getattr(sequences, name)
    for name in (
        "acknowledge",
        "weigh",
        "write",
        "ask_above",
        "nobody_answers",
        "export",
        "close",
        "reopen",
        "turns_out",
    )
]
