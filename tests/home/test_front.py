"""The front page: what one needs now, and what is missing before the first concern."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.home import first_steps
from harmony.home.navigation import ROOM, entries, rest
from harmony.organisation.beginning import begin
from harmony.organisation.models import HelpContact, Organisation
from harmony.people.models import Away, OnCall
from harmony.people.rota import Rota
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
CAST = ("sam", "leah", "amara", "tom", "ruth", "gwen", "sol")


@pytest.fixture
def begun(db):
    return begin(name="Harbour Youth", by="the tests")


def test_strangers_see_whom_to_ring_and_the_way_in(begun, person, client):
    person("Amara Okafor", "dso", phone="01632 960 101")
    page = client.get("/").content.decode()
    for words in ("Harbour Youth", "01632 960 101", "0808 800 5000", reverse("account_login"), "tel:999"):
        assert words in page
    assert "My reports" not in page


@pytest.mark.parametrize("says_names", [False, True])
@pytest.mark.parametrize("path", ["/", "/accounts/sign-in/", "/help/", "/nothing-here/"])
def test_strangers_read_posts_and_numbers_and_names_only_where_the_organisation_says_so(
    begun, person, sam, client, path, says_names
):
    amara = person("Amara Okafor", "dso", phone="01632 960 101")
    tom = person("Tom Ellery", "deputy", phone="01632 960 102")
    hana = person("Hana Sato", phone="01632 960 104")
    hours = {"starts_at": now(), "ends_at": now() + timedelta(hours=2)}
    with event("set up", by="the tests"):
        OnCall.objects.create(user=amara, phone="01632 960 100", **hours)
        Away.objects.create(user=tom, cover=hana, **hours)
        Organisation.objects.update(names_in_public=says_names)
    page = client.get(path).text
    assert "01632 960 100" in page and "01632 960 104" in page
    named = [name for name in ("Amara", "Tom Ellery", "Hana") if name in page]
    assert named == (["Amara", "Tom Ellery", "Hana"] if says_names else [])
    assert ("Whoever is on call" in page) is not says_names
    client.force_login(sam)
    assert "Amara Okafor, on call now" in client.get("/").text


@pytest.mark.parametrize("who", CAST)
def test_everybody_finds_the_way_to_report_and_whom_to_ring(request, begun, client, who):
    client.force_login(request.getfixturevalue(who))
    page = client.get("/").content.decode()
    assert reverse("incidents:begin") in page and "Talk to someone now" in page
    assert ("before you start" in page) is (who in {"amara", "ruth", "gwen", "sol"})


@pytest.mark.parametrize(
    ("who", "lands"),
    [("sam", "home:front"), ("amara", "incidents:cases"), ("tom", "incidents:cases"), ("ruth", "home:front")],
)
def test_signing_in_leads_the_dso_and_deputy_to_the_cases_and_others_home(request, begun, client, who, lands):
    user = request.getfixturevalue(who)
    typed = {"login": user.email, "password": PASSWORD}
    signed_in = client.post(reverse("account_login"), typed)
    assert signed_in.url == reverse("home:start")
    client.force_login(user)
    assert client.get(signed_in.url).url == reverse(lands)


def test_where_signing_in_leads_is_shut_to_strangers(begun, client):
    assert reverse("account_login") in client.get(reverse("home:start")).url


@pytest.mark.parametrize("who", CAST)
def test_the_menu_has_room_for_six_and_each_entry_opens(request, begun, client, who):
    user = request.getfixturevalue(who)
    client.force_login(user)
    found = entries(user, "/people/rota/")
    assert 2 <= len(found) <= ROOM
    assert [label for label, _url, here, _count in found if here] == ["On call"]
    for _label, url, _here, _count in found:
        assert client.get(url).status_code == 200


def test_what_the_menu_has_no_room_for_stands_on_the_front_page(begun, amara, client):
    client.force_login(amara)
    found = rest(amara)
    assert [label for label, _url in found] == [
        "Young people",
        "Pictures",
        "Policies",
        "May I use it?",
        "Training",
        "Your week",
        "Is it running?",
    ]
    assert all(url in client.get("/").content.decode() for _label, url in found)


def missing():
    at = now()
    asked = {"organisation": Organisation.current(), "contacts": HelpContact.objects.joined()}
    found = first_steps.steps(at, rota=Rota(at, at + first_steps.COVERED), **asked)
    return [step.says for step in found if not step.done]


def test_the_first_steps_say_what_is_missing_until_nothing_is(begun, amara, tom, ruth, sol, gwen, on_paper, client):
    assert len(missing()) == 7  # only the posts are there, and none of their holders has a phone
    client.force_login(sol)
    ours = {"name": "Harbour", "hours": "Mon-Fri 09:00-17:00", "policies": "https://harbour.example/policies"}
    client.post(reverse("home:organisation"), ours)
    assert ours["policies"] in client.get("/").content.decode()
    numbers = {f"{code}_phone": f"01632 960 99{n}" for n, code in enumerate(("mash", "edt", "lado"))}
    numbers |= {f"{code}_hours": "Mon-Fri 09:00-17:00" for code in ("mash", "lado")} | {"edt_hours": "always"}
    assert client.post(reverse("home:council"), numbers).status_code == 302
    for user in (amara, tom, ruth):
        user.change_details(user.name, "01632 960 101", by=sol)
    with event("set up", by="the tests"):
        OnCall.objects.create(user=amara, phone="1", starts_at=now(), ends_at=now() + timedelta(days=8))
    for contact in HelpContact.objects.all():
        client.post(reverse("home:check_contact", args=[contact.pk]))
    assert [says[:24] for says in missing()] == ["Print the two key sheets"]
    on_paper()
    assert missing() == []
    client.force_login(gwen)
    assert "before you start" not in client.get("/").content.decode()


def test_the_councils_lines_hand_over_to_the_night_and_keep_their_name(begun, sol, client):
    client.force_login(sol)
    numbers = {f"{code}_phone": "01632 960 990" for code in ("mash", "edt", "lado")}
    hours = {f"{code}_hours": "Mon-Fri 09:00-17:00" for code in ("mash", "edt", "lado")}
    client.post(reverse("home:council"), numbers | hours)
    lado = HelpContact.objects.get(code="lado")
    assert lado.otherwise.code == "edt" and lado.otherwise.otherwise.code == "999"
    lado.change("Northbrook LADO", lado.says, lado.phone, "", lado.hours, None, by=sol)
    client.post(reverse("home:council"), numbers | hours | {"lado_phone": "01632 960 777"})
    lado.refresh_from_db()
    assert (lado.name, lado.phone, lado.checked_on) == ("Northbrook LADO", "01632 960 777", None)


def test_a_gap_while_we_are_open_is_missing_cover_and_a_night_is_not(begun, amara):
    with event("set up", by="the tests"):
        Organisation.objects.update(hours="Mon-Fri 09:00-17:00")
    monday = now().replace(hour=8, minute=0) + timedelta(days=(7 - now().weekday()))
    days = [monday + timedelta(days=number) for number in range(7)]
    with event("set up", by="the tests"):
        for day in days[:4]:
            OnCall.objects.create(user=amara, phone="1", starts_at=day, ends_at=day + timedelta(hours=10))

    def covered():
        rota = Rota(monday, monday + first_steps.COVERED)
        return first_steps._covered(monday, "Mon-Fri 09:00-17:00", rota).done

    assert not covered()
    with event("set up", by="the tests"):
        OnCall.objects.create(user=amara, phone="1", starts_at=days[4], ends_at=days[4] + timedelta(hours=10))
    assert covered()


def test_what_waits_is_named_by_reference_and_date_only(report, triaged_action, sam, amara, client):
    client.force_login(sam)
    page = client.get("/").content.decode()
    assert "Something to do in" in page and "Ring the school" not in page and "Late:" in page
    report()
    client.force_login(amara)
    page = client.get("/").content.decode()
    assert "2 cases need you now" in page and "A bruise" not in page and "Zed" not in page


@pytest.fixture
def triaged_action(case, sam, amara):
    case.acknowledge(by=amara)
    case.give("Ring the school", sam, date(2026, 1, 1), by=amara)


def test_the_front_page_costs_the_same_for_few_and_for_many_reports(begun, report, sam, client):
    client.force_login(sam)
    client.get("/")
    taken = []
    for count in (1, 2, 9):
        for _more in range(count):
            report()
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        taken.append(len(queries))
    assert len(set(taken)) == 1, taken
