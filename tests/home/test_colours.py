"""The organisation's colours: who may set them, what is refused and in which words, and how they reach a page."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.organisation.beginning import begin
from harmony.organisation.models import Organisation
from tests.browser import axe, fits, shot

pytestmark = pytest.mark.django_db
PURPLE, PALE = "#6a1b9a", "#ffd500"


@pytest.fixture(autouse=True)
def _begun(db):
    begin(name="Harbour Youth", by="the tests")


@pytest.fixture
def ask(client, sol):
    """ask(main, dark): what the page answers to whoever keeps the office."""
    client.force_login(sol)
    return lambda main="", dark="", **more: client.post(
        reverse("home:colours"), {"main_colour": main, "dark_colour": dark} | more
    )


def worn(page):
    found = re.search(r'href="(/colours/[^"]+)"', page.content.decode())
    return found and found[1]


def test_only_those_who_set_up_have_the_page(request, client):
    found = {}
    for who in ("sam", "leah", "amara", "tom", "ruth", "gwen", "sol"):
        client.force_login(request.getfixturevalue(who))
        found[who] = client.get(reverse("home:colours")).status_code
    assert {who for who, status in found.items() if status == 200} == {"amara", "ruth", "gwen", "sol"}
    assert set(found.values()) == {200, 404}


def test_saved_colours_are_on_every_page_and_in_the_book(ask, client, sol):
    assert worn(client.get("/")) is None
    assert ask(PURPLE).status_code == 302
    address = worn(client.get("/"))
    assert address.startswith("/colours/6a1b9a-")
    client.logout()
    assert worn(client.get("/")) == worn(client.get(reverse("account_login"))) == address
    line = Entry.objects.filter(table_name="organisation_organisation", actor_name=sol.name).last()
    assert PURPLE in line.changes


def test_the_stylesheet_is_kept_for_good_and_the_same_for_everybody(ask, client):
    ask(PURPLE, "#2a0a3c")
    answer = client.get(worn(client.get("/")))
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Vary" not in answer.headers
    assert not answer.cookies
    assert "--brand-700:#6a1b9a" in answer.content.decode()
    assert "--brand-900:#2a0a3c" in answer.content.decode()
    client.logout()
    assert client.get(answer.request["PATH_INFO"]).content == answer.content


@pytest.mark.parametrize("address", ["0b5c66-0a3b4", "0b5c66-0a3b42;}", "red-0a3b42", "0B5C66-0A3B42"])
def test_no_other_words_get_into_a_stylesheet(client, address):
    assert client.get(f"/colours/{address}.css").status_code == 404


def test_a_colour_that_cannot_be_read_is_refused_and_a_darker_one_named(ask):
    answer = ask(PALE)
    [sentence] = answer.context["form"]["main_colour"].sentences
    assert sentence == ("#ffd500 is too pale for a link in a red box: 1.1 to 1. It needs 4.5. #7a6600 works.")
    assert Organisation.current().main_colour == ""
    assert f'value="{PALE}"' in answer.content.decode()
    assert ask("#7a6600").status_code == 302


def test_a_pale_dark_colour_is_refused_too(ask):
    [sentence] = ask("", "#999999").context["form"]["dark_colour"].sentences
    assert sentence.startswith("#999999 is too pale for ")


@pytest.mark.parametrize("typed", ["teal", "#12345", "#0b5c66;}body{display:none"])
def test_what_is_no_colour_is_said_beside_the_field(ask, typed):
    answer = ask(typed)
    assert answer.context["form"]["main_colour"].sentences == [
        "Write a colour as # and six letters or digits, like #0b5c66."
    ]


def test_show_me_saves_nothing_and_dresses_this_page_alone(ask, client):
    answer = ask(PURPLE, **{"try": "1"})
    assert worn(answer).startswith("/colours/6a1b9a-")
    assert "They are not saved yet." in answer.content.decode()
    assert worn(client.get("/")) is None
    assert Organisation.current().main_colour == ""


def test_both_empty_are_our_own_colours_again(ask, client):
    ask(PURPLE)
    assert ask().status_code == 302
    assert worn(client.get("/")) is None


def test_the_database_takes_nothing_but_a_colour(db):
    with pytest.raises(IntegrityError), transaction.atomic(), event("recolour", by="the tests"):
        Organisation.objects.update(main_colour="red;}")


@pytest.mark.needs("Chromium")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_a_page_in_other_colours_can_be_read(page, site, sol, width):
    window = page(width, user=sol, site=site)
    window.goto(site + reverse("home:colours"))
    window.get_by_label("Main colour").fill("8a3b00")
    window.get_by_role("button", name="Show me").click()
    window.get_by_text("They are not saved yet.").wait_for()
    button = window.get_by_role("button", name="Save the colours")
    assert button.evaluate("button => getComputedStyle(button).backgroundColor") == "rgb(138, 59, 0)"
    axe(window)
    fits(window)
    shot(window, f"colours-{width}")
    button.click()
    window.get_by_text("Every page has them now.").wait_for()
    window.goto(site + "/")
    axe(window)
