"""Random schedules of two who work at the same time: giving, taking back, publishing, running out, never showing, stopping.

After each turn, whatever the two did to one another: no picture stands for which somebody in it has no permission that
holds, unless somebody has the task to take it down. What holds is worked out here from what was said, and asks nothing of
the product. On SQLite the two take turns at its one write lock; on PostgreSQL they meet in the rows.
"""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from django.db import DatabaseError, connection
from django.utils.timezone import localdate, now

from consent import sweeping
from consent.models import Consent, Image, NeverShown, Permission, Publication, Purpose, TakeDown
from harmony.audit import guards
from harmony.audit.transitions import Refused
from harmony.organisation.models import Channel
from harmony.people.models import YoungPerson
from platforms.models import Platform

from ..platforms.making import listed

TURNS = 5  # of one schedule, each of two steps at once
MONTHS = 12


class Schedule:
    """Two young people in one picture, two uses; the day goes on only between the turns."""

    def __init__(self, noor, amara, number):
        self.draw, self.noor, self.amara, self.number = random.Random(number), noor, amara, number
        self.at, self.said, self.did = now(), [], Counter()
        self.people = [self._young(name) for name in ("Zed A", "Ada B")]
        purpose = Purpose()
        purpose.add(f"Purpose {number}", by=noor)
        purpose.word("May we?", MONTHS, by=noor)
        for where in ("the website", "the poster"):
            channel = listed(f"{where} {number}", localdate() + timedelta(days=2000), amara, noor)
            purpose.use_on(channel, "online", by=noor)
        self.uses = list(purpose.uses.select_related("channel", "purpose"))
        self.image = Image()
        self.image.add("Canoe day", "The office drive", "", None, by=noor)
        self.image.show_all(self.people[:1], by=noor)
        for one in self.people:
            for use in self.uses:
                self.give(one, use)

    def _young(self, name):
        one = YoungPerson()
        one.add(name, "", date(localdate().year - 14, 1, 1), YoungPerson.Kind.YOUNG_PERSON, by=self.amara)
        return one

    def run(self):
        """What was wrong, in words."""
        for turn in range(TURNS):
            steps = [self._step() for _one in range(2)]
            with ThreadPoolExecutor(2) as both:
                failed = [name for name in both.map(self._take, steps) if name]
            yield from (f"schedule {self.number}, turn {turn}: {name}" for name in failed)
            yield from (f"schedule {self.number}, turn {turn}, after {steps}: {one}" for one in self.uncovered())
            if self.draw.random() < 0.3:
                self.at += timedelta(days=self.draw.randrange(1, 200))
                sweeping.settle(self.at)
                yield from (f"schedule {self.number}, turn {turn}, a later day: {one}" for one in self.uncovered())

    def _step(self):
        """Drawn before the two begin, so that a number draws the same again."""
        name = self.draw.choice(
            ["give"] * 3
            + ["take_back"] * 3
            + ["publish"] * 5
            + ["join", "never", "again", "take_down", "let_stay", "stop"]
        )
        return name, self.draw.choice(self.people), self.draw.choice(self.uses), self.draw.random()

    def _take(self, step):
        name, one, use, chance = step
        try:
            getattr(self, name)(one, use, chance)
            self.did[name] += 1
        except Refused:
            self.did[f"{name}, refused"] += 1
        except DatabaseError as error:
            if not guards.sentence(error):  # a deadlock, or anything that no sentence says
                return f"{name}: {type(error).__name__} {error}"
            self.did[f"{name}, refused"] += 1
        finally:
            connection.close()
        return ""

    # what people do

    def give(self, one, use, chance=1):
        for side, how in (("parent", Permission.How.PAPER), ("young", Permission.How.TOLD)):
            Consent.hear_all(one, {use: "yes"}, side=side, how=how, by=self.noor, at=self.at)

    def take_back(self, one, use, chance):
        side = "parent" if chance < 0.5 else "young"
        Consent.hear_all(one, dict.fromkeys(self.uses, "no"), side=side, how="told", by=self.noor, at=self.at)

    def publish(self, one, use, chance):
        Publication.put_out(Image.objects.get(pk=self.image.pk), use, place="x", by=self.noor, at=self.at)

    def join(self, one, use, chance):
        Image.objects.get(pk=self.image.pk).show_all(self.people, by=self.noor, at=self.at)

    def never(self, one, use, chance):
        if not one.never_shown.standing().exists():
            NeverShown(young_person=one).flag("An order", by=self.amara, at=self.at)

    def again(self, one, use, chance):
        if flag := one.never_shown.standing().first():
            flag.lift(by=self.amara, why="It ended", at=self.at)

    def take_down(self, one, use, chance):
        if task := TakeDown.objects.open().filter(publication__image=self.image).first():
            task.done("It is gone", by=self.noor, at=self.at)

    def let_stay(self, one, use, chance):
        if task := TakeDown.objects.open().filter(publication__image=self.image).first():
            task.let_stay("They said so", by=self.noor, at=self.at)

    def stop(self, one, use, chance):
        if chance < 0.3:
            Platform.objects.get(pk=use.channel_id).retire(by=self.amara, why="Sold", at=self.at)

    # what must be so

    def uncovered(self):
        on = localdate(self.at)
        for publication in Publication.objects.filter(image=self.image, ended_at=None).select_related("use__channel"):
            shown = self.image.appearances.values_list("young_person", flat=True)
            covered = all(self._holds(key, publication.use, on) for key in shown)
            approved = publication.use.channel.status == Channel.Status.APPROVED
            if not (covered and approved) and not publication.take_downs.filter(status="open").exists():
                yield f"{publication.use} stands without permission and without a task"

    @staticmethod
    def _holds(key, use, on):
        """Both sides said yes last, not so long ago, and nobody says that they are never to be shown."""
        if NeverShown.objects.filter(young_person=key, lifted_at=None).exists():
            return False
        last = {}
        said = Permission.objects.filter(consent__young_person=key, consent__use=use)
        for one in said.select_related("wording").order_by("said_at"):
            last[one.side] = one
        if len(last) < 2 or any(one.says == "no" for one in last.values()):
            return False
        first = min(localdate(one.said_at) for one in last.values())
        born = date.fromisoformat(YoungPerson.objects.get(pk=key).born)
        turned = any(first < born.replace(year=born.year + years) <= on for years in (13, 16, 18))
        return not turned and on < first.replace(
            year=first.year + 1, day=min(first.day, 28) if first.month == 2 else first.day
        )


def run(noor, amara, numbers):
    """(what was wrong, how often each step was taken)."""
    wrong, did = [], Counter()
    for number in numbers:
        schedule = Schedule(noor, amara, number)
        wrong += schedule.run()
        did += schedule.did
    return wrong, did
