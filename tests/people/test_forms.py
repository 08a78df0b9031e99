"""What people type: kept and answered in a sentence, never a fault, never a change."""

from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from allauth.usersessions.models import UserSession
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.people.models import Appointment, Away, Group, GroupMember, OnCall, Relationship, User, YoungPerson

from ..conftest import PASSWORD

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def day(name, when):
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def moment(name, when):
    return day(name, when) | {f"{name}_time": when.strftime("%H:%M")}


@pytest.fixture
def hana(person):
    return person("Hana Sato", kind="volunteer", phone="01632 960 300")


@pytest.fixture
def places(hana, group, young, child, person):
    """Every page with a form, by its name, and what a right answer looks like."""
    makers, young_one, priya = group("Makers"), young("Mia D"), person("Priya Nair", phone="01632 960 305")
    tomorrow, today = now() + timedelta(days=1), localdate()
    with event("set up", by="the tests"):
        slot = OnCall.objects.create(user=hana, phone="1", starts_at=tomorrow, ends_at=tomorrow + timedelta(hours=1))
    times = {"phone": "999 1"} | moment("starts_at", tomorrow) | moment("ends_at", tomorrow + timedelta(hours=2))
    return {
        "invite": ((), {"name": "New", "email": "new@harmony.test", "kind": "staff"} | day("starts_on", today)),
        "details": ((hana.pk,), {"name": "Hana S", "phone": "01632 960 301"}),
        "suspend": ((hana.pk,), {"why": "A lost laptop"}),
        "leave": ((hana.pk,), {"why": "Moved", "work_rota": str(priya.pk)} | day("last_day", today)),
        "appoint": ((hana.pk,), {"post": "training"} | day("starts_on", today)),
        "add_membership": ((hana.pk,), {"kind": "parent"} | day("starts_on", today)),
        "add_slot": ((), {"user": str(hana.pk), "often": "once"} | times),
        "change_slot": ((slot.pk,), times),
        "away": ((), {"until": "other", "cover": str(hana.pk)} | moment("ends_at", tomorrow)),
        "close_to_me": ((), {"kind": "family", "other": str(hana.pk)}),
        "add_young_person": ((), {"name": "Ed", "kind": "young"} | day("born", today)),
        "change_young_person": ((child.pk,), {"name": "Ed", "kind": "young"}),
        "young_person_leaves": ((child.pk,), day("last_day", today)),
        "add_carer": ((child.pk,), {"name": "Kofi", "phone": "01632 960 200", "email": "k@example.org"}),
        "add_group": ((), {"name": "Studio", "ages": "14"}),
        "change_group": ((makers.pk,), {"name": "Studio", "ages": "14"}),
        "add_member": ((makers.pk,), {"picked": str(young_one.pk)} | day("starts_on", today)),
        "add_worker": ((makers.pk,), {"user": str(hana.pk)} | day("starts_on", today)),
    }


FORMS = [
    *("invite", "details", "suspend", "leave", "appoint", "add_membership", "add_slot", "change_slot", "away"),
    *("close_to_me", "add_young_person", "change_young_person", "young_person_leaves", "add_carer"),
    *("add_group", "change_group", "add_member", "add_worker"),
]
WHO = {"appoint": "ruth", "leave": "ruth", "suspend": "ruth"}


def changes():
    return Entry.objects.exclude(changes=None).count()


@pytest.fixture
def knock(request, places, client, amara, ruth):
    def post(page, /, **spoilt):
        parts, right = places[page]
        client.force_login(request.getfixturevalue(WHO.get(page, "amara")))
        answers = urlencode({**right, **spoilt}, errors="surrogatepass")
        return client.post(reverse(f"people:{page}", args=parts), answers, "application/x-www-form-urlencoded")

    return post


NEVER = {"nul", "surrogate", "far too long"}  # no field takes these for an answer
SPOILT = {
    "nothing": lambda: "",
    "nul": lambda: "a\0b",
    "surrogate": lambda: "a\ud800b",
    "far too long": lambda: "x" * 30_000,
    "an id of nothing": lambda: str(uuid4()),
    "markup": lambda: "<script>alert(1)</script>",
    "a number": lambda: "99999",
}


