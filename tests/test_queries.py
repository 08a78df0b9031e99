"""A page takes as many queries for three hundred rows as for one: no list grows slow with what an organisation keeps.

Each list is filled to one, to three and to three hundred, and its page is counted the second time it is asked for: the
first writes down in the book what is new to its reader.
"""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from harmony.audit.events import event, note
from harmony.documents.models import Export
from harmony.notifications.models import Notice
from harmony.organisation.models import Closure, Council, Edition, GuidanceSource, HelpContact
from harmony.people.models import (
    ChannelHolder,
    Group,
    GroupMember,
    GroupWorker,
    Membership,
    OnCall,
    Relationship,
    User,
    YoungPerson,
)
from incidents.models import Action, Case, Disclosure, Meeting, Referral, Report, Voice
from incidents.models.chronology import ChronologyEntry
from incidents.models.people import CasePerson
from incidents.models.sharing import CaseGrant, Recusal
from policies.models import Lesson, LessonAction

from .platforms.making import listed

pytestmark = [pytest.mark.django_db, pytest.mark.once("sqlite")]
SIZES = (1, 3, 300)
AT = now()
SINCE = date(2020, 1, 1)


class World:
    """Makes rows number `first` to `last` of whatever a list shows, quickly. `amara` looks, `sam` reported."""

    def __init__(self, amara, sam, case):
        self.amara, self.sam, self.case = amara, sam, case

    def users(self, first, last, **fields):
        fields = {"password": "!"} | fields
        made = User.objects.bulk_create(
            User(name=f"Worker {number:03}", email=f"w{number}.{uuid4().hex[:6]}@harmony.test", **fields)
            for number in range(first, last)
        )
        Membership.objects.bulk_create(Membership(user=user, kind="staff", starts_on=SINCE) for user in made)
        return made

    def cases(self, first, last):
        due = {f"{name}_due": AT + timedelta(hours=8) for name in ("acknowledge", "triage", "tell")}
        return Case.objects.bulk_create(
            Case(initials="ZA", filed_at=AT - timedelta(minutes=number), owner=self.amara, **due)
            for number in range(first, last)
        )

    def reports(self, first, last):
        words = {"danger": "no", "about_us": False, "who": "Zed A (12)", "facts": "A bruise", "status": "filed"}
        cases = self.cases(first, last)
        Report.objects.bulk_create(
            Report(author=self.amara, form_key=uuid4(), case=case, filed_at=case.filed_at, **words) for case in cases
        )

    def drafts(self, first, last):
        Report.objects.bulk_create(
            Report(author=self.amara, form_key=uuid4(), danger="no", who="Zed A", facts="I saw")
            for _number in range(first, last)
        )

    def actions(self, first, last):
        for case in self.cases(first, last):
            Action(case=case, what="Ring home", owner=self.amara, due_on=localdate()).save(force_insert=True)

    def actions_here(self, first, last):
        Action.objects.bulk_create(
            Action(case=self.case, what="Ring home", owner=user, due_on=localdate()) for user in self.users(first, last)
        )

    def entries(self, first, last):
        ChronologyEntry.objects.bulk_create(
            ChronologyEntry(case=self.case, kind="decision", words="Decided", author=user, happened_at=AT)
            for user in self.users(first, last)
        )

    def people_here(self, first, last):
        children = self.young_people(first, last)
        CasePerson.objects.bulk_create(
            CasePerson(case=self.case, part="witness", name="Zed", young_person=child, added_by=self.amara)
            for child in children
        )

    def outside(self, first, last):
        """What is with others, or was said to them, and what one child wants, time and again."""
        due = {"moved_at": AT, "due_at": AT + timedelta(days=1)}
        person, _new = CasePerson.objects.get_or_create(
            case=self.case, part="affected", defaults={"added_by": self.amara}
        )
        for number in range(first, last):
            council = Council.objects.create(name=f"Council {number}", children_phone="1", edt_phone="2")
            of = {"case": self.case, "root": self.case.root}
            Referral.objects.create(
                **of, **due, agency="children", council=council, status="considered", informed="parents", why="It goes on",
                considered_at=AT, considered_by=self.amara,
            )  # fmt: skip
            Meeting.objects.create(
                **of,
                **due,
                kind="core",
                status="coming",
                happens_at=AT,
                invited="Amara",
                asked_by=self.amara,
                asked_at=AT,
            )
            Disclosure.objects.create(
                **of, was_shared=True, whom="PC Hale", what="His name", ground="safe", why="He is missing",
                happened_at=AT, written_by=self.amara, written_at=AT,
            )  # fmt: skip
            Voice.objects.create(
                **of,
                person=person,
                asked=True,
                words="It should stop",
                asked_at=AT,
                written_at=AT,
                written_by=self.amara,
            )

    def sharing(self, first, last):
        from django.contrib.auth.models import Permission

        view = Permission.objects.get(codename="view_case", content_type__app_label="incidents")
        CaseGrant.objects.bulk_create(
            CaseGrant(user=user, permission=view, content_object=self.case) for user in self.users(first, last)
        )
        Recusal.objects.bulk_create(Recusal(case=self.case, user=user) for user in self.users(first, last))

    def readings(self, first, last):
        for user in self.users(first, last):
            note("read", by=user, about=self.case)

    def exports(self, first, last):
        about = [(case.pk, case.root) for case in self.cases(first, last)]
        Export.objects.bulk_create(
            Export(kind="chronology", about=pk, root=root, requested_by=self.amara, purpose="meeting",
                   purpose_words="In May", form_key=uuid4())
            for pk, root in about
        )  # fmt: skip

    def notices(self, first, last):
        Notice.objects.bulk_create(
            Notice(
                recipient=self.amara, kind="case", about=case.pk, clock="acknowledge", sentence="case", root=case.root
            )
            for case in self.cases(first, last)
        )

    def declared(self, first, last):
        children = self.young_people(first, last)
        for user, child in zip(self.users(first, last), children, strict=True):
            Relationship.objects.create(user=user, kind="family", young_person=child, starts_on=SINCE)

    def contacts(self, first, last):
        HelpContact.objects.bulk_create(
            HelpContact(code=f"line-{number}", name=f"Line {number}", says="Helps", phone="1", hours="always")
            for number in range(first, last)
        )

    def guidance(self, first, last):
        """Each looked up by somebody else, and replaced once."""
        looked_up = {"checked_on": SINCE, "next_check_on": date(2099, 1, 1)}
        made = GuidanceSource.objects.bulk_create(
            GuidanceSource(name=f"Guidance {user.pk}", url=f"https://{user.pk}.test/", checked_by=user.pk, **looked_up)
            for user in self.users(first, last)
        )
        Edition.objects.bulk_create(Edition(source=one, replaced_at=AT, what_is_new="All") for one in made)

    def lessons(self, first, last):
        for number in range(first, last):
            lesson = Lesson(
                came_from="drill", learned_on=SINCE, title=f"Lesson {number}", words="A", written_by=self.amara
            )
            lesson.save(force_insert=True)
            LessonAction(lesson=lesson, what="Do it", owner=self.amara, due_on=SINCE).save(force_insert=True)

    def lessons_to_act_on(self, first, last):
        lesson = Lesson.objects.get()
        for user in self.users(first, last):
            LessonAction(lesson=lesson, what="Do it", owner=user, due_on=SINCE).save(force_insert=True)

    def closures(self, first, last):
        Closure.objects.bulk_create(
            Closure(name=f"Closed {n}", starts_on=localdate(), ends_on=localdate()) for n in range(first, last)
        )

    def channels(self, first, last):
        made = [
            listed(f"Channel {number}", date(2099, 1, 1), self.amara, self.sam, since=SINCE)
            for number in range(first, last)
        ]
        ChannelHolder.objects.bulk_create(
            ChannelHolder(channel=one, user=user, starts_on=SINCE)
            for one, user in zip(made, self.users(first, last), strict=True)
        )

    def slots(self, first, last):
        OnCall.objects.bulk_create(
            OnCall(user=user, phone="1", starts_at=AT, ends_at=AT + timedelta(hours=1))
            for user in self.users(first, last)
        )

    def invited(self, first, last):
        return self.users(first, last, status="invited", is_active=False)

    def young_people(self, first, last):
        return [YoungPerson.objects.create(name=f"Child {number}", born="2014-05-01") for number in range(first, last)]

    def groups(self, first, last):
        groups = Group.objects.bulk_create(Group(name=f"Group {uuid4()}") for _number in range(first, last))
        for group, child in zip(groups, self.young_people(first, last), strict=True):
            GroupMember.objects.create(group=group, young_person=child, starts_on=SINCE)
            GroupWorker.objects.create(group=group, user=self.amara, starts_on=SINCE)


