"""What the organisation says about itself, and who may change it."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from harmony.audit.models import Entry
from harmony.organisation.beginning import begin
from harmony.organisation.models import Closure, GuidanceSource, HelpContact, Organisation

pytestmark = pytest.mark.django_db
CAST = ("sam", "leah", "amara", "tom", "ruth", "gwen", "sol")
SETTERS = {"amara", "ruth", "gwen", "sol"}
HOURS = "Mon-Fri 09:00-17:00"
COUNCIL = {f"{code}_phone": "01632 960 990" for code in ("mash", "edt", "lado")} | {
    f"{code}_hours": HOURS for code in ("mash", "edt", "lado")
}
CLOSED = {
    **{f"starts_on_{part}": value for part, value in (("day", "1"), ("month", "4"), ("year", "2027"))},
    **{f"ends_on_{part}": value for part, value in (("day", "5"), ("month", "4"), ("year", "2027"))},
}
CONTACT = {"name": "School", "says": "The school office", "phone": "01632 960 111", "hours": HOURS}
# page, a right answer
FORMS = {
    "organisation": {"name": "Harbour", "council": "Northbrook", "hours": HOURS, "policies": "https://harbour.example"},
    "add_closure": {"name": "Easter"} | CLOSED,
    "add_contact": CONTACT,
    "council": COUNCIL,
    "add_guidance": {"name": "Keeping children safe", "url": "https://www.gov.uk/", "edition": "2026"},
}


@pytest.fixture(autouse=True)
def _begun(db):
    begin(name="Harbour Youth", by="the tests")


def post(client, page, answers):
    sent = urlencode(answers, errors="surrogatepass")
    return client.post(reverse(f"home:{page}"), sent, "application/x-www-form-urlencoded")


@pytest.mark.parametrize("page", [*FORMS, "contacts", "keys"])
def test_a_page_opens_to_those_who_set_up_and_is_not_there_for_others(request, client, page):
    assert client.get(reverse(f"home:{page}")).status_code == 302
    found = {}
    for who in CAST:
        client.force_login(request.getfixturevalue(who))
        found[who] = client.get(reverse(f"home:{page}")).status_code
    assert found == {who: 200 if who in SETTERS else 404 for who in CAST}


@pytest.mark.parametrize("page", FORMS)
def test_a_right_answer_is_taken_once(client, sol, page):
    client.force_login(sol)
    assert post(client, page, FORMS[page]).status_code == 302
    assert post(client, page, FORMS[page]).status_code in (302, 404)


def test_a_tick_says_names_to_strangers_and_without_it_nobody_does(client, sol):
    client.force_login(sol)
    for more, said in (({"names_in_public": "on"}, True), ({}, False)):
        post(client, "organisation", FORMS["organisation"] | more)
        assert Organisation.current().names_in_public is said


@pytest.mark.once("postgresql")  # which takes fewer characters than SQLite
@pytest.mark.parametrize(
    "spoilt", ["", "a\0b", "a\ud800b", "x" * 30_000, "<script>alert(1)</script>"], ids=lambda word: repr(word)[:9]
)
@pytest.mark.parametrize("page", FORMS)
def test_a_spoilt_answer_is_met_with_a_sentence_or_taken_as_words(client, sol, page, spoilt):
    client.force_login(sol)
    for field in FORMS[page]:
        before = Entry.objects.exclude(changes=None).count()
        answer = post(client, page, FORMS[page] | {field: spoilt})
        if answer.status_code == 302:
            assert field == "sure" or ("\0" not in spoilt and len(spoilt) < 30_000)
            return
        assert answer.status_code == 200 and b"govuk-error-summary" in answer.content
        assert Entry.objects.exclude(changes=None).count() == before


@pytest.mark.parametrize(
    ("page", "wrong", "says"),
    [
        ("organisation", {"hours": "nine to five"}, "Write the hours like"),
        ("add_closure", {"ends_on_year": "2020"}, "before the first day"),
        ("add_contact", {"phone": "", "web": ""}, "Give a phone number or a web address."),
        ("add_contact", {"web": "javascript:alert(1)"}, "Write a web address"),
        ("add_contact", {"otherwise": "7"}, "Choose one"),
        ("council", {"lado_phone": "ask Sol"}, "Write a phone number"),
    ],
)
def test_a_wrong_answer_is_met_with_what_to_do(client, sol, page, wrong, says):
    client.force_login(sol)
    answer = post(client, page, FORMS[page] | wrong)
    assert answer.status_code == 200 and says in answer.content.decode()


def test_a_contact_is_added_changed_and_checked(client, sol):
    client.force_login(sol)
    for _twice in range(2):
        post(client, "add_contact", CONTACT | {"otherwise": str(HelpContact.objects.get(code="999").pk)})
    first, second = HelpContact.objects.filter(name="School").order_by("code")
    assert (first.code, second.code) == ("school", "school-2")
    client.post(reverse("home:check_contact", args=[first.pk]))
    first.refresh_from_db()
    assert first.checked_on
    page = reverse("home:change_contact", args=[first.pk])
    assert b"01632 960 111" in client.get(page).content
    client.post(page, CONTACT | {"phone": "01632 960 222"})
    first.refresh_from_db()
    assert (first.phone, first.checked_on) == ("01632 960 222", None)


def test_closures_and_guidance_come_and_go(client, sol):
    client.force_login(sol)
    post(client, "add_closure", FORMS["add_closure"])
    assert b"Easter" in client.get(reverse("home:organisation")).content
    client.post(reverse("home:remove_closure", args=[Closure.objects.get().pk]))
    assert not Closure.objects.exists()
    source = GuidanceSource.objects.first()
    client.post(reverse("home:check_guidance", args=[source.pk]))
    source.refresh_from_db()
    assert source.checked_on


def test_who_may_not_set_up_changes_nothing(client, sam):
    client.force_login(sam)
    before = Entry.objects.exclude(changes=None).count()
    contact = HelpContact.objects.first()
    for page, right in FORMS.items():
        assert post(client, page, right).status_code == 404
    for name in ("check_contact", "change_contact", "change_guidance", "check_guidance", "remove_closure"):
        assert client.post(reverse(f"home:{name}", args=[contact.pk])).status_code == 404
    assert Entry.objects.exclude(changes=None).count() == before
    assert Organisation.current().name == "Harbour Youth"