@pytest.mark.once("postgresql")  # which takes fewer characters than SQLite
@pytest.mark.parametrize("kind", SPOILT)
@pytest.mark.parametrize("name", FORMS)
def test_a_spoilt_answer_is_met_with_a_sentence_or_taken_as_words(knock, places, name, kind):
    """Each field in turn. Either nothing changes and the page says what to do, or it was a possible answer."""
    for field in places[name][1]:
        before = changes()
        answer = knock(name, **{field: SPOILT[kind]()})
        if answer.status_code == 200:
            assert b"govuk-error-summary" in answer.content, (field, answer.content)
            assert changes() == before
            assert b"<script>alert" not in answer.content
        else:
            assert answer.status_code == 302, (field, answer.status_code)
            assert kind not in NEVER, field
            return  # it is done: the next field of the same page would meet another state


@pytest.mark.parametrize("name", FORMS)
def test_an_empty_form_names_what_is_missing(places, client, request, name):
    client.force_login(request.getfixturevalue(WHO.get(name, "amara")))
    answer = client.post(reverse(f"people:{name}", args=places[name][0]), {"x": "1"})
    assert answer.status_code == 200 and b"govuk-error-summary" in answer.content


@pytest.mark.parametrize(
    ("name", "dates"),
    [
        ("appoint", {"starts_on_day": "31", "starts_on_month": "2"}),
        ("appoint", {"last_day_day": "1", "last_day_month": "1", "last_day_year": "1999"}),
        ("leave", {"last_day_year": "2099"}),
        ("add_young_person", {"born_year": "2099"}),
        ("change_slot", {"ends_at_year": "2020"}),
        ("change_slot", {"ends_at_year": "2099"}),
        ("add_slot", {"starts_at_time": "25:00"}),
        ("away", {"ends_at_year": "2020"}),
        ("young_person_leaves", {"last_day_month": "13"}),
    ],
)
def test_impossible_days_and_times_are_refused(knock, name, dates):
    before = changes()
    answer = knock(name, **dates)
    assert answer.status_code == 200 and changes() == before
    assert b"govuk-error-message" in answer.content


def test_inviting_writes_mails_and_says_so(knock, mailoutbox):
    answer = knock("invite")
    user = User.objects.get(email="new@harmony.test")
    assert answer.url == reverse("people:person", args=[user.pk]) and user.status == "invited"
    assert len(mailoutbox) == 1


def test_an_address_that_is_here_already_is_not_invited_twice(knock, mailoutbox):
    answer = knock("invite", email="HANA.sato@harmony.test")
    assert b"has this address already" in answer.content and not mailoutbox


def test_the_office_is_not_offered_a_case_role_and_cannot_forge_one(places, client, sol):
    client.force_login(sol)
    page = reverse("people:invite")
    assert (
        b"Training manager" in client.get(page).content
        and b"Deputy" not in client.get(page).content.split(b"<footer")[0]
    )
    answer = client.post(page, places["invite"][1] | {"posts": ["deputy"]})
    assert answer.status_code == 200 and not User.objects.filter(email="new@harmony.test").exists()


def test_a_post_that_somebody_holds_is_refused_in_the_guards_words(knock, amara):
    answer = knock("appoint", post="dso")
    assert answer.status_code == 409
    assert b"Somebody else holds this post on one of these days." in answer.content


def test_mail_that_cannot_be_sent_is_said_and_the_account_is_there(knock, settings, client):
    settings.EMAIL_BACKEND = "harmony.notifications.bounded.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    answer = knock("invite")
    assert answer.status_code == 302
    assert b"could not be sent" in client.get(answer.url).content


def test_suspending_ends_the_sessions_of_a_signed_in_person_in_the_browser(knock, hana, client_elsewhere):
    client_elsewhere.post(reverse("account_login"), {"login": hana.email, "password": PASSWORD})
    assert client_elsewhere.get(reverse("people:rota")).status_code == 200
    assert knock("suspend").status_code == 302
    assert client_elsewhere.get(reverse("people:rota")).status_code == 302
    assert not UserSession.objects.filter(user=hana).exists()


def test_suspending_twice_says_who_was_quicker_and_keeps_the_words(knock, client):
    knock("suspend")
    again = knock("suspend", why="The same again")
    assert again.status_code == 409 and b"The same again" in again.content
    assert b"You suspended this person" in again.content


