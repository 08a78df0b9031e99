"""Roles and actions as a table: each `may_` function asked as each role, with records to ask about.

The answers come from running the code, so the page cannot promise what the code does not keep.
"""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localdate, now

from harmony.audit.events import event
from harmony.people.models import (
    Appointment,
    Membership,
    OnCall,
    Post,
    Relationship,
    User,
    YoungPerson,
)
from incidents.models import Action as CaseAction
from incidents.models import CaseFile, Report, SecondLook, Thread

from .deeds import DEEDS, STAFF

BY = "manage.py print_roles"
ROLES = {
    STAFF: "Staff, volunteer",
    Post.DSO: "DSO",
    Post.DEPUTY: "Deputy",
    Post.LEAD: "Senior lead",
    Post.TRUSTEE: "Lead trustee",
    Post.CHAIR: "Chair",
    Post.VICE: "Vice-chair",
    Post.ALLEGATIONS: "Allegations",
    Post.OFFICE: "Office",
    Post.IT: "IT",
    Post.AUDITOR: "Auditor",
    Post.CONSENT: "Image consent",
    Post.TRAINING: "Training",
}


class World:
    """One person for each role, and records to ask about. Made inside a transaction that is taken back."""

    def __init__(self):
        today = localdate()
        Appointment.objects.all().end(today - timedelta(days=1))  # posts that only one may hold
        self.people = {role: self._join(str(role), today) for role in ROLES}
        self.somebody, self.colleague = self._join("somebody", today), self._join("colleague", today)
        Appointment.objects.create(user=self.colleague, post=Post.DEPUTY, starts_on=today)
        for role, user in self.people.items():
            if role != STAFF:
                Appointment.objects.create(user=user, post=role, starts_on=today)
        about = {role: [self.people[role]] for role in (Post.DSO, Post.DEPUTY, Post.LEAD, Post.CHAIR)}
        self.reports = {
            who: self._report(named) for who, named in {"child": [], STAFF: [self.somebody], **about}.items()
        }
        self.cases = {who: report.case for who, report in self.reports.items()}
        self.report = self.reports["child"]
        self.action = CaseAction(case=self.cases["child"], owner=self.somebody)
        self.look = SecondLook(report=self.report, asked_of=Post.LEAD)
        self.thread = Thread(report=self.report)
        self.file = CaseFile(case=self.cases["child"], asked_by=self.colleague)
        self.related = Relationship(user=self.somebody, young_person=YoungPerson())

    def own(self, user):
        return Report(author=user, case=self.cases["child"])

    def slot(self, when):
        return OnCall(user=self.somebody, starts_at=now() + when, ends_at=now() + when + timedelta(hours=1))

    def _join(self, name, today):
        user = User.objects.create_user(f"{name}@roles.invalid", None, name=name)
        Membership.objects.create(user=user, kind=Membership.Kind.STAFF, starts_on=today)
        return user

    def _report(self, named):
        author = User.objects.get(name="colleague", email="colleague@roles.invalid")
        words = {"danger": "no", "who": "A child", "facts": "Something", "about_us": bool(named)}
        report = Report(author=author, form_key=uuid4(), named=" ".join(str(user.pk) for user in named), **words)
        report.save()
        report.file(by=author)
        return report


def tables():
    """{section: [(what is done, {role: whether it may})]}, from people and records that are gone afterwards."""
    with transaction.atomic():
        with event("print roles", by=BY):
            world = World()
            answered = {section: [_line(world, deed) for deed in deeds] for section, deeds in DEEDS.items()}
        transaction.set_rollback(True)
    return answered


def _line(world, deed):
    return deed.says, {role: deed.allowed(world, user) for role, user in world.people.items()}
