"""Random sequences of what people may do: whoever a case is about, or who has no part in it any more, never sees it."""

import random
from datetime import timedelta
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate, now

from harmony.audit.events import event
from harmony.audit.transitions import Refused
from harmony.documents import kinds
from harmony.documents.models import Export
from harmony.notifications.access import WORKER
from harmony.notifications.models import Notice
from harmony.people.models import Appointment, Membership, Post, Relationship, User, YoungPerson
from incidents import access, lines
from incidents.models import Action, Case, Report, SecondLook
from incidents.offers import handover
from tests.incidents.planning import end

POSTS = ("dso", "deputy", "lead", "chair", "vice", "trustee", "allegations", "office", "auditor")
STEPS = 12  # of one sequence
WEIGHED = {
    "severity": "high", "rationale": "So", "parents": "told", "parents_reason": "So", "refer": False,
    "refer_reason": "So", "kind": "ON-BULLY", "caused_by": "peer",
}  # fmt: skip


class Cast:
    """One for each post, two of the staff; one child."""

    def __init__(self):
        with event("seed", by="the proof"):
            self.people = [self._join(post, post) for post in POSTS] + [self._join("sam"), self._join("leah")]
            self.child = YoungPerson.objects.create(name="Zed A")

    def _join(self, name, *posts):
        user = User.objects.create(
            name=name.title(), email=f"{name}@proof.invalid", password="unusable, as nobody types it"
        )
        Membership.objects.create(user=user, kind="staff", starts_on=localdate() - timedelta(days=9))
        for post in posts:
            Appointment.objects.create(user=user, post=post, starts_on=localdate() - timedelta(days=9))
        return user


class Sequence:
    """One case, and what happens to it. `out` is who must never see it again, in our own book-keeping."""

    def __init__(self, cast, number):
        self.draw, self.cast, self.number = random.Random(number), cast, number
        self.said = []
        author, *others = self.draw.sample(cast.people, 4)
        self.about = others[: self.draw.choice([0, 1, 1, 1, 2])]
        self.out = set(self.about)
        report = Report(author=author, form_key=uuid4(), danger="no", about_us=bool(self.about), who="Zed A (9)",
                        facts="A bruise", named=" ".join(str(one.pk) for one in self.about))  # fmt: skip
        report.save()
        report.file(by=author)
        self.report, self.case = report, report.case

    @classmethod
    def of(cls, cast, report, about, number):
        """Of a report that was filed already."""
        it = cls.__new__(cls)
        it.draw, it.cast, it.number, it.said = random.Random(number), cast, number, []
        it.about, it.out, it.report, it.case = about, set(about), report, report.case
        return it

    def __str__(self):
        return f"sequence {self.number}: about {[one.name for one in self.about]}, {self.said}"

    def run(self):
        self.holds()
        for _step in range(STEPS):
            self.move(self.draw.choice(MOVES), self.draw.choice(self.cast.people), self.draw.choice(self.cast.people))
            self.holds()

    def move(self, name, by, other):
        """One of these, by this person: done, or refused."""
        self.said.append((name.__name__, by.name, other.name))
        self._fresh()
        try:
            with transaction.atomic():
                out = name(self, by, other)
            self.out |= set(out or ())
        except (PermissionDenied, Refused, DatabaseError):
            pass

    def _fresh(self):
        """As the next request would have it: nothing is remembered of posts."""
        for user in self.cast.people:
            user._state.__dict__.pop("posts", None)
        self.case = Case.objects.get(pk=self.case.pk)

    def holds(self):
        """What must be so after every step."""
        for user in User.objects.filter(pk__in=[one.pk for one in self.out]):
            assert not Case.objects.visible_to(user).filter(pk=self.case.pk).exists(), f"{user} sees it: {self}"
            assert not Action.objects.visible_to(user).filter(case=self.case).exists(), f"{user}, an action: {self}"
            assert not Notice.objects.visible_to(user).filter(about=self.case.pk).exists(), f"{user}, a notice: {self}"
            assert not Export.objects.visible_to(user).filter(about=self.case.pk).exists(), f"{user}, a paper: {self}"
            looks = SecondLook.objects.visible_to(user).filter(report=self.report).exclude(report__author=user)
            assert not looks.exists(), f"{user}, a second look: {self}"
            assert not access.may_work(user, self.case) and not access.may_export(user, self.case), f"{user}: {self}"
            assert self._owner() != user.pk, f"{user} has it: {self}"

    def _owner(self):
        return Case.objects.values_list("owner", flat=True).get(pk=self.case.pk)