def test_leaving_hands_the_rota_to_who_was_chosen(knock, hana, person):
    ed = person("Ed Marsh", phone="01632 960 310")
    assert knock("leave", work_rota=str(hana.pk)).status_code == 200  # not to themselves
    assert knock("leave", work_rota=str(ed.pk)).status_code == 302
    assert [(slot.user, slot.phone) for slot in OnCall.objects.all()] == [(ed, "01632 960 310")]
    assert User.objects.get(pk=hana.pk).status == "left"


def test_leaving_hands_over_cases_that_the_office_cannot_see(case, client, ruth, tom, amara):
    case.acknowledge(by=tom)
    page, me = reverse("people:leave", args=[tom.pk]), ruth
    client.force_login(me)
    assert b"1 open case" in client.get(page).content
    answers = {"why": "Moved", "work_cases": str(amara.pk)} | day("last_day", localdate())
    assert client.post(page, answers).status_code == 302
    case.refresh_from_db()
    assert case.owner == amara


def test_one_tap_away_until_tomorrow_hands_to_the_lead_and_back_again(client, amara, person):
    person("Ruth H", "lead", phone="01632 960 103")
    client.force_login(amara)
    page = reverse("people:away")
    assert b"Ruth H, the senior lead" in client.get(page).content
    client.post(page, {"until": "tomorrow", "cover": ""})
    (away,) = Away.objects.at()
    assert localtime(away.ends_at).hour == 9 and away.cover is None
    seen = client.get(page).content
    assert b"You are away" in seen and b"01632 960 103" in seen
    client.post(page, {"until": "monday"})  # a second tap says nothing twice
    assert Away.objects.count() == 1
    client.post(reverse("people:back", args=[amara.pk]))
    assert not Away.objects.at().exists()


def test_nobody_says_that_a_colleague_is_back(client, amara, sam, person):
    Away(user=amara).say(now() + timedelta(days=1), None, by=amara)
    client.force_login(sam)
    assert client.post(reverse("people:back", args=[amara.pk])).status_code == 404
    assert Away.objects.at().exists()


@pytest.mark.parametrize(("often", "count"), [("once", 1), ("weekdays", 5), ("daily", 7), ("weekly", 4)])
def test_a_slot_is_repeated_by_the_clock_on_the_wall(client, amara, hana, often, count):
    client.force_login(amara)
    starts = datetime(2027, 3, 26, 17, tzinfo=LONDON)  # the clocks go forward on the 28th
    answers = {"user": str(hana.pk), "phone": "", "often": often}
    answers |= moment("starts_at", starts) | moment("ends_at", starts + timedelta(hours=16))
    assert client.post(reverse("people:add_slot"), answers).status_code == 302
    slots = OnCall.objects.all()
    assert len(slots) == count and {slot.phone for slot in slots} == {"01632 960 300"}
    assert {(localtime(slot.starts_at).hour, localtime(slot.ends_at).hour) for slot in slots} == {(17, 9)}
    if often == "weekdays":
        assert all(localtime(slot.starts_at).weekday() < 5 for slot in slots)


def test_the_rota_of_the_past_is_not_rewritten(client, amara, hana):
    gone = now() - timedelta(days=2)
    with event("set up", by="the tests"):
        slot = OnCall.objects.create(user=hana, phone="1", starts_at=gone, ends_at=gone + timedelta(hours=1))
    client.force_login(amara)
    assert client.get(reverse("people:change_slot", args=[slot.pk])).status_code == 403
    assert client.post(reverse("people:remove_slot", args=[slot.pk])).status_code == 403
    assert OnCall.objects.exists()


def test_the_rota_says_in_words_when_nobody_answers(client, amara, hana, organisation):
    client.force_login(amara)
    at = now()
    with event("set up", by="the tests"):
        OnCall.objects.create(user=hana, phone="1", starts_at=at - timedelta(1), ends_at=at + timedelta(days=13))
    page = client.get(reverse("people:rota")).content.decode()
    assert "Nobody is on call:" in page and "Hana Sato is on call" in page
    for odd in ("x", "0001-01-01", "9999-12-31", "2026-02-31"):
        assert client.get(reverse("people:rota"), {"week": odd}).status_code == 200


