"""Help in place: open to whoever needs it, and true of what the software does."""

import re

import pytest
from django.urls import reverse

from harmony.home.views.help import WORDS, cookies
from harmony.organisation.models import HelpContact
from harmony.organisation.national import NATIONAL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
PAGES = ["help", "words", "after", "privacy", "accessibility"]


@pytest.mark.parametrize("name", PAGES)
def test_everybody_may_read_it_and_finds_whom_to_ring(client, sam, name):
    for user in (None, sam):
        if user:
            client.force_login(user)
        page = client.get(reverse(f"home:{name}"))
        assert page.status_code == 200
        assert 'href="tel:999"' in page.text
        assert "0800 028 0285" in page.text  # whistleblowing


@pytest.mark.parametrize("name", PAGES)
def test_every_page_leads_to_it(client, sam, name):
    assert f'href="{reverse(f"home:{name}")}"' in client.get("/").text
    assert f'href="{reverse(f"home:{name}")}"' in client.get("/there-is-no-such-page/").text


def test_the_guide_says_the_seven_things_in_their_order(client):
    page = client.get(reverse("home:help")).text
    said = [
        "Listen",
        "Say thank you",
        "Promise no secret",
        "Ask little",
        "Do not look",
        "Tell us today",
        "Write it down",
    ]
    places = [page.index(f"<strong>{part}") for part in said]
    assert places == sorted(places)


def test_words_stand_in_order_and_each_has_one_meaning():
    words = [str(word) for word, _meaning in WORDS]
    assert words == sorted(words, key=str.casefold)
    assert len(set(words)) == len(words)
    assert {"DSO", "LADO", "CEOP", "MASH", "Concern", "Allegation", "Low-level concern"} <= set(words)


def test_the_privacy_page_gives_the_times_that_are_set(client, settings):
    settings.SESSION_IDLE_AGE, settings.SESSION_COOKIE_AGE = 9 * 60, 5 * 60 * 60
    page = client.get(reverse("home:privacy")).text
    assert "after 9 minutes without use, and after 5 hours" in page


def test_the_only_cookies_are_those_that_the_privacy_page_names(client, sam):
    told = {name for name, _says in cookies()}
    page = client.get(reverse("home:privacy")).text
    assert all(re.search(rf">{name}<", page) for name in told)
    client.get(reverse("account_login"))
    client.force_login(sam)
    client.get("/")
    client.post(reverse("people:close_to_me"), {"kind": "family", "named": "Zed"})  # leaves a message
    assert {"sessionid", "sessionid-used", "csrftoken"} <= set(client.cookies) <= told
    client.post(reverse("account_logout"))
    assert set(client.cookies) <= told


def test_a_number_for_oneself_stands_on_the_page_for_afterwards(client):
    assert "116 123" in client.get(reverse("home:after")).text
    assert not HelpContact.objects.exists() and any(line["code"] == "samaritans" for line in NATIONAL)


@pytest.mark.parametrize("name", ["front", *PAGES])
def test_a_stranger_has_a_way_out_and_a_title_that_says_nothing(client, sam, name):
    page = client.get(reverse(f"home:{name}")).text
    assert "Hide this page" in page
    title = re.search(r"<title>(.*?)</title>", page)[1]
    assert title in {"Start", "Help", "Words we use", "Looking after yourself", "Privacy", "Accessibility"}
    client.force_login(sam)
    assert "Hide this page" not in client.get(reverse(f"home:{name}")).text


def test_so_they_have_where_a_link_leads_nowhere(client, sam):
    page = client.get("/no-such-page/").text
    assert "Hide this page" in page and re.search(r"<title>(.*?)</title>", page)[1] == "There is nothing to see here"
    client.force_login(sam)
    page = client.get("/no-such-page/").text
    assert "Hide this page" not in page and "Safeguarding</title>" in page
