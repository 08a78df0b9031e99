"""One organisation in which everybody stands in every relation to some case, and every secret is a word of its own.

A secret word ("zq" and six more) tells by itself what it was written in: `World.planted`. So a page that holds one
which its reader may not read is found whatever the page is for.
"""

import itertools
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from uuid import uuid4

from django.apps import apps
from django.contrib.auth.models import Permission
from django.utils.timezone import localdate, now

from consent.models import (
    Appearance,
    Campaign,
    Consent,
    FamilyLink,
    Image,
    NeverShown,
    Publication,
    Purpose,
    TakeDown,
    Use,
    Wording,
)
from harmony.audit.events import event
from harmony.documents.models import Export
from harmony.encryption.fields import EncryptedTextField
from harmony.encryption.keys import ORGANISATION
from harmony.home.models import AccessLine, AccessReview, LostDevice
from harmony.notifications.models import Delivery, Notice
from harmony.organisation.models import Closure, Council, GuidanceSource, HelpContact, Organisation
from harmony.people.models import (
    Appointment,
    Care,
    Carer,
    ChannelHolder,
    ContactException,
    ContactRule,
    Group,
    GroupMember,
    GroupWorker,
    Membership,
    OnCall,
    Post,
    Relationship,
    User,
    YoungPerson,
)
from harmony.retention.models import Hold, Longer, Proposal
from incidents.models import (
    Action,
    Allegation,
    Case,
    CaseFile,
    Disclosure,
    Duty,
    Emergency,
    Meeting,
    Monitoring,
    Referral,
    ReferralStep,
    Report,
    Thread,
    Transfer,
    Voice,
)
from incidents.models.addenda import Addendum
from incidents.models.case_steps import CaseStep
from incidents.models.chronology import ChronologyEntry
from incidents.models.people import CasePerson
from incidents.models.plans import NotNeeded
from incidents.models.replies import Reply
from incidents.models.second_looks import SecondLook
from incidents.models.sharing import CaseGrant, Recusal
from incidents.threshold import CRITERIA
from platforms.models import Assessment, Control, Finding, Hazard, Platform, SecurityReview
from policies.models import Comment, Lesson, LessonAction, Policy, Review, Version
from training.models import (
    Agreed,
    Agreement,
    AgreementLink,
    Briefing,
    Completion,
    Course,
    DbsCheck,
    Equivalent,
    Evidence,
    Exemption,
    Induction,
    Owed,
    Present,
    Reference,
    Requirement,
    Resource,
    Rhythm,
    Session,
    Supervision,
    Support,
    Talk,
)
from training.models import Version as CourseVersion

from ..platforms.making import listed

SINCE = date(2020, 1, 1)
STRANGER, STAFF, WORKER, SUPERUSER, SUSPENDED = "stranger", "staff", "worker", "superuser", "suspended"
ROLES = (STRANGER, STAFF, WORKER, SUPERUSER, SUSPENDED, *Post.values)
HOLDS = {SUSPENDED: (Post.DEPUTY,), **{post: (post,) for post in Post.values}}
BY = "the matrix"

# How somebody stands to a case. Each role has a case in each of these, or shares one with all others.
OWN = ("reported", "about them", "owned", "shared", "advising", "asked", "stepped aside")
COMMON = (
    "child", "about staff", "about the dso", "about the lead", "about the chair", "about family", "about their manager",
    "about somebody they manage", "child of family", "second look", "late look", "nobody answered", "still nobody answered",
)  # fmt: skip
OPENED = ("child of family", "about the chair", "about the lead")  # in an emergency, an hour that is over
RELATIONS = (*OWN, *COMMON)

# encrypted, and no place for a word: codes, days, keys, and what is worked out from another field
NOT_WORDS = {
    "people.YoungPerson.born": "a day",
    "incidents.Report.named": "keys of people",
    "incidents.Report.doors": "codes",
    "incidents.Report.settings": "codes",
    "incidents.Case.secondary": "codes",
    "incidents.Case.hate_grounds": "codes",
    "incidents.CaseFile.kind": "a code",
    "incidents.Referral.chosen": "codes and keys",
    "training.Evidence.kind": "a code",
    "consent.Check.asked": "keys",
    "platforms.Assessment.case_reference": "a number",
}
# rooms whose words no page shows yet: the first page of one (a name "consent:…" in the site map) asks for words here
WITHOUT_PAGES = set()