def test_a_relationship_is_declared_once_and_ended(client, sam, hana):
    client.force_login(sam)
    page = reverse("people:close_to_me")
    both = client.post(page, {"kind": "family", "other": str(hana.pk), "named": "Zed"})
    assert b"one of the two" in both.content
    client.post(page, {"kind": "family", "named": "Zed, my nephew"})
    assert b"Zed, my nephew" in client.get(page).content
    held = Relationship.objects.get()
    client.post(reverse("people:end_relationship", args=[held.pk]))
    assert b"Zed, my nephew" not in client.get(page).content


def test_the_dso_links_the_child_that_was_named(client, sam, amara, child):
    held = Relationship(user=sam)
    held.declare("family", named="Zed, my nephew", by=sam)
    client.force_login(amara)
    page = reverse("people:link_relationship", args=[held.pk])
    assert b"Zed, my nephew" in client.get(page).content
    assert client.post(page, {"picked": str(sam.pk)}).status_code == 200  # not a young person
    client.post(page, {"picked": str(child.pk)})
    held.refresh_from_db()
    assert held.young_person == child


def test_a_young_person_is_written_down_joins_and_leaves(client, sol, group):
    client.force_login(sol)
    makers = group("Makers")
    born = {"born_day": "1", "born_month": "may", "born_year": "2014"}
    answer = client.post(reverse("people:add_young_person"), {"name": "Zed A", "kind": "young"} | born)
    zed = YoungPerson.objects.get()
    assert answer.url == reverse("people:young_person", args=[zed.pk]) and zed.born == "2014-05-01"
    joins = {"picked": str(zed.pk)} | day("starts_on", localdate())
    client.post(reverse("people:add_member", args=[makers.pk]), joins)
    assert makers.members.standing().count() == 1
    again = client.post(reverse("people:add_member", args=[makers.pk]), joins)
    assert again.status_code == 200 and GroupMember.objects.count() == 1  # once is enough
    client.post(reverse("people:young_person_leaves", args=[zed.pk]), day("last_day", localdate()))
    assert not makers.members.standing(localdate() + timedelta(days=1)).exists()


def test_a_siblings_carer_is_linked_once(client, sol, young):
    client.force_login(sol)
    zed, ada = young("Zed A"), young("Ada A")
    client.post(reverse("people:add_carer", args=[zed.pk]), {"name": "Kofi A", "parental_responsibility": "on"})
    care = zed.care.get()
    page = reverse("people:link_carer", args=[ada.pk])
    assert b"Kofi A, for Zed A" in client.get(page).content
    client.post(page, {"picked": str(care.carer_id), "relation": "father"})
    assert ada.care.get().carer_id == care.carer_id
    assert client.post(page, {"picked": str(care.carer_id)}).status_code == 200  # no longer to be chosen
    client.post(reverse("people:unlink_carer", args=[ada.pk, ada.care.get().pk]))
    assert not ada.care.exists() and zed.care.exists()


def test_a_group_keeps_its_name_to_itself(client, sol, group):
    client.force_login(sol)
    group("Makers")
    answer = client.post(reverse("people:add_group"), {"name": "Makers"})
    assert b"There is a group with this name already" in answer.content and Group.objects.count() == 1


def test_who_gave_which_post_stands_in_the_book(knock, hana):
    knock("appoint")
    assert Appointment.objects.get(user=hana).post == "training"
    line = Entry.objects.filter(table_name="people_appointment").last()
    assert (line.verb, line.actor_name) == ("appoint", "Ruth Hale")


LEFT_OUT = {"day": 29, "month": 3, "time": "1:30am"}  # the clocks go forward


@pytest.mark.parametrize(
    ("page", "field"),
    [("add_slot", "starts_at"), ("add_slot", "ends_at"), ("change_slot", "ends_at"), ("away", "ends_at")],
)
def test_a_time_that_the_clocks_leave_out_is_asked_again(knock, page, field):
    before = changes()
    answer = knock(page, **{f"{field}_{part}": typed for part, typed in (LEFT_OUT | {"year": 2195}).items()})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "1:30am will not happen" in text and 'value="1:30am"' in text
    assert changes() == before