# what is filled, the page, who looks
LISTS = [
    ("reports", "incidents:my_reports", "amara"),
    ("drafts", "incidents:my_reports", "amara"),
    ("cases", "incidents:cases", "amara"),
    ("entries", "incidents:chronology", "amara"),
    ("actions_here", "incidents:actions", "amara"),
    ("people_here", "incidents:people", "amara"),
    ("sharing", "incidents:sharing", "amara"),
    ("outside", "incidents:referrals", "amara"),
    ("outside", "incidents:sharing", "amara"),
    ("outside", "incidents:people", "amara"),
    ("outside", "home:contacts", "sol"),
    ("readings", "incidents:access_log", "amara"),
    ("entries", "incidents:case", "amara"),
    ("actions_here", "incidents:case", "amara"),
    ("exports", "documents:mine", "amara"),
    ("notices", "notifications:inbox", "amara"),
    ("actions", "incidents:my_actions", "amara"),
    ("declared", "people:declared", "amara"),
    ("contacts", "home:contacts", "sol"),
    ("guidance", "home:guidance", "sol"),
    ("lessons", "policies:lessons", "sol"),
    ("lessons_to_act_on", "policies:lesson", "amara"),
    ("closures", "home:organisation", "sol"),
    ("channels", "home:channels", "amara"),
    ("channels", "platforms:register", "amara"),
    ("slots", "people:rota", "sam"),
    ("users", "people:people", "sol"),
    ("young_people", "people:young_people", "amara"),
    ("groups", "people:young_people", "amara"),
    ("groups", "people:groups", "amara"),
    *((what, "home:front", who) for what in ("cases", "reports", "actions", "notices", "slots", "channels") for who in
      ("amara", "tom", "ruth")),
    *(("invited", "home:front", who) for who in ("sol", "gwen", "sam")),
]  # fmt: skip
OF_THE_CASE = {
    f"incidents:{name}" for name in ("chronology", "actions", "people", "sharing", "access_log", "case", "referrals")
}