@dataclass
class Plot:
    """One case, with what is so about it in our own words: nothing here was worked out by the product."""

    name: str
    case: Case
    report: Report
    author: User
    track: str = "child"
    about: frozenset = frozenset()  # ids of those it is about
    out: set = field(default_factory=set)  # of those who are close to them, or stepped aside
    shared: set = field(default_factory=set)
    advised: set = field(default_factory=set)  # by those who were asked in to agree to what takes two
    above: str = ""  # the post above its line that has it too
    asked_of: tuple = ()  # posts that were asked to look again
    escalated: tuple = ()
    inside: dict = field(default_factory=dict)  # what hangs on it, by name
    exports: dict = field(default_factory=dict)  # user id: what they asked for before
    notices: dict = field(default_factory=dict)  # user id: what they were told before


class World:
    def __init__(self):
        self.planted, self.numbers = {}, itertools.count(1)
        with event("seed", by=BY):
            Organisation.objects.create(id=ORGANISATION, name="HARMONY", duty_from=SINCE)
            self.people = {role: self._join(role, *HOLDS.get(role, ())) for role in ROLES if role != STRANGER}
            User.objects.filter(pk=self.people[SUPERUSER].pk).update(is_superuser=True, is_staff=True)
            self.rex, self.dee = self._join("rex"), self._join("dee", Post.DEPUTY)
            self.fay, self.max, self.una = (self._join(name) for name in ("fay", "max", "una"))
            self.rest, self.out = self._join("rest", Post.TRAINING), self._join("out")
            self._young_people()
            self._who_is_close()
        self.plots = {}
        for role in self.people:
            for name in OWN:
                self.plots[role, name] = self._own(role, name)
        for name in COMMON:
            self.plots[name] = self._common(name)
        with event("seed", by=BY):
            self.drafts = {role: self._draft(user) for role, user in self.people.items()}
            self.others_draft = self._draft(self.rex)
            self.draft_about_lead = self._draft(self.rex, about_us=True, named=str(self.people["lead"].pk))
            self._unsent()
            for key, plot in self.plots.items():
                self._heard(plot, self.people.values() if isinstance(key, str) else [self.people[key[0]]])
            self._things()
        suspended = self.people[SUSPENDED]
        suspended.suspend(by=self.people["lead"], why="The matrix")
        self.people = {role: User.objects.get(pk=user.pk) for role, user in self.people.items()}

    def plot(self, relation, role):
        """The case to which this role stands so. To a stranger, all are somebody else's."""
        if relation in COMMON:
            return self.plots[relation]
        return self.plots[STAFF if role == STRANGER else role, relation]

    def notice(self, role, relation):
        return self._of(self.plot(relation, role).notices, role)

    def export(self, role, relation):
        return self._of(self.plot(relation, role).exports, role)

    def _of(self, held, role):
        return held[self.people[STAFF if role == STRANGER else role].pk]

    # words

    def words(self, model, *of, leave=()):
        """{field: a word of its own} for every encrypted field of a model. `of` says whose it is, for the oracle."""
        found = {}
        for one in model._meta.concrete_fields:
            label = f"{model._meta.label}.{one.name}"
            if isinstance(one, EncryptedTextField) and label not in NOT_WORDS and one.name not in leave:
                found[one.name] = self.word(label, *of)
        return found

    def word(self, label, *of):
        word = f"zq{_letters(next(self.numbers))}"
        self.planted[word] = (label, *of)
        return word

    # people

    def _join(self, name, *posts):
        user = User.objects.create(
            name=f"Person {name.title()}", email=f"{name}@matrix.invalid", password="unusable, as nobody types it"
        )
        Membership.objects.create(user=user, kind="staff", starts_on=SINCE)
        for post in posts:
            Appointment.objects.create(user=user, post=post, starts_on=SINCE)
        return user

    def _young_people(self):
        self.young, self.care = {}, {}
        self.groups = {name: Group.objects.create(name=f"Group {name}") for name in ("theirs", "other")}
        for name in ("theirs", "other", "family"):
            one = YoungPerson.objects.create(born="2014-05-01", **self.words(YoungPerson, "young", name))
            carer = Carer.objects.create(**self.words(Carer, "young", name))
            self.care[name] = Care.objects.create(young_person=one, carer=carer, **self.words(Care, "household", name))
            self.young[name] = one
        for name in ("theirs", "other"):
            member = GroupMember.objects.create(group=self.groups[name], young_person=self.young[name], starts_on=SINCE)
            self.groups[name].held = member
        for name, worker in (("theirs", self.people[WORKER]), ("other", self.rest)):
            group = self.groups[name]
            group.worker = GroupWorker.objects.create(group=group, user=worker, starts_on=SINCE)

    def _who_is_close(self):
        self.declared = {}
        for role, user in self.people.items():
            relate = {"user": user, "starts_on": SINCE}
            Relationship.objects.create(kind="partner", other=self.fay, **relate)
            Relationship.objects.create(kind="friend", young_person=self.young["family"], **relate)
            Relationship.objects.create(kind="manager", other=self.una, **relate)
            Relationship.objects.create(kind="manager", user=self.max, other=user, starts_on=SINCE)
            self.declared[role] = Relationship.objects.create(
                kind="family", **relate, **self.words(Relationship, "declared", user.pk)
            )

    # cases

    def _own(self, role, name):
        user = self.people[role]
        if name == "reported":
            return self._file(name, author=user)
        if name == "about them":
            return self._file(name, about=[user], above=_above(role))
        plot = self._file(name)
        with event("seed", by=BY):
            if name == "owned":
                Case.objects.filter(pk=plot.case.pk).update(owner=user)
            if name in ("shared", "advising", "stepped aside") and role != STAFF:  # one role has nothing shared at all
                self._share(plot, user, advises=name == "advising")
            if name in ("asked", "stepped aside"):
                plot.inside["own action"] = self._action(plot, user)
                plot.inside["own duty"] = self._duty(plot, user)
            if name == "stepped aside":
                Recusal.objects.create(case=plot.case, user=user, because="declared")
                plot.out.add(user.pk)
        return plot

    def _common(self, name):
        everybody = {user.pk for user in self.people.values()}
        if name.startswith("about the "):
            post = name.removeprefix("about the ")
            return self._file(name, about=[self.people[post]], above=_above(post))
        about = {"about staff": self.rest, "about family": self.fay, "about their manager": self.max,
                 "about somebody they manage": self.una}.get(name)  # fmt: skip
        plot = self._file(name, about=[about] if about else ())
        if name in ("about family", "about their manager"):
            plot.out |= everybody
        with event("seed", by=BY):
            self._befall(plot, everybody)
        return plot

    def _befall(self, plot, everybody):
        """What makes it the case it is called."""
        case, name = plot.case, plot.name
        if name == "child of family":
            CasePerson.objects.create(
                case=case, part="affected", young_person=self.young["family"], added_by=self.dee,
                **self.words(CasePerson, "case", plot),
            )  # fmt: skip
            Recusal.objects.bulk_create(
                Recusal(case=case, user_id=pk, because="declared", root=case.root) for pk in everybody
            )
            plot.out |= everybody
        if name in ("second look", "late look"):
            plot.asked_of = (Post.LEAD,) if name == "second look" else (Post.LEAD, Post.CHAIR)
            late = dict(zip(("second_look", "look_late_to"), plot.asked_of, strict=False))
            Case.objects.filter(pk=case.pk).update(**late)
            asked = {"report": plot.report, "asked_of": Post.LEAD, "due_at": now() + timedelta(days=9)}
            words = self.words(SecondLook, "look", plot)
            plot.inside["answered look"] = SecondLook.objects.create(
                answered_at=now(), answered_by=self.people["lead"], **asked, **words
            )
            plot.inside["look"] = SecondLook.objects.create(
                late_to=late.get("look_late_to", ""), **asked, **self.words(SecondLook, "look", plot, leave=("answer",))
            )
        if name in ("nobody answered", "still nobody answered"):
            rungs = {"nobody answered": ("lead", (Post.LEAD, Post.TRUSTEE)),
                     "still nobody answered": ("chair", (Post.LEAD, Post.TRUSTEE, Post.CHAIR))}  # fmt: skip
            to, plot.escalated = rungs[name]
            Case.objects.filter(pk=case.pk).update(escalated_to=to)

    def _file(self, name, author=None, about=(), above=""):
        if any(one.pk is None for one in about):
            raise ValueError(name)
        author = author or self.rex
        report = Report(author=author, form_key=uuid4(), danger="no", about_us=bool(about),
                        named=" ".join(str(one.pk) for one in about))  # fmt: skip
        report.save()
        plot = Plot(name, None, report, author, track="worker" if about else "child",
                    about=frozenset(one.pk for one in about), above=above)  # fmt: skip
        words = self.words(Report, "report", plot, leave=("others",))
        named = self.word("incidents.Report.others", "report", plot)
        Report.objects.get(pk=report.pk).answer(
            by=author, **words, others=f'[{{"name": "{named}", "age": "9", "part": "witness"}}]'
        )
        report = Report.objects.get(pk=report.pk)
        report.file(by=author)
        plot.report, plot.case = report, report.case
        with event("seed", by=BY):
            self._inside(plot)
        return plot

    def _inside(self, plot):
        """The whole of a case: weighed, written in, with people, an action, and what its reporter was told."""
        case, at = Case.objects.get(pk=plot.case.pk), now()
        weighed = {
            "status": "triaged", "acknowledged_at": at, "acknowledged_by": self.dee, "triaged_at": at,
            "triaged_by": self.dee, "severity": "high", "triaged_as": "high", "kind": "ON-BULLY", "caused_by": "peer",
            "parents": "told", "refer": False, "quiet_due": at + timedelta(days=28), "reviews_from": at,
            "review_due": at + timedelta(days=7), "lower_to": "medium", "lower_asked_at": at, "lower_asked_by": self.dee,
        }  # fmt: skip
        weighed["hate"] = "yes"
        weighed |= {"close_as": "safe", "close_asked_at": at, "close_asked_by": self.dee, "police_outcome": "none"}
        weighed |= {"charity": False, "charity_at": at, "charity_by": self.dee}
        weighed |= {"tested_at": at, "tested_by": self.dee, "view_asked": True}
        if plot.name == "second look":  # advice alone is for one level
            weighed |= {"severity": "low", "triaged_as": "low"}
        unsaid = () if plot.name == "second look" else ("advice",)
        for name, value in (weighed | self.words(Case, "case", plot, leave=unsaid)).items():
            setattr(case, name, value)
        case.save()
        plot.case = case
        entry = ChronologyEntry(case=case, kind="note", author=self.dee, **self.words(ChronologyEntry, "case", plot))
        entry.save(force_insert=True)
        person = CasePerson(case=case, part="witness", added_by=self.dee, **self.words(CasePerson, "case", plot))
        person.save(force_insert=True)
        said = {"case": case, "person": person, "asked": True, "asked_at": at, "written_at": at, "written_by": self.dee}
        plot.inside["voice"] = Voice(**said, **self.words(Voice, "case", plot))
        plot.inside["voice"].save(force_insert=True)
        shared = {"was_shared": True, "ground": "safe", "happened_at": at, "written_by": self.dee, "written_at": at}
        plot.inside["disclosure"] = Disclosure(case=case, **shared, **self.words(Disclosure, "file", plot))
        plot.inside["disclosure"].save(force_insert=True)
        plot.inside["monitoring"] = Monitoring(case=case, **self.words(Monitoring, "monitoring"))
        plot.inside["monitoring"].save(force_insert=True)
        Addendum(report=plot.report, author=plot.author, **self.words(Addendum, "report", plot)).save(force_insert=True)
        question = Reply(report=plot.report, author=self.dee, asks=True, **self.words(Reply, "report", plot))
        question.save(force_insert=True)
        code = uuid4().hex * 2
        plot.inside["thread"] = Thread(report=plot.report, code=code, **self._of_outside(plot))
        plot.inside["thread"].save(force_insert=True)
        if plot.name in OPENED:
            hour = {"opened_at": at - timedelta(hours=3), "ends_at": at - timedelta(hours=2)}
            plot.inside["emergency"] = Emergency(
                case=case, user=self.una, **hour, **self.words(Emergency, "emergency", plot)
            )
            plot.inside["emergency"].save(force_insert=True)
        if plot.track == "worker":
            plot.inside["allegation"] = self._concern(plot)
        none = NotNeeded(case=case, lens="ours", said_by=self.dee, said_at=at, **self.words(NotNeeded, "case", plot))
        none.save(force_insert=True)
        asked = {"playbook": "children", "version": 1, "title": "Children", "position": 1, "words": "Talk with both."}
        answer = {"status": "done", "answered_at": at, "answered_by": self.dee, **self.words(CaseStep, "case", plot)}
        plot.inside["step"] = CaseStep(case=case, **asked, **answer)
        plot.inside["step"].save(force_insert=True)
        plot.inside |= {"question": question, "entry": entry, "person": person, "action": self._action(plot, self.dee)}
        plot.inside |= self._outside(plot)
        plot.inside["duty"] = self._duty(plot, self.dee)
        self._share(plot, self.una)
        kept = {"case": case, "added_by": self.dee, "said_clean": True, "size": 9, "kind": "pdf", "asked_by": self.dee}
        plot.inside["file"] = CaseFile(**kept, **self.words(CaseFile, "case file", plot, leave=("kind",)))
        plot.inside["file"].save(force_insert=True)
        plot.inside["grantee"] = self.una
        Recusal(case=case, user=self.out, asked_by=self.dee, asked_at=at, **self.words(Recusal, "case", plot)).save()
        plot.inside["kept out"] = self.out
        plot.inside |= self._past_its_time(plot)

    def _past_its_time(self, plot):
        """Proposed, kept longer once, and held."""
        case, day = plot.case, SINCE
        about = {"kind": "case", "about": case.pk, "reference": case.reference}
        rule = {"code": "case", "counted_on": day, "due_on": day, "of_root": case.root}
        before = Proposal.objects.create(status="kept", **about, **rule)
        longer = Longer(
            proposal=before, root=case.root, until=day, said_by=self.dee, **self.words(Longer, "decided", plot)
        )
        longer.save(force_insert=True)
        hold = Hold(root=case.root, placed_by=self.dee, **about, **self.words(Hold, "decided", plot))
        hold.save(force_insert=True)
        return {"proposal": Proposal.objects.create(**about, **rule), "hold": hold}

    def _of_outside(self, plot):
        """How they are reached is for those who write to them; what would harm them, for all who read the case."""
        harms = ("safe_times", "must_not_know")
        reach = self.words(Thread, "file", plot, leave=harms)
        return reach | {name: self.word(f"incidents.Thread.{name}", "case", plot) for name in harms}

    def _outside(self, plot):
        """A referral that waits for its answer, and a meeting to come."""
        at = {"moved_at": now(), "due_at": now() + timedelta(days=2)}
        referral = Referral(
            case=plot.case, agency="children", status="considered", informed="parents", considered_at=now(),
            considered_by=self.dee, **at, **self.words(Referral, "file", plot, leave=("chosen",)),
        )  # fmt: skip
        referral.save(force_insert=True)
        step = {"step": "told", "taken_by": self.dee, "happened_at": now(), "written_at": now()}
        ReferralStep(referral=referral, **step, **self.words(ReferralStep, "file", plot)).save(force_insert=True)
        meeting = Meeting(
            case=plot.case, kind="core", status="coming", happens_at=now() + timedelta(days=1), asked_by=self.dee,
            asked_at=now(), **at, **self.words(Meeting, "file", plot),
        )  # fmt: skip
        meeting.save(force_insert=True)
        prepared = {"status": "ready", "prepared_by": self.dee, "prepared_at": now()}
        transfer = Transfer(case=plot.case, **prepared, **at, **self.words(Transfer, "file", plot))
        transfer.save(force_insert=True)
        return {"referral": referral, "meeting": meeting, "transfer": transfer}

    def _concern(self, plot):
        """A low-level concern, with all that can be written about one of us."""
        considered = self.word("incidents.Allegation.considered", "case", plot)
        concern = Allegation(
            case=plot.case, status="low", screened_at=now(), screened_by=self.dee, considered=f'{{"none": "{considered}"}}',
            measure="none", **dict.fromkeys(CRITERIA, "no"), consulted_at=now(), consulted_by=self.dee,
            **self.words(Allegation, "case", plot, leave=("considered",)),
        )  # fmt: skip
        concern.save(force_insert=True)
        return concern

    def _heard(self, plot, people):
        """Each of them was told of it once, and asked for a PDF of it: whether they may have it now or not."""
        case = plot.case
        plot.exports = {
            user.pk: Export(
                kind="chronology", about=case.pk, root=case.root, requested_by=user, purpose="meeting",
                form_key=uuid4(), **self.words(Export, "export", plot, user.pk),
            )
            for user in people
        }  # fmt: skip
        plot.notices = {
            user.pk: Notice(recipient=user, kind="case", about=case.pk, root=case.root, clock="matrix", sentence="case")
            for user in people
        }
        Export.objects.bulk_create(plot.exports.values())
        Notice.objects.bulk_create(plot.notices.values())
        Delivery.objects.bulk_create(Delivery(notice=one, next_try_at=now()) for one in plot.notices.values())

    def _share(self, plot, user, *, advises=False):
        view = Permission.objects.get(codename="view_case", content_type__app_label="incidents")
        CaseGrant.objects.create(user=user, permission=view, content_object=plot.case, advises=advises)
        plot.shared.add(user.pk)
        if advises:
            plot.advised.add(user.pk)

    def _action(self, plot, user):
        what = self.word("incidents.Action.what", "action", plot, user.pk)
        rest = self.words(Action, "case", plot, leave=("what",))
        action = Action(case=plot.case, owner=user, due_on=localdate(), what=what, **rest)
        action.save(force_insert=True)
        return action

    def _duty(self, plot, user):
        """Answered by whoever has it, in words of their own."""
        at, words = now(), self.words(Duty, "action", plot, user.pk)
        said = {"status": "other", "told_whom": "police", "told_at": at, "answered_at": at, "answered_by": user}
        duty = Duty(case=plot.case, user=user, arose_at=at, due_at=at + timedelta(days=1), **said, **words)
        duty.save(force_insert=True)
        return duty

    # not sent yet

    def _draft(self, author, **answers):
        answers = {"danger": "no", "about_us": False} | answers
        words = self.words(Report, "draft", author.pk, leave=("others",))
        return Report.objects.create(author=author, form_key=uuid4(), **answers, **words)

    def _unsent(self):
        """That Rex has not sent one was told to the lead: one of a child, and one about the lead."""
        self.unsent = {}
        for name, draft in (("child", self.others_draft), ("about lead", self.draft_about_lead)):
            self.unsent[name] = Notice.objects.create(
                recipient=self.people["lead"], kind="unsent", about=draft.pk, root=draft.root, clock="unsent",
                sentence="somebody_unsent",
            )  # fmt: skip

    def _things(self):
        """What pages of the organisation are about: nothing of it is secret."""
        today = localdate()
        contact = HelpContact.objects.first() or HelpContact.objects.create(
            code="matrix", name="A line", says="Helps", phone="01632 960 999", hours="always"
        )
        channel = listed("A channel", date(2099, 1, 1), self.dee, self.una, since=SINCE)
        review = AccessReview.objects.create(number=1, status="open", opened_at=now())
        holder = ChannelHolder.objects.create(channel=channel, user=self.rest, starts_on=SINCE)
        self.things = {
            "contact": [contact],
            "council": [
                Council.objects.create(name="A council", children_phone="01632 960 997", edt_phone="01632 960 996")
            ],
            "review": [review],
            "review line": [AccessLine.objects.create(review=review, user=self.rest)],
            "closure": [Closure.objects.create(name="Closed", starts_on=today, ends_on=today)],
            "guidance": [GuidanceSource.objects.create(name="Some guidance")],
            "channel": [channel],
            "holder": [channel, holder],
            **self._contact(channel),
            **self._pictures(channel),
            **self._policies(),
            **self._apps(),
            **self._training(),
        }
        lost = LostDevice(
            user=self.rest, status="said", said_by=self.dee, said_at=now(), **self.words(LostDevice, "lost", leave=())
        )
        lost.save(force_insert=True)
        self.slot = OnCall.objects.create(
            user=self.dee, phone="01632 960 998", starts_at=now(), ends_at=now() + timedelta(hours=9)
        )
        told = Notice.objects.create(recipient=self.rest, kind="test", about=self.rest.pk, root=self.rest.root,
                                     clock="test", sentence="test")  # fmt: skip
        self.given_up = Delivery.objects.create(notice=told, next_try_at=now(), status="dead")

    def _contact(self, channel):
        """By what way a group may be reached, and what everybody has asked to be allowed beside that."""
        group, today = self.groups["theirs"], localdate()
        rule = ContactRule.objects.create(
            group=group, channel=channel, way="group", used_for="Club times", hours="Always", starts_on=SINCE
        )
        self.exceptions = {
            role: ContactException.objects.create(
                user=user, status="asked", asked_on=today, last_day=today + timedelta(days=9),
                **self.words(ContactException, "asked", user.pk),
            )
            for role, user in {**self.people, "rest": self.rest}.items()
        }  # fmt: skip
        return {"a group": [group], "contact rule": [rule]}

    def _policies(self):
        """One in force that anybody may read, and a draft of another of which something was said."""
        told = {"owner": "dso", "approver": "lead", "asked_of": "all", "added_on": SINCE}
        out = Policy.objects.create(slug="a-policy", title="A policy", is_public=True, **told)
        version = Version(policy=out, number=1, status="published", author=self.rex, begun_at=now(), text="We promise.")
        version.approved_by, version.approved_at, version.published_at = self.una, now(), now()
        version.read_by = now() + timedelta(days=9)
        version.sha256 = sha256(version.as_file().encode()).hexdigest()
        version.save(force_insert=True)
        other = Policy.objects.create(slug="another", title="Another policy", **told)
        draft = Version.objects.create(policy=other, number=1, author=self.rex, begun_at=now(), text="We will promise.")
        Comment.objects.create(version=draft, by=self.rex, said_at=now(), **self.words(Comment, "comment"))
        review = Review.objects.create(
            policy=other, status="minuted", since=SINCE, due_at=now() + timedelta(days=9), decision="keep",
            minuted_by=self.una, minuted_at=now(), **self.words(Review, "comment"),
        )  # fmt: skip
        told = {"learned_on": SINCE, "came_from": "case", "written_by": self.una}
        lesson = Lesson.objects.create(**told, **self.words(Lesson, "comment"))
        action = LessonAction.objects.create(
            lesson=lesson, owner=self.rest, due_on=date(2099, 1, 1), **self.words(LessonAction, "comment")
        )
        return {
            "policy": [out],
            "in force": [version],
            "draft": [draft],
            "review": [review],
            "lesson": [lesson],
            "lesson action": [action],
        }

    def _apps(self):
        """One that is assessed, with a risk and what makes it safer; why it was asked for is for those who read it."""
        platform = Platform.objects.create(name="An app", kind="social", purpose="To try it.", proposed_at=now())
        told = {"likely_before": 3, "bad_before": 3, "likely_after": 1, "bad_after": 1}
        look = Assessment.objects.create(
            platform=platform, status="open", assessor=self.rex, asked_at=now(), because="feature",
            **self.words(Assessment, "app", leave=("case_reference",)),
        )  # fmt: skip
        hazard = Hazard.objects.create(assessment=look, area="contact", words="Strangers", **told)
        control = Control.objects.create(hazard=hazard, words="By invitation", owner=self.rex, due_on=localdate())
        return {
            "app": [platform], "look": [look], "hazard": [look, hazard], "risk control": [look, control],
            "control": [control], **self._security(),
        }  # fmt: skip

    def _security(self):
        """A review that nobody answered in yet, and what it found."""
        review = SecurityReview.objects.create(kind="full", scope="All", made_at=now(), due_at=now())
        finding = Finding.objects.create(
            review=review, theme="updates", words="Old", severity="low", owner=self.rex, due_on=localdate(),
            added_at=now(),
        )  # fmt: skip
        return {"security": [review], "theme": [review, "updates"], "finding": [finding]}

    def _training(self):
        """A course that everybody needs; what each has done, which nobody has checked; and from what each is excused."""
        course, other = (Course.objects.create(code=code, title=f"Course {code}") for code in ("A", "B"))
        version = CourseVersion.objects.create(course=course, number=1, months=12, starts_on=SINCE)
        CourseVersion.objects.create(course=other, number=1, months=12, starts_on=SINCE)
        required = Requirement.objects.create(course=course, whom="everybody", within_days=9, starts_on=SINCE)
        counts = Equivalent.objects.create(done=other, instead_of=course, starts_on=SINCE)
        everybody = {**self.people, "rest": self.rest}
        self.done, self.excused, self.evidence, self.owed = {}, {}, {}, {}
        self.briefing = Briefing.objects.create(version=version, words="Read this.")
        self.session = Session.objects.create(
            course=course,
            held_on=localdate(),
            recorded_by=self.rex,
            recorded_at=now(),
            **self.words(Session, "session"),
        )
        for role, user in everybody.items():
            self.done[role] = Completion.objects.create(
                user=user, version=version, completed_on=localdate(), recorded_by=self.rex, recorded_at=now(),
                **self.words(Completion, "trained", user.pk),
            )  # fmt: skip
            self.evidence[role] = Evidence(
                completion=self.done[role], added_by=user, size=9, kind="pdf",
                **self.words(Evidence, "trained", user.pk, leave=("kind",)),
            )  # fmt: skip
            self.evidence[role].save(force_insert=True)
            # a role asks the last for it; not late, so that nobody is stopped by it
            self.owed[role] = Owed.objects.create(
                user=user, course=course, due_on=date(2099, 1, 1), for_role=role == "rest"
            )
            self.excused[user.pk] = Exemption.objects.create(
                user=user, course=course, starts_on=SINCE, ends_on=date(2099, 1, 1),
                **self.words(Exemption, "trained", user.pk),
            )  # fmt: skip
        self.offers = {
            role: Support.objects.create(user=user, offered_by=self.dee, offered_at=now(), helps="talk")
            for role, user in {**self.people, "rest": self.rest}.items()
        }
        rhythm = Rhythm.objects.create(whom="post", post="chair", every_days=300, starts_on=date(2099, 1, 1))
        Supervision.objects.create(
            user=self.rex, supervisor=self.dee, held_on=localdate(), **self.words(Supervision, "supervision")
        )
        return {
            **self._online(),
            **self._somebody_new(),
            "rhythm": [rhythm],
            "course": [course],
            "requirement": [course, required],
            "equivalent": [course, counts],
        }

    def _somebody_new(self):
        """Who has a check with a copy on paper, and one reference that waits."""
        rex, today = self.rex, localdate()
        check = DbsCheck.objects.create(
            user=rex, number=1, level="basic", decision="may", seen_on=today, renew_on=date(2099, 1, 1), copy_months=6,
            decided_by=self.dee,
        )  # fmt: skip
        waits = Reference(user=rex, asked_on=today, **self.words(Reference, "vouched"))
        waits.save(force_insert=True)
        new = Induction.objects.create(user=rex, starts_on=date(2099, 1, 1))
        return {"induction": [new], "dbs": [check], "reference": [waits]}

    def _online(self):
        """What was done with a group, where one was ticked; and something to use."""
        group, young = self.groups["theirs"], self.young["theirs"]
        talk = Talk.objects.create(
            group=group, audience="young", topics="help", held_on=localdate(), present=3, led_by=self.rex,
            recorded_by=self.rex, recorded_at=now(),
        )  # fmt: skip
        Present.objects.create(talk=talk, young_person=young)
        resource = Resource.objects.create(
            title="Cards", audience="young", topics="help", words="Talk.", checked_by=self.rex, checked_on=localdate(),
            check_on=date(2099, 1, 1),
        )  # fmt: skip
        text = Agreed.objects.create(number=1, words="We are kind.", since=localdate())
        AgreementLink.objects.create(young_person=young, made_at=now(), expires_at=now() + timedelta(days=9))
        for name, one in self.young.items():
            Agreement(
                young_person=one, text=text, says="talk", how="paper", signed_on=localdate(), written_at=now(),
                **self.words(Agreement, "signed", name),
            ).save(force_insert=True)  # fmt: skip
        return {"talk": [talk], "talks": [group], "resource": [resource]}

    def _pictures(self, channel):
        """What was said of pictures of each young person, that none is ever to be shown, and one that is out."""
        purpose = Purpose.objects.create(name="A purpose")
        wording = Wording.objects.create(purpose=purpose, version=1, words="May we?", since=now())
        use = Use.objects.create(purpose=purpose, channel=channel, since=localdate())
        image = Image.objects.create(**self.words(Image, "picture"))
        for name, one in self.young.items():
            consent = Consent.objects.create(young_person=one, use=use, asked_at=now())
            consent.permissions.create(
                side="parent", says="yes", wording=wording, how="paper", said_at=now(),
                **self.words(consent.permissions.model, "said", name),
            )  # fmt: skip
            NeverShown.objects.create(young_person=one, since=now(), **self.words(NeverShown, "never", name))
            Appearance.objects.create(image=image, young_person=one)
        out = Publication.objects.create(
            image=image, use=use, published_on=localdate(), was_covered=False, **self.words(Publication, "picture")
        )
        task = out.take_downs.create(
            because="never", opened_at=now(), due_at=now() + timedelta(days=2), **self.words(TakeDown, "picture")
        )
        link = FamilyLink.objects.create(
            young_person=self.young["theirs"], side="parent", made_at=now(), expires_at=now() + timedelta(days=9)
        )
        campaign = Campaign.objects.create(
            group=self.groups["theirs"], begun_at=now(), due_at=now() + timedelta(days=9)
        )
        kept = {"purpose": [purpose], "image": [image], "take down": [task], "family link": [link]}
        return kept | {"campaign": [campaign]}


def _above(post):
    return {Post.LEAD: Post.CHAIR, Post.CHAIR: Post.VICE}.get(post, "")


def _letters(number):
    """Six letters of which no other number's are a part."""
    digits = "bcdfghjklmnprstv"
    return "".join(digits[number >> shift & 15] for shift in (20, 16, 12, 8, 4, 0))


def fields_without_a_word(world, rooms):
    """Encrypted fields of which the world holds no word: whatever leaks from them would not be seen.

    `rooms`: the namespaces of the site map.
    """
    unshown = WITHOUT_PAGES - rooms
    planted = {label for label, *_of in world.planted.values()}
    return sorted(
        label
        for model in apps.get_models()
        for one in model._meta.concrete_fields
        if isinstance(one, EncryptedTextField)
        and model._meta.app_label not in unshown
        and (label := f"{model._meta.label}.{one.name}") not in NOT_WORDS
        and label not in planted
    )