# what may happen: each takes (sequence, by, other), and says who has no part in it from now on


def share(it, by, other):
    it.case.share(other, by=by, why="So")


def unshare(it, by, other):
    it.case.unshare(other, by=by)


def keep_out(it, by, other):
    it.case.recuse(other, by=by, why="So")
    return [other]


def step_aside(it, by, other):
    it.case.step_aside(by=by)
    return [by]


def acknowledge(it, by, other):
    it.case.acknowledge(by=by)


def weigh(it, by, other):
    it.case.triage(**WEIGHED, by=by)


def turns_out(it, by, other):
    it.case.turn_out(it.draw.choice(["AD-CONTACT", "ON-BULLY"]), "", "peer", by=by, why="So")


def give(it, by, other):
    it.case.give("Ring home", other, localdate(), by=by)


def finish(it, by, other):
    it.case.actions.first() and it.case.actions.first().finish("Done", by=by)


def hand_over(it, by, other):
    it.case.hand_over(other, by=by)


def hand_over_action(it, by, other):
    it.case.actions.first() and it.case.actions.first().hand_over(other, by=by)


def ask_above(it, by, other):
    it.report.ask_above("Look again", by=it.report.author)


def nobody_answers(it, by, other):
    it.case.escalate(it.draw.choice(["lead", "chair"]), by=WORKER)


def export(it, by, other):
    Export.of(kinds.get("chronology"), it.case, uuid4(), "meeting", "So", by=by)


def link_child(it, by, other):
    it.case.add_person(part="affected", name="Zed", handle="", age="", notes="", young_person=it.cast.child, by=by)
    return lines.family_of([it.cast.child])


def declare_child(it, by, other):
    Relationship(user=other).declare("family", young_person=it.cast.child, by=other)
    linked = it.case.people.filter(young_person=it.cast.child).exists()
    return [other] if linked else []


def appoint(it, by, other):
    post = it.draw.choice(Post.values)
    Appointment(user=other, post=post).appoint(by=by, **_span())


def end_post(it, by, other):
    held = other.appointments.first()
    with event("end", by="the proof", about=other):
        held and other.appointments.filter(pk=held.pk).end(localdate() - timedelta(days=1))


def give_post(it, by, other):
    """As somebody would have it who was appointed long ago."""
    with event("appoint", by="the proof", about=other):
        Appointment.objects.create(user=other, post=it.draw.choice(POSTS), starts_on=localdate())


def close(it, by, other):
    end(it.case, "safe", "It has stopped", by=by, second=other)


def reopen(it, by, other):
    it.case.reopen(by=by, why="So")


def leaves(it, by, other):
    handover(other, by).take_over(it.draw.choice(it.cast.people), by=by)


def write(it, by, other):
    it.case.write("note", "x", now(), by=by)


def _span():
    return {"starts_on": localdate(), "last_day": None}


MOVES = [
    share, unshare, keep_out, step_aside, acknowledge, weigh, weigh, turns_out, give, finish, hand_over, hand_over_action,
    ask_above, nobody_answers, export, link_child, declare_child, appoint, end_post, give_post, close, reopen, leaves, write,
]  # fmt: skip


def run(numbers):
    """Each sequence alone, in the same organisation. Those in which somebody sees what they must not, in words."""
    cast, wrong = Cast(), []
    for number in numbers:
        with transaction.atomic():
            try:
                Sequence(cast, number).run()
            except AssertionError as seen:
                wrong.append(str(seen))
            transaction.set_rollback(True)
    return wrong
