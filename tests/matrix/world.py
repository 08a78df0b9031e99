"""One organisation in which everybody stands in every relation to some case, and every secret is a word of its own.

A secret word ("zq" and six more) tells by itself what it was written in: `World.planted`. So a page that holds one
which its reader may not read is found whatever the page is for.
"""

import itertools
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import uuid4

from django.apps import apps
from django.contrib.auth.models import Permission
from django.utils.timezone import localdate, now

from consent.models import Appearance, Consent, Image, NeverShown, Publication, Purpose, TakeDown, Use, Wording
from harmony.audit.events import event
from harmony.documents.models import Export
from harmony.encryption.fields import EncryptedTextField
from harmony.encryption.keys import ORGANISATION
from harmony.notifications.models import Delivery, Notice
from harmony.organisation.models import Channel, Closure, GuidanceSource, HelpContact, Organisation
from harmony.people.models import (
    Appointment,
    Care,
    Carer,
    ChannelHolder,
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
from incidents.models import Action, Allegation, Case, CaseFile, Emergency, Report
from incidents.models.chronology import ChronologyEntry
from incidents.models.people import CasePerson
from incidents.models.replies import Reply
from incidents.models.reports import Addendum
from incidents.models.second_looks import SecondLook
from incidents.models.sharing import CaseGrant, Recusal
from incidents.threshold import CRITERIA

SINCE = date(2020, 1, 1)
STRANGER, STAFF, WORKER, SUPERUSER, SUSPENDED = "stranger", "staff", "worker", "superuser", "suspended"
ROLES = (STRANGER, STAFF, WORKER, SUPERUSER, SUSPENDED, *Post.values)
HOLDS = {SUSPENDED: (Post.DEPUTY,), **{post: (post,) for post in Post.values}}
BY = "the matrix"

# How somebody stands to a case. Each role has a case in each of these, or shares one with all others.
OWN = ("reported", "about them", "owned", "shared", "asked", "stepped aside")
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
    "incidents.CaseFile.kind": "a code",
    "consent.Check.asked": "keys",
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
            Organisation.objects.create(id=ORGANISATION, name="HARMONY")
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
            if name in ("shared", "stepped aside") and role != STAFF:  # one role has nothing shared with it at all
                self._share(plot, user)
            if name in ("asked", "stepped aside"):
                plot.inside["own action"] = self._action(plot, user)
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
        for name, value in (weighed | self.words(Case, "case", plot)).items():
            setattr(case, name, value)
        case.save()
        plot.case = case
        entry = ChronologyEntry(case=case, kind="note", author=self.dee, **self.words(ChronologyEntry, "case", plot))
        entry.save(force_insert=True)
        person = CasePerson(case=case, part="witness", added_by=self.dee, **self.words(CasePerson, "case", plot))
        person.save(force_insert=True)
        Addendum(report=plot.report, author=plot.author, **self.words(Addendum, "report", plot)).save(force_insert=True)
        Reply(report=plot.report, author=self.dee, **self.words(Reply, "report", plot)).save(force_insert=True)
        if plot.name in OPENED:
            hour = {"opened_at": at - timedelta(hours=3), "ends_at": at - timedelta(hours=2)}
            plot.inside["emergency"] = Emergency(
                case=case, user=self.una, **hour, **self.words(Emergency, "emergency", plot)
            )
            plot.inside["emergency"].save(force_insert=True)
        if plot.track == "worker":
            plot.inside["allegation"] = self._concern(plot)
        plot.inside |= {"entry": entry, "person": person, "action": self._action(plot, self.dee)}
        self._share(plot, self.una)
        kept = {"case": case, "added_by": self.dee, "said_clean": True, "size": 9, "kind": "pdf", "asked_by": self.dee}
        plot.inside["file"] = CaseFile(**kept, **self.words(CaseFile, "file", plot, leave=("kind",)))
        plot.inside["file"].save(force_insert=True)
        plot.inside["grantee"] = self.una
        Recusal(case=case, user=self.out, asked_by=self.dee, asked_at=at, **self.words(Recusal, "case", plot)).save()
        plot.inside["kept out"] = self.out

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

    def _share(self, plot, user):
        view = Permission.objects.get(codename="view_case", content_type__app_label="incidents")
        CaseGrant.objects.create(user=user, permission=view, content_object=plot.case)
        plot.shared.add(user.pk)

    def _action(self, plot, user):
        what = self.word("incidents.Action.what", "action", plot, user.pk)
        rest = self.words(Action, "case", plot, leave=("what",))
        action = Action(case=plot.case, owner=user, due_on=localdate(), what=what, **rest)
        action.save(force_insert=True)
        return action

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
        channel = Channel.objects.create(
            name="A channel", conditions="By day", approved_on=SINCE, approved_until=date(2099, 1, 1)
        )
        holder = ChannelHolder.objects.create(channel=channel, user=self.rest, starts_on=SINCE)
        self.things = {
            "contact": [contact],
            "closure": [Closure.objects.create(name="Closed", starts_on=today, ends_on=today)],
            "guidance": [GuidanceSource.objects.create(name="Some guidance")],
            "channel": [channel],
            "holder": [channel, holder],
            **self._pictures(channel),
        }
        self.slot = OnCall.objects.create(
            user=self.dee, phone="01632 960 998", starts_at=now(), ends_at=now() + timedelta(hours=9)
        )
        told = Notice.objects.create(recipient=self.rest, kind="test", about=self.rest.pk, root=self.rest.root,
                                     clock="test", sentence="test")  # fmt: skip
        self.given_up = Delivery.objects.create(notice=told, next_try_at=now(), status="dead")

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
        return {"purpose": [purpose], "image": [image], "take down": [task]}


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
