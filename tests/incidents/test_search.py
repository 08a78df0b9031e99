"""Searching the cases: by post, out of what one may see, and written down."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.audit.models import Entry, load_reasons
from harmony.encryption.models import IndexedRecord
from harmony.home import health
from harmony.people.models import YoungPerson
from incidents.models import Allegation, Case
from incidents.threshold import CRITERIA

pytestmark = pytest.mark.django_db
PAGE = "/cases/search/"


@pytest.fixture
def look(sign_in):
    """look(amara, "bruise"): the references that she is shown."""

    def ask(user, words, **more):
        response = sign_in(user).post(PAGE, {"words": words} | more)
        assert response.status_code == 200, response.url
        return [hit.case.reference for hit in response.context["hits"]]

    return ask


def test_what_is_found_says_where_and_shows_no_word(report, sign_in, amara):
    case = report(facts="A giraffe on his elbow", who="Zed Abbott").case
    case.write("note", "A giraffe again", now(), by=amara)
    page = sign_in(amara).post(PAGE, {"words": "giraffes zed"}).content.decode()
    assert case.reference in page and "What happened; Chronology" in page and "New concern" in page
    assert "elbow" not in page and "Abbott" not in page


def test_it_is_asked_by_post_alone(sign_in, amara, sam, report):
    """A word in an address lies in logs and histories."""
    case = report(facts="A giraffe").case
    page = sign_in(amara).get(PAGE, {"words": "giraffe"}).content.decode()
    assert case.reference not in page and "giraffe" not in page
    assert sign_in(sam).get(PAGE).status_code == 404
    assert sign_in(sam).post(PAGE, {"words": "giraffe"}).status_code == 404


def test_whoever_it_is_about_finds_nothing_of_it(report, look, amara, ruth, tom):
    about_her = report(about=amara, facts="A giraffe", author=tom).case
    plain = report(facts="A giraffe").case
    assert look(amara, "giraffe") == [plain.reference]
    assert look(ruth, "giraffe") == [about_her.reference]
    assert look(ruth, "Okafor") == [about_her.reference]  # by the link to her record
    assert look(amara, "Okafor") == []


def test_a_page_is_the_same_in_a_world_without_what_one_may_not_see(report, sign_in, amara, tom):
    plain = report(facts="A giraffe").case
    before = words_of(sign_in(amara).post(PAGE, {"words": "giraffe"}))
    hidden = report(about=amara, facts="A giraffe", author=tom).case
    assert words_of(sign_in(amara).post(PAGE, {"words": "giraffe"})) == before
    none = words_of(sign_in(amara).post(PAGE, {"words": "zz9999"}))
    for typed in (hidden.reference, hidden.reference.replace("-", "").lower()):
        assert words_of(sign_in(amara).post(PAGE, {"words": typed})).replace(typed, "zz9999") == none
    assert sign_in(amara).post(PAGE, {"words": plain.reference}).url == plain.get_absolute_url()


def words_of(response):
    return response.content.decode().split("<main")[1].split("</main")[0].split("csrfmiddlewaretoken")[-1][90:]


def test_a_reference_opens_its_case_however_it_is_typed(report, sign_in, amara):
    case = report().case
    for typed in (case.reference, f" {case.reference.lower()} ", case.reference.replace("-", "")):
        assert sign_in(amara).post(PAGE, {"words": typed}).url == case.get_absolute_url()


def test_the_name_of_a_linked_record_finds_the_case_for_whoever_may_see_it(report, look, amara, gwen):
    case = report(who="A boy").case
    with event("join", by="the tests"):
        young = YoungPerson.objects.create(name="Ferdinand Moss")
    known = {"part": "affected", "name": "F", "handle": "", "age": "", "notes": "", "young_person": young}
    case.add_person(by=amara, **known)
    with event("open", by="the tests"):
        Case.objects.filter(pk=case.pk).update(escalated_to="chair")
    assert look(amara, "ferdinand") == [case.reference]
    with event("change", by="the tests"):
        young.name = "Rupert Moss"
        young.save()
    assert look(amara, "ferdinand") == []
    assert look(amara, "rupert moss") == [case.reference]
    assert look(gwen, "boy") == [case.reference]  # who may open the case, but no record of a young person
    assert look(gwen, "rupert") == []


def test_it_is_written_down_once_and_without_the_words(report, look, amara):
    first = report(facts="A giraffe").case
    look(amara, "giraffe")
    look(amara, "giraffe")
    lines = load_reasons(Entry.objects.filter(verb="search"))
    assert [(line.reason, line.actor_name) for line in lines] == [(first.reference, "Amara Okafor")]
    assert not Entry.objects.filter(table_name__contains="giraffe").exists()


@pytest.mark.parametrize("words", ["", "the of", "?", "a"])
def test_what_nothing_can_be_found_by_is_asked_again(sign_in, amara, words):
    response = sign_in(amara).post(PAGE, {"words": words})
    assert response.status_code == 200 and response.context["form"].errors["words"]
    assert f'value="{words}"' in response.content.decode() or not words


@pytest.mark.parametrize("words", ["\0", "x" * 201, "' OR 1=1 --", '"a" NEAR b*', "(((", "AND OR NOT", "%_%"])
def test_strange_words_find_nothing_and_break_nothing(sign_in, amara, report, words):
    report()
    response = sign_in(amara).post(PAGE, {"words": words, "page": "x"})
    assert response.status_code == 200 and not response.context.get("hits")


def test_half_a_character_breaks_nothing(sign_in, amara):
    posted = {"data": "words=%ED%A0%80", "content_type": "application/x-www-form-urlencoded"}
    assert sign_in(amara).post(PAGE, **posted).status_code == 200


def test_a_search_costs_the_same_for_1_3_and_300_in_pages_of_25(organisation, sign_in, amara, report):
    client, made, taken = sign_in(amara), 0, []
    for size in (1, 3, 40):
        for _number in range(made, size):
            report(facts="A giraffe")
        made = size
        client.post(PAGE, {"words": "giraffe"})
        with CaptureQueriesContext(connection) as queries:
            shown = client.post(PAGE, {"words": "giraffe"}).context
        assert len(shown["hits"]) == min(size, 25) and shown["page"].paginator.count == size
        taken.append(len(queries))
    assert len(set(taken)) == 1, taken
    assert len(client.post(PAGE, {"words": "giraffe", "page": "2"}).context["hits"]) == 15


def test_the_list_leads_to_it(sign_in, amara, case):
    assert reverse("incidents:search") in sign_in(amara).get("/cases/").content.decode()


def test_an_empty_index_is_said_and_told_to_whoever_runs_the_server(report, look, sign_in, amara):
    def fact():
        return next(one for one in health.facts() if one.name == "search")

    def page():
        return sign_in(amara).post(PAGE, {"words": "bruise"}).content.decode()

    reference = report().case.reference
    assert fact().is_well and "cannot find anything" not in page()
    IndexedRecord.objects.all().delete()
    assert not fact().is_well and "reindex" in fact().says
    assert "The search cannot find anything now" in page() and "Nothing found" in page()
    call_command("reindex", stdout=StringIO())
    assert fact().is_well and "The search cannot" not in page() and look(amara, "bruise") == [reference]


def test_what_was_done_in_an_emergency_is_found_by_whoever_may_read_it(report, look, amara, tom, ruth, gwen):
    case = report().case
    case.open_in_emergency(by=gwen, why="The child is on the roof.")
    case.emergencies.get().reply("The fire brigade fetched him with a ladder.", by=gwen)
    assert look(tom, "fire brigade") == [case.reference] and look(ruth, "fire brigade") == []


def test_what_the_lado_advised_is_found_by_whoever_works_it_and_not_by_who_it_is_about(report, look, amara, ruth):
    case = report(about=ruth).case
    unsure = dict.fromkeys(CRITERIA, "unsure") | {f"{name}_why": "A carousel ride alone." for name in CRITERIA}
    concern = Allegation(case=case)
    concern.screen(**unsure, by=amara)
    said = {"lado_advice": "Keep the timetable.", "lado_reference": "", "may_tell": "no", "happened_at": now()}
    concern.consult("Nia Rees", by=amara, **said)
    assert look(amara, "carousel") == look(amara, "Nia timetable") == [case.reference]
    assert look(ruth, "carousel") == []