@pytest.mark.parametrize(("what", "page", "who"), LISTS, ids=["-".join(line) for line in LISTS])
def test_a_page_costs_the_same_for_1_3_and_300(request, organisation, amara, sam, case, client, what, page, who):
    world, made, taken = World(amara, sam, case), 0, []
    if page == "policies:lesson":
        with event("fill", by="the tests"):
            world.lessons(0, 1)
    args = [case.pk] if page in OF_THE_CASE else []
    args = [Lesson.objects.get().pk] if page == "policies:lesson" else args
    client.force_login(request.getfixturevalue(who))
    for size in SIZES:
        with event("fill", by="the tests"):
            getattr(world, what)(made, size)
        made = size
        address = reverse(page, args=args)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        taken.append(len(queries))
    assert len(set(taken)) == 1, f"{what} on {page}: {taken}"


@pytest.mark.parametrize(
    ("what", "page"),
    [("reports", "incidents:my_reports"), ("actions", "incidents:my_actions"), ("exports", "documents:mine"),
     ("declared", "people:declared"), ("groups", "people:groups"), ("channels", "home:channels")],
)  # fmt: skip
def test_a_long_list_comes_in_pages(organisation, amara, sam, case, client, what, page):
    with event("fill", by="the tests"):
        getattr(World(amara, sam, case), what)(0, 60)
    client.force_login(amara)
    first = client.get(reverse(page))
    assert len(first.context["page"]) == 25 and first.context["page"].paginator.count == 60
    assert b'aria-label="Page 3"' in first.content
    for asked, number in (("3", 3), ("99", 3), ("x", 1), ("-1", 3)):
        assert client.get(reverse(page), {"page": asked}).context["page"].number == number
