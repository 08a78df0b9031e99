"""Roles and actions as a table: each `may_` function asked as each role, with records to ask about.

The answers come from running the code, so the page cannot promise what the code does not keep.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localdate, now

from consent import access as consent
from consent.models import TakeDown
from harmony.audit.events import event
from harmony.documents import access as documents
from harmony.notifications import access as notifications
from harmony.notifications.models import QuietHours
from harmony.organisation import access as organisation
from harmony.people import access as people
from harmony.people.models import (
    Appointment,
    Away,
    Invitation,
    Membership,
    OnCall,
    Post,
    Relationship,
    User,
    YoungPerson,
)
from incidents import access as incidents
from incidents.models import Action as CaseAction
from incidents.models import Allegation, CaseFile, Emergency, Report, SecondLook

from . import access as home

BY = "manage.py print_roles"
STAFF = "staff"  # or a volunteer: nobody's post
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


@dataclass(frozen=True)
class Deed:
    """One line: what is done, the right that is asked, and the record it is asked about."""

    says: str
    may: Callable
    on: Callable | None = None  # on(world, user) -> the record

    def allowed(self, world, user):
        return bool(self.may(user, self.on(world, user)) if self.on else self.may(user))


def somebody(world, user):
    return world.somebody


def oneself(world, user):
    return user


def case(about):
    return lambda world, user: world.cases[about]


def concern(about):
    return lambda world, user: Allegation(case=world.cases[about])


def own_emergency(world, user):
    return Emergency(case=world.cases["child"], user=user)


DEEDS = {
    "Concerns and cases": [
        Deed("Report a concern", incidents.may_report),
        Deed("Send one’s own report", incidents.may_file, lambda world, user: Report(author=user)),
        Deed("Add to one’s own report", incidents.may_add, lambda world, user: Report(author=user)),
        Deed("Add to somebody else’s report", incidents.may_add, lambda world, user: world.report),
        Deed("Ask somebody about a report they have not sent", incidents.may_ask, lambda world, user: world.report),
        Deed(
            "Ask somebody above to look at one’s own report again", incidents.may_ask_above, lambda w, user: w.own(user)
        ),
        Deed("Answer whoever asked for a second look", incidents.may_answer_look, lambda world, user: world.look),
        Deed("See the list of cases", incidents.may_see_cases),
        Deed("Read a case about a child", incidents.may_see, case("child")),
        Deed("Read a case about one of our workers", incidents.may_see, case(STAFF)),
        Deed("Read a case about the DSO", incidents.may_see, case(Post.DSO)),
        Deed("Read a case about the deputy", incidents.may_see, case(Post.DEPUTY)),
        Deed("Read a case about the senior lead", incidents.may_see, case(Post.LEAD)),
        Deed("Read a case about the chair", incidents.may_see, case(Post.CHAIR)),
        Deed("Work a case about a child", incidents.may_work, case("child")),
        Deed("Work a case about one of our workers", incidents.may_work, case(STAFF)),
        Deed(
            "Add a file to a case about a child",
            incidents.may_add_file,
            lambda w, user: CaseFile(case=w.cases["child"]),
        ),
        Deed("Lock a file away, as it may be an indecent image", incidents.may_lock_away, lambda w, user: w.file),
        Deed("Agree to destroy one that a colleague asked for", incidents.may_destroy, lambda w, user: w.file),
        Deed("Say whether a concern about a worker is an allegation", incidents.may_screen, concern(STAFF)),
        Deed("Say so of a concern about the DSO", incidents.may_screen, concern(Post.DSO)),
        Deed("Open a case about a child in an emergency", incidents.may_open_in_emergency, case("child")),
        Deed("Open one about a worker in an emergency", incidents.may_open_in_emergency, case(STAFF)),
        Deed("Open one about the chair in an emergency", incidents.may_open_in_emergency, case(Post.CHAIR)),
        Deed("Try to, by its reference", incidents.may_try_emergency),
        Deed("Say what was done in one’s own emergency", incidents.may_answer_emergency, own_emergency),
        Deed("See the register of low-level concerns", incidents.may_see_register),
        Deed("Agree to lower a level that a colleague asked for", incidents.may_agree, case("child")),
        Deed("Be asked to do something in a case", incidents.may_be_asked, case("child")),
        Deed("Finish what somebody else was asked to do", incidents.may_finish, lambda world, user: world.action),
        Deed("Say that it need not be done", incidents.may_waive, lambda world, user: world.action),
        Deed("Give a leaver’s case to somebody else", incidents.may_hand_over, case("child")),
        Deed("Give a leaver’s action to somebody else", incidents.may_hand_over_action, lambda w, user: w.action),
        Deed("Take a case about a child out as a document", incidents.may_export, case("child")),
        Deed("Take a case about one of our workers out as a document", incidents.may_export, case(STAFF)),
        Deed("Check whether a printed document is ours", documents.may_check),
        Deed("Read how long each thing may take here", incidents.may_read_times),
        Deed("Change how long each thing may take here", incidents.may_set_times),
        Deed("Have the organisation’s audit report", home.may_report),
        Deed("See its small figures", home.may_see_small_figures),
        Deed("See how promises were kept, in numbers", home.may_see_numbers),
        Deed("Have a summary each week, of cases and reminders", home.may_see_week),
        Deed("Have the seal and the numbers each week by e-mail", home.may_get_numbers),
        Deed("See whether the audit book was sealed and checked", home.may_see_the_book),
    ],
    "Young people": [
        Deed("See the list of young people", people.may_see_young_people),
        Deed("Write down young people, carers and groups", people.may_keep_records),
        Deed("See who cares for a child, and how they are related", people.may_see_household),
    ],
    "Who is close to whom": [
        Deed("Declare who is close to oneself", people.may_declare, lambda world, user: Relationship(user=user)),
        Deed("See what others declared", people.may_see_relationships),
        Deed("Say which child was meant", people.may_link, lambda world, user: world.related),
        Deed("End what somebody else declared", people.may_end_relationship, lambda world, user: world.related),
    ],
    "Accounts and posts": [
        Deed("See the list of people", people.may_see_people),
        Deed("Invite somebody", people.may_invite),
        Deed("Accept one’s own invitation", people.may_accept, oneself),
        Deed("Come in by one’s own link", people.may_use, lambda world, user: Invitation(user=user)),
        Deed("Change one’s own name and phone", people.may_change_details, oneself),
        Deed("Change somebody else’s name and phone", people.may_change_details, somebody),
        Deed("Say what else somebody is here", people.may_change_membership, somebody),
        Deed("Suspend somebody, or record that they left", people.may_suspend, somebody),
        Deed("The same for somebody whose post opens cases", people.may_suspend, lambda world, user: world.colleague),
        Deed("The same for oneself", people.may_suspend, oneself),
        Deed(
            "Give a post that opens cases", people.may_appoint, lambda w, user: Appointment(user=w.somebody, post="dso")
        ),
        Deed("Give another post", people.may_appoint, lambda w, user: Appointment(user=w.somebody, post="training")),
        Deed("Give oneself a post", people.may_appoint, lambda world, user: Appointment(user=user, post="training")),
        Deed("Must sign in with two proofs", people.needs_second_factor),
    ],
    "Who answers": [
        Deed("See the on-call rota", people.may_see_rota),
        Deed("Put somebody on call", people.may_keep_rota),
        Deed("Change a slot to come", people.may_change_slot, lambda world, user: world.slot(timedelta(days=1))),
        Deed("Change a slot gone by", people.may_change_slot, lambda world, user: world.slot(-timedelta(days=1))),
        Deed("Pass on a slot of somebody who goes", people.may_pass_on_slot, lambda w, user: w.slot(timedelta(days=1))),
        Deed("Say that one is away", people.may_say_away, lambda world, user: Away(user=user)),
        Deed("Say that somebody else is away", people.may_say_away, lambda world, user: Away(user=world.somebody)),
        Deed(
            "Choose one’s own hours without e-mail", notifications.may_set_quiet, lambda w, user: QuietHours(user=user)
        ),
        Deed("Hear that an urgent message did not get out, and whom to ring", notifications.may_see_unsent),
        Deed("Hear that there is one, and no name", notifications.may_hear_of_unsent),
        Deed("See to messages that were given up", notifications.may_see_given_up),
    ],
    "Pictures of young people": [
        Deed("Ask whether a picture may be used", consent.may_ask),
        Deed("Read what was said about pictures, and where they are", consent.may_see_consents),
        Deed("Write down what was said, and what is published where", consent.may_keep),
        Deed("Say what pictures are wanted for, in which words", consent.may_keep_wordings),
        Deed("Say that a young person is never shown, and why", consent.may_flag),
        Deed("Take down what one was given to take down", consent.may_take_down, lambda w, user: TakeDown(owner=user)),
        Deed(
            "Take down what somebody else was given", consent.may_take_down, lambda w, user: TakeDown(owner=w.somebody)
        ),
    ],
    "The organisation": [
        Deed("Set hours, closures, help contacts, guidance, colours", organisation.may_set_up),
        Deed("See the approved ways to reach young people", organisation.may_see_channels),
        Deed("Approve, change or stop one, and say who holds it", organisation.may_keep_channels),
        Deed("See the first steps", home.may_see_first_steps),
        Deed("Be asked to see to invitations and leavers", home.may_see_to_people),
        Deed("Be asked to see to keys and the machine", home.may_see_to_the_machine),
        Deed("See how the master key is printed", home.may_see_keys),
        Deed("Say that one holds a key sheet", home.may_confirm_keys),
        Deed("See whether everything runs", home.may_see_health),
        Deed("See every component that pages are made of", home.may_see_components),
    ],
}
# asked of an export, which only its maker has, of a message, or of the clock: the right to the record behind it stands above
NOT_A_ROLE = {
    documents.may_have,
    documents.may_delete,
    documents.may_end,
    home.may_look_for_lacks,
    home.may_record_backup,
    home.may_make_keys,
    people.may_let_sleep,
    notifications.may_answer,
    notifications.may_set_aside,
    consent.may_hear,
    incidents.may_escalate,
    incidents.may_keep_family_out,
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
